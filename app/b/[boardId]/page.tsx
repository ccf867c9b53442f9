import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { currentPerson } from '../../../server/auth/current-person.ts'
import { getBoard } from '../../../server/boards/boards.ts'
import { Refusal } from '../../../server/boards/refusal.ts'
import { runtime } from '../../../server/runtime.ts'
import { boardsContext } from '../../api/_http/route.ts'
import { MessagePage } from '../../components/message-page.tsx'
import { PageLink } from '../../components/ui/button.tsx'
import { pageMarks } from '../../lib/page-marks.ts'
import { BoardLoader } from './board-loader.tsx'

interface BoardPageProps {
  readonly params: Promise<{ boardId: string }>
}

/** The board as this person may see it: null without a session, and no page at all for what is not theirs. */
const opened = cache(async (boardId: string) => {
  const person = await currentPerson()
  if (!person) return null
  try {
    return { person, board: await getBoard(boardsContext(runtime()), person.id, boardId) }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not-found') notFound()
    throw error
  }
})

export const generateMetadata = async ({ params }: BoardPageProps): Promise<Metadata> => {
  const { boardId } = await params
  const open = await opened(boardId)
  return {
    title: open?.board.title ?? 'Board',
    robots: { index: false },
    other: pageMarks(open?.person.id ?? null),
  }
}

const SignedOut = ({ boardId }: { boardId: string }) => (
  <MessagePage
    title="Sign in to open this board"
    actions={
      <>
        <PageLink href="/">Start page</PageLink>
        <PageLink look="primary" href={`/signin?callbackUrl=${encodeURIComponent(`/b/${boardId}`)}`}>
          Sign in
        </PageLink>
      </>
    }
  >
    If somebody invited you, open the link they sent you: it works without an account.
  </MessagePage>
)

const BoardPage = async ({ params }: BoardPageProps) => {
  const { boardId } = await params
  const open = await opened(boardId)
  if (!open) return <SignedOut boardId={boardId} />
  const { person, board } = open
  return <BoardLoader id={board.id} title={board.title} role={board.role} person={person} />
}

export default BoardPage
