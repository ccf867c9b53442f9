import { exportScene } from '../../formats/excalidraw/export.ts'
import { withFittedTexts } from '../../formats/excalidraw/fit.ts'
import { type LibraryItem, libraryFile, readLibrary } from '../../formats/excalidraw/library.ts'
import { readScene } from '../../formats/excalidraw/scene.ts'
import { noDrawing } from '../../formats/faults.ts'
import { openFile } from '../../formats/open.ts'
import { pastePlan } from '../../formats/paste.ts'
import { pictureBox, startSvg } from '../../formats/svg.ts'
import { toWorld } from '../../geometry/camera.ts'
import type { ScreenPoint } from '../../geometry/types.ts'
import { deriveAll } from '../../model/derive.ts'
import type { Element } from '../../model/element.ts'
import { createElementId } from '../../model/identifiers.ts'
import type { EditorCore } from '../core.ts'
import { exportedElements } from './exported.ts'
import { fontsFor } from './fonts.ts'
import { putElements } from './put-elements.ts'
import { exportContext, writeContext } from './scene-context.ts'
import type { EditorFiles, LibraryEntry } from './types.ts'

/** Board units round what an item shows. */
const PADDING = 8

const MIME = 'application/vnd.excalidrawlib+json'

/** The selection, or everything, as an item; it carries no pictures, which Excalidraw's libraries cannot either. */
export const libraryEntry = async (
  core: EditorCore,
  name: string,
  elements: readonly Element[] = exportedElements(core, core.selection.size > 0),
): Promise<LibraryEntry> => ({
  id: createElementId(),
  name: name.slice(0, 200),
  elements: exportScene(elements, exportContext(core)).elements,
})

export const readLibraryFile = async (file: Blob): ReturnType<EditorFiles['readLibrary']> => {
  const opened = await openFile(file)
  if (opened.type !== 'library') throw noDrawing()
  const { items, skipped } = readLibrary(opened.content, createElementId)
  return { entries: items.map(({ id, name, elements }) => ({ id, name, elements })), skipped }
}

export const writeLibraryFile = async (entries: readonly LibraryEntry[]): Promise<Blob> => {
  const items = entries.map((entry): LibraryItem => ({ ...entry, created: 1, status: 'unpublished' }))
  return new Blob([JSON.stringify(libraryFile(items))], { type: MIME })
}

const elementsOfEntry = (core: EditorCore, { elements }: LibraryEntry): readonly Element[] =>
  withFittedTexts(readScene(elements, writeContext(core)).elements, writeContext(core))

export const drawEntry = async (core: EditorCore, entry: LibraryEntry): Promise<string> => {
  const elements = deriveAll(elementsOfEntry(core, entry), core.kinds)
  const drawing = startSvg(pictureBox(elements, core.kinds, PADDING), core.kinds, core.measure, {
    theme: core.theme,
    background: false,
    fit: [240, 180],
    title: entry.name || 'Item of the library',
  })
  for (const element of elements) drawing.add(element)
  return drawing.finish({ styles: await fontsFor(drawing.letters) })
}

/** How many elements came onto the board. */
export const insertEntry = async (
  core: EditorCore,
  entry: LibraryEntry,
  at?: ScreenPoint,
): Promise<number> => {
  const middle = at ? toWorld(core.camera.camera, at) : core.camera.view.center
  const elements = pastePlan(elementsOfEntry(core, entry), core.board.ordered, middle)
  putElements(core, elements, { at: middle })
  return elements.length
}
