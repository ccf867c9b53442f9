import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { currentPerson } from '../../../server/auth/current-person.ts'
import { friendlyName } from '../../../server/auth/name.ts'
import { addressOf } from '../../../server/auth/site.ts'
import { previewLink } from '../../../server/boards/links.ts'
import { runtime } from '../../../server/runtime.ts'
import { boardsContext } from '../../api/_http/route.ts'
import { EntryPage } from '../../components/entry-page.tsx'
import { MessagePage } from '../../components/message-page.tsx'
import { ButtonLink } from '../../components/ui/button-link.tsx'
import { JoinAtOnce, JoinForm } from './join.tsx'

export const metadata: Metadata = { title: 'Join a board', referrer: 'no-referrer', robots: { index: false } }

const TooManyLinks = () => (
  <MessagePage title="Please wait a little" actions={<ButtonLink href="/">Start page</ButtonLink>}>
    Too many links from you did not work. Wait a few minutes and try again.
  </MessagePage>
)

const JoinPage = async ({ params }: { params: Promise<{ secret: string }> }) => {
  const { secret } = await params
  const { deadLinks } = runtime().limits
  const address = addressOf({ headers: await headers() })
  const link = await previewLink(boardsContext(runtime()), secret)
  if (!link && (await deadLinks.take(address)) !== null) return <TooManyLinks />
  if (!link) notFound()
  const person = await currentPerson()
  const invited = link.role === 'editor' ? 'draw on' : 'look at'
  return (
    <EntryPage
      title={link.title}
      lead={
        <p>
          {link.ownerName || 'Somebody'} invites you to {invited} this board.
        </p>
      }
    >
      {person ? <JoinAtOnce secret={secret} /> : <JoinForm secret={secret} suggestion={friendlyName()} />}
    </EntryPage>
  )
}

export default JoinPage
