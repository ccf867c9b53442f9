import type { BoardSettings } from '../../model/settings.ts'
import { colorFrom } from './styles.ts'
import type { Foreign } from './types.ts'
import { finite, listOf, recordOf, stringOf } from './values.ts'

export const EXCALIDRAW_MIME = 'application/vnd.excalidraw+json'
export const SOURCE = 'https://drawbridge.app'

/** A picture as a file of theirs carries it. */
export interface ForeignFile {
  readonly id: string
  readonly mimeType: string
  readonly dataURL: string
}

const SCENES: ReadonlySet<unknown> = new Set([
  'excalidraw',
  'excalidraw/clipboard',
  'excalidraw-api/clipboard',
])

/** Whether this parsed JSON is a scene of Excalidraw's: a file, or what it puts on the clipboard. */
export const isScene = (content: Foreign): boolean =>
  SCENES.has(content.type) && Array.isArray(content.elements)

const PICTURE = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml|bmp|avif|x-icon|jfif)[;,]/i

/** The pictures of a scene that an element which is not deleted shows, and that are pictures. */
export const filesOfScene = (content: Foreign): readonly ForeignFile[] => {
  const used = new Set(
    listOf(content.elements)
      .map(recordOf)
      .filter(({ isDeleted }) => isDeleted !== true)
      .map(({ fileId }) => fileId),
  )
  const files = recordOf(content.files)
  return Object.keys(files).flatMap((id) => {
    const { dataURL, mimeType } = recordOf(files[id])
    if (!used.has(id) || typeof dataURL !== 'string' || !PICTURE.test(dataURL)) return []
    return [{ id, dataURL, mimeType: stringOf(mimeType) ?? 'image/png' }]
  })
}

/** The settings of a board that a scene brings. */
export const settingsOfScene = (content: Foreign): Partial<BoardSettings> => {
  const { viewBackgroundColor, gridModeEnabled, gridSize } = recordOf(content.appState)
  const background = colorFrom(viewBackgroundColor)
  return {
    ...(background && background !== '#ffffff' ? { background } : {}),
    ...(gridModeEnabled === true ? { pattern: 'grid', gridStep: finite(gridSize, 20) } : {}),
  }
}

export const sceneFile = (
  elements: readonly Foreign[],
  files: readonly ForeignFile[],
  settings: BoardSettings,
): Foreign => ({
  type: 'excalidraw',
  version: 2,
  source: SOURCE,
  elements,
  appState: {
    gridSize: settings.gridStep,
    gridStep: 5,
    gridModeEnabled: settings.pattern === 'grid',
    viewBackgroundColor: settings.background ?? '#ffffff',
    lockedMultiSelections: {},
  },
  files: filesRecord(files),
})

export const clipboardScene = (elements: readonly Foreign[], files: readonly ForeignFile[]): Foreign => ({
  type: 'excalidraw/clipboard',
  elements,
  files: filesRecord(files),
})

/** When it was made is nobody's business, and a file of the same board is the same file. */
const filesRecord = (files: readonly ForeignFile[]): Foreign =>
  Object.fromEntries(files.map((file) => [file.id, { ...file, created: 1, lastRetrieved: 1 }]))
