import type { Metadata } from 'next'
import { currentPerson } from '../../server/auth/current-person.ts'
import { MessagePage } from '../components/message-page.tsx'
import { SiteHeader } from '../components/site-header.tsx'
import { StartDrawing } from '../components/start-drawing.tsx'
import { ButtonLink } from '../components/ui/button-link.tsx'
import { BoardList } from './board-list.tsx'

export const metadata: Metadata = { title: 'Your boards' }

const BoardsPage = async () => {
  const person = await currentPerson()
  if (!person) {
    return (
      <MessagePage
        title="Your boards will be here"
        actions={
          <div className="flex flex-col items-center gap-3">
            <StartDrawing signedIn={false} />
            <ButtonLink look="quiet" href="/signin">
              Sign in
            </ButtonLink>
          </div>
        }
      >
        Start drawing as a guest, or sign in to see the boards you made before.
      </MessagePage>
    )
  }
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader person={person} />
      <BoardList isGuest={person.isGuest} />
    </div>
  )
}

export default BoardsPage
