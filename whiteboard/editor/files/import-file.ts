import { filesOfScene, settingsOfScene } from '../../formats/excalidraw/file.ts'
import { withFittedTexts } from '../../formats/excalidraw/fit.ts'
import { readScene } from '../../formats/excalidraw/scene.ts'
import { readNative } from '../../formats/native/file.ts'
import { openFile } from '../../formats/open.ts'
import { toWorld } from '../../geometry/camera.ts'
import type { Size, WorldPoint } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import { duplicatePlan } from '../../model/plans/duplicate.ts'
import type { AssetId } from '../../model/surface.ts'
import type { EditorCore } from '../core.ts'
import { loadFonts } from './fonts.ts'
import { readLibraryFile } from './library.ts'
import { dataUrlToBlob } from './pictures.ts'
import { putElements } from './put-elements.ts'
import { writeContext } from './scene-context.ts'
import type { ImportOptions, ImportReport } from './types.ts'

type Content = Readonly<Record<string, unknown>>
type Note = ImportReport['skipped'][number]

/** Opens a file into the board. Rejects with words for people when it is none that can be opened. */
export const importFile = async (
  core: EditorCore,
  file: Blob,
  name: string,
  options: ImportOptions = {},
): Promise<ImportReport> => {
  if (!core.canEdit) throw new Error('This board is open for viewing only; nothing can be added to it here.')
  core.finishTyping()
  const opened = await openFile(file)
  switch (opened.type) {
    case 'picture':
      return importPicture(core, file, name, options)
    case 'library':
      return importLibrary(core, file, options)
    case 'excalidraw':
      return importScene(core, opened.content, options)
    case 'drawbridge':
      return importNative(core, opened.content, options)
  }
}

/** Opens several files: pictures together, everything else one by one. What cannot be opened is reported by its name. */
export const importFiles = async (
  core: EditorCore,
  files: readonly File[],
  options: ImportOptions = {},
): Promise<ImportReport> => {
  const [first, ...others] = files
  if (!first) return NOTHING
  if (others.length === 0) return importFile(core, first, first.name, options)
  const pictures: File[] = []
  const reports: ImportReport[] = []
  for (const file of files) {
    try {
      if ((await openFile(file)).type === 'picture') pictures.push(file)
      else reports.push(await importFile(core, file, file.name))
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'This file cannot be opened.'
      reports.push({ ...NOTHING, skipped: [{ id: file.name, reason }] })
    }
  }
  if (pictures.length > 0) reports.push(await addPictures(core, pictures, options))
  return sumOf(reports)
}

const NOTHING: ImportReport = { added: 0, skipped: [], changed: [] }

const sumOf = (reports: readonly ImportReport[]): ImportReport => ({
  added: reports.reduce((sum, { added }) => sum + added, 0),
  skipped: reports.flatMap(({ skipped }) => skipped),
  changed: reports.flatMap(({ changed }) => changed),
})

const importPicture = (
  core: EditorCore,
  file: Blob,
  name: string,
  options: ImportOptions,
): Promise<ImportReport> => addPictures(core, [new File([file], name, { type: file.type })], options)

const addPictures = async (
  core: EditorCore,
  pictures: readonly File[],
  options: ImportOptions,
): Promise<ImportReport> => {
  if (!core.images) throw new Error('Images cannot be added here.')
  const before = core.board.size
  await core.images.add(pictures, worldOf(core, options) ?? null)
  return { ...NOTHING, added: Math.max(0, core.board.size - before) }
}

/** All items of a library, side by side. */
const importLibrary = async (core: EditorCore, file: Blob, options: ImportOptions): Promise<ImportReport> => {
  const { entries, skipped } = await readLibraryFile(file)
  const reports: ImportReport[] = [{ ...NOTHING, skipped }]
  for (const { elements } of entries) reports.push(await importScene(core, { elements }, options))
  return sumOf(reports)
}

const worldOf = (core: EditorCore, { at, world }: ImportOptions): WorldPoint | undefined =>
  world ?? (at && toWorld(core.camera.camera, at))

const takenIds = ({ board }: EditorCore): ReadonlySet<string> => {
  const taken = new Set<string>()
  for (const { id, groups } of board.ordered) {
    taken.add(id)
    for (const group of groups) taken.add(group)
  }
  return taken
}

interface Brought {
  readonly asset: AssetId
  readonly natural: Size
}

/** Brings the pictures of a scene to the server; those that are none are reported. */
export const bringPictures = async (
  core: EditorCore,
  content: Content,
): Promise<{ readonly pictures: ReadonlyMap<string, Brought>; readonly failed: readonly Note[] }> => {
  const pictures = new Map<string, Brought>()
  const failed: Note[] = []
  for (const { id, dataURL } of filesOfScene(content)) {
    const blob = dataUrlToBlob(dataURL)
    const brought = blob && core.images ? await core.images.bring(blob).catch(() => null) : null
    if (brought) pictures.set(id, brought)
    else failed.push({ id, reason: 'Its picture cannot be shown.' })
  }
  return { pictures, failed }
}

const importScene = async (
  core: EditorCore,
  content: Content,
  options: ImportOptions,
): Promise<ImportReport> => {
  const { pictures, failed } = await bringPictures(core, content)
  const taken = takenIds(core)
  const { elements, skipped, changed } = readScene(content.elements, {
    ...writeContext(core),
    isTaken: (id) => taken.has(id),
    assetOf: (fileId) => pictures.get(fileId),
  })
  await loadFonts(elements)
  const fitted = withFittedTexts(elements, writeContext(core))
  putElements(core, fitted, { at: worldOf(core, options), settings: settingsOfScene(content) })
  return { added: elements.length, skipped, changed: [...changed, ...failed] }
}

const importNative = async (
  core: EditorCore,
  content: Content,
  options: ImportOptions,
): Promise<ImportReport> => {
  const { elements, skipped, settings, assets, boardId } = readNative(content, core.kinds)
  const free = withFreeIds(core, elements)
  putElements(core, free, { at: worldOf(core, options), settings })
  await core.images?.adopt(free, { files: assets, boardId })
  return { added: free.length, skipped, changed: [] }
}

/** As they are on a board that has none of them; otherwise as copies, which name each other. */
const withFreeIds = (core: EditorCore, elements: readonly Element[]): readonly Element[] => {
  const taken = takenIds(core)
  const ids = new Set(elements.map(({ id }) => id))
  const isFree =
    ids.size === elements.length &&
    elements.every(({ id, groups }) => !taken.has(id) && !groups.some((group) => taken.has(group)))
  return isFree ? elements : duplicatePlan(elements, core.board.ordered, [0, 0])
}
