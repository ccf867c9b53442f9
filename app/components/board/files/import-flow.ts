import type { ImportReport, ScreenPoint } from '../../../../whiteboard/index.ts'
import { takeOver } from '../../../lib/hand-over.ts'
import { addToShelf, loadShelf } from '../../../lib/library-shelf.ts'
import { notify } from '../../ui/toasts.tsx'
import type { OpenBoard } from '../session-context.tsx'
import { setImportState } from './import-state.ts'

/** What a file dialog offers. */
const ACCEPTED = '.excalidraw,.excalidrawlib,.drawbridge,.json,.png,.svg,image/*,application/json'

const nameOf = (files: readonly File[]): string =>
  files.length === 1 ? (files[0]?.name ?? 'the file') : `${files.length} files`

const countWords = (count: number): string =>
  count === 1 ? '1 element' : `${count.toLocaleString('en')} elements`

const isLibrary = ({ name }: File): boolean => /\.excalidrawlib$/i.test(name)

/** Opens files into the board and says how it went. Never rejects. */
export const openFiles = async (
  board: OpenBoard,
  files: readonly File[],
  at?: ScreenPoint,
): Promise<void> => {
  const { editor } = board.session
  if (files.length === 0) return
  if (!editor.state.canEdit) {
    notify({ kind: 'failed', text: 'This board is open for viewing only; nothing can be added to it.' })
    return
  }
  const name = nameOf(files)
  setImportState({ type: 'opening', name })
  try {
    const libraries = files.filter(isLibrary)
    const drawings = files.filter((file) => !isLibrary(file))
    const reports: ImportReport[] = []
    if (drawings.length > 0) reports.push(await editor.files.importFiles(drawings, at ? { at } : {}))
    const isShelved = libraries.length > 0 && (await shelve(board, libraries))
    tell(name, reports, isShelved)
  } catch (failure) {
    setImportState({ type: 'idle' })
    notify({ kind: 'failed', text: wordsOf(failure) })
  }
}

const wordsOf = (failure: unknown): string =>
  failure instanceof Error && failure.message !== '' ? failure.message : 'This file cannot be opened.'

const shelve = async ({ person, session }: OpenBoard, files: readonly File[]): Promise<boolean> => {
  for (const file of files) {
    const { entries } = await session.editor.files.readLibrary(file)
    await addToShelf(person.id, entries)
  }
  return true
}

const tell = (name: string, reports: readonly ImportReport[], isShelved: boolean): void => {
  const [report] = reports
  if (isShelved) setImportState({ type: 'library' })
  else if (report && report.skipped.length + report.changed.length > 0)
    setImportState({ type: 'report', name, report })
  else setImportState({ type: 'idle' })
  if (report && report.added > 0 && report.skipped.length === 0) {
    notify({ text: `Opened ${name}: ${countWords(report.added)}` })
  }
}

/** Puts an item of the library where it was dropped. */
export const putEntry = async (
  { person, session: { editor } }: OpenBoard,
  id: string,
  at: ScreenPoint,
): Promise<void> => {
  const entry = (await loadShelf(person.id)).find((each) => each.id === id)
  if (entry && editor.state.canEdit) await editor.files.insertEntry(entry, at)
}

/** Lets the person choose files to open. */
export const chooseFiles = (board: OpenBoard): void => {
  const input = document.createElement('input')
  Object.assign(input, { type: 'file', multiple: true, accept: ACCEPTED })
  input.addEventListener('change', () => void openFiles(board, [...(input.files ?? [])]))
  input.click()
}

/** Opens what was dropped on the list of boards for this one. */
export const openHandedOver = async (board: OpenBoard): Promise<void> => {
  const files = await takeOver(board.id).catch(() => [])
  await openFiles(board, files)
}
