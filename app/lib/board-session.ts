import { Doc } from 'yjs'
import {
  createBoardStore,
  createCanvasMeasurer,
  createDeviceCopy,
  createEditor,
  createPresence,
  createRenderer,
  createScriptingHandle,
  createSyncClient,
  type Editor,
  identityColor,
  kinds,
  type LocalPresence,
  type ScriptingHandle,
  type SyncClient,
} from '../../whiteboard/index.ts'
import { notify } from '../components/ui/toasts.tsx'
import { createAssetTransport } from './assets.ts'
import { type FirstLoad, watchFirstLoad } from './first-load.ts'
import { keepSnapping } from './kept-snapping.ts'
import { type Present, rosterReader } from './roster.ts'
import { countingPictures } from './saving.ts'
import { type SelectionWatch, watchSelection } from './selection-watch.ts'
import { requestTicket } from './ticket.ts'

/** An open board: the engine, the connection, and the others on it. Lives as long as the page shows the board. */
export interface BoardSession {
  readonly editor: Editor
  readonly sync: SyncClient
  readonly peers: {
    /** The same array while only what they show changes. */
    present(): readonly Present[]
    subscribe(listener: () => void): () => void
  }
  readonly selection: SelectionWatch
  readonly firstLoad: FirstLoad
  /** Shows peers this beside what the editor does, in place of what was said here before. */
  showAlso(more: Pick<LocalPresence, 'restored'>): void
  watchEditor(listener: () => void): () => void
  watchSync(listener: () => void): () => void
  dispose(): void
}

interface SessionOptions {
  readonly boardId: string
  /** Whose copy on this device is meant. */
  readonly personId: string
  /** What the page was told; what the server says on connecting counts from then on. */
  readonly canEdit: boolean
}

declare global {
  interface Window {
    /** For automation and tests; see the README. */
    drawbridge?: ScriptingHandle
  }
}

/** Calls `wake` whenever the connection has come about. */
const wakeWhenOnline = (sync: SyncClient, wake: () => void): (() => void) => {
  let wasOnline = false
  return sync.subscribe(() => {
    const isOnline = sync.status.state === 'online'
    if (isOnline && !wasOnline) wake()
    wasOnline = isOnline
  })
}

/** Says so when what one may do has changed while the board was open; the first that the server says is no change. */
const sayRoleChanges = (sync: SyncClient): (() => void) => {
  let known = sync.role
  return sync.subscribe(() => {
    const { role } = sync
    if (role === known) return
    if (known)
      notify({
        kind: 'hint',
        text: role === 'editor' ? 'You can now edit this board' : 'You can now only view this board',
      })
    known = role
  })
}

/**
 * Shows what peers show. While something large of theirs is coming in, what they showed before stays: a drag of many ends
 * with its draft, and the elements must not be seen at their old places in between.
 */
const showPeers = (editor: Editor, presence: ReturnType<typeof createPresence>): (() => void)[] => {
  let isWaiting = false
  const show = (): void => {
    isWaiting = editor.board.loading
    if (!isWaiting) editor.setPeers(presence.peers)
  }
  return [presence.subscribe(show), editor.board.subscribe(() => isWaiting && show())]
}

/** Hands on what the editor shows to peers, and what else this person does. */
const showOneself = (editor: Editor, presence: ReturnType<typeof createPresence>) => {
  let shown: LocalPresence | null = null
  let also = {}
  const show = (): void => {
    if (shown) presence.show({ ...shown, ...also })
  }
  const end = editor.onPresence((next) => {
    shown = next
    show()
  })
  const showAlso: BoardSession['showAlso'] = (more) => {
    also = more
    show()
  }
  return { end, showAlso }
}

/** Says so when somebody else goes back to a version. */
const sayRestores = (sync: SyncClient, presence: ReturnType<typeof createPresence>): (() => void) =>
  presence.subscribe(() => {
    if (!presence.peers.some(({ restored }) => restored)) return
    void import('./say-restored.ts').then(
      ({ sayRestored }) => sayRestored(presence.peers, sync.role),
      () => undefined,
    )
  })

export const openBoardSession = ({ boardId, personId, canEdit }: SessionOptions): BoardSession => {
  const doc = new Doc()
  const board = createBoardStore(doc, kinds)
  const transport = createAssetTransport(boardId)
  const say = (text: string): void => notify({ text, kind: 'failed' })
  const measure = createCanvasMeasurer()
  const editor = createEditor({ board, kinds, measure, createRenderer, images: { transport, personId, say } })
  editor.setCanEdit(canEdit)
  editor.setOwnColor(identityColor(personId))
  const sync = createSyncClient({
    doc,
    boardId,
    requestTicket: () => requestTicket(boardId),
    deviceCopy: createDeviceCopy({ personId, boardId }),
  })
  const { images } = editor
  const saving = images ? countingPictures(sync, images) : sync
  const presence = createPresence({ awareness: sync.awareness, kinds })
  const oneself = showOneself(editor, presence)
  const ends = [
    keepSnapping(editor),
    editor.onNotice(({ text, failed }) => notify({ text, kind: failed ? 'failed' : 'done' })),
    oneself.end,
    sayRestores(sync, presence),
    ...showPeers(editor, presence),
    wakeWhenOnline(sync, () => images?.wake()),
    sayRoleChanges(sync),
    sync.subscribe(() => {
      const mayEdit = sync.status.state !== 'ended' && (sync.role === null ? canEdit : sync.role === 'editor')
      editor.setCanEdit(mayEdit)
    }),
  ]
  const selection = watchSelection(editor)
  const readRoster = rosterReader()
  const handle = createScriptingHandle(editor, saving)
  window.drawbridge = handle
  return {
    editor,
    sync: saving,
    peers: {
      present: () => readRoster(presence.peers),
      subscribe: (listener) => presence.subscribe(listener),
    },
    selection,
    firstLoad: watchFirstLoad(sync, board),
    showAlso: oneself.showAlso,
    watchEditor: (listener) => editor.subscribe(listener),
    watchSync: (listener) => saving.subscribe(listener),
    dispose: () => {
      for (const end of ends) end()
      if (window.drawbridge === handle) delete window.drawbridge
      selection.dispose()
      presence.dispose()
      sync.dispose()
      editor.dispose()
      board.dispose()
      doc.destroy()
    },
  }
}
