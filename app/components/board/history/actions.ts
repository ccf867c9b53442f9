import type { Past } from '../../../../whiteboard/index.ts'
import { wordsFor } from '../../../lib/api.ts'
import { shortened } from '../../../lib/shortened.ts'
import { type Version, versionsApi } from '../../../lib/versions.ts'
import { notify } from '../../ui/toasts.tsx'
import type { OpenBoard } from '../session-context.tsx'
import { countWords, momentWords } from './words.ts'

/** Milliseconds to wait for the newest changes to be on the server, which is where versions are made. */
const PATIENCE = 3000

/** Resolves when what was drawn so far is on the server, or has taken too long. */
export const whenSaved = ({ session }: OpenBoard): Promise<unknown> =>
  Promise.race([session.sync.whenSaved(), new Promise((resolve) => setTimeout(resolve, PATIENCE))])

const failed = (failure: unknown): void => notify({ kind: 'failed', text: wordsFor(failure) })

const UNREADABLE = 'This version cannot be read. Nothing was changed.'

/** The state of a version; null, and a message, when it cannot be had. */
export const loadPast = async ({ id, session }: OpenBoard, version: Version): Promise<Past | null> => {
  try {
    const past = await session.editor.openPast(await versionsApi.state(id, version.id))
    if (!past) notify({ kind: 'failed', text: UNREADABLE })
    return past
  } catch (failure) {
    failed(failure)
    return null
  }
}

/** How long peers are shown that somebody went back, in milliseconds: long enough for slow connections. */
const TOLD_FOR = 10_000

/** Has peers told that this person went back, until they take it back. */
const tellPeers = ({ session: { editor, showAlso } }: OpenBoard): void => {
  showAlso({ restored: true })
  const end = editor.board.subscribe(({ origin }) => origin === 'undo' && over())
  const timer = setTimeout(() => over(), TOLD_FOR)
  const over = () => {
    clearTimeout(timer)
    end()
    showAlso({})
  }
}

/** Takes back what was just done; offered only as long as that is this person's last step. */
const undo = ({ session: { editor } }: OpenBoard) => ({
  label: 'Undo',
  run: () => editor.run('undo'),
  until: (over: () => void) =>
    editor.board.subscribe(({ origin }) => {
      if (origin === 'user' || origin === 'undo') over()
    }),
})

/** Makes the board what it was. What it is now is kept as a version first. True when it was done. */
export const restore = async (board: OpenBoard, version: Version, past: Past): Promise<boolean> => {
  try {
    await whenSaved(board)
    await versionsApi.keepBeforeRestore(board.id, version.id)
  } catch (failure) {
    failed(failure)
    return false
  }
  const name =
    version.name === null
      ? `Restored the version of ${momentWords(version.createdAt, new Date())}`
      : `Restored “${shortened(version.name)}”`
  if (past.restore() === 0) notify({ kind: 'hint', text: 'The board is like that already.' })
  else {
    notify({ text: name, action: undo(board) })
    tellPeers(board)
  }
  return true
}

/** Puts what is missing on the board again. */
export const bringBack = (board: OpenBoard, past: Past): void => {
  const count = past.bringBack()
  if (count === 0) notify({ kind: 'hint', text: 'Nothing is missing any more.' })
  else notify({ text: `Brought back ${countWords(count)}`, action: undo(board) })
}

/** Makes a board of the version and goes there. */
export const copyToNewBoard = async ({ id }: OpenBoard, version: Version): Promise<void> => {
  try {
    location.assign(`/b/${(await versionsApi.copy(id, version.id)).id}`)
  } catch (failure) {
    failed(failure)
  }
}

/** Takes a name away, or a version: true when it was done. */
export const change = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work()
    return true
  } catch (failure) {
    failed(failure)
    return false
  }
}
