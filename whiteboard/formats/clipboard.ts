import { fromBase64, toBase64 } from '../model/base64.ts'
import type { Element } from '../model/element.ts'
import type { ExportContext } from './excalidraw/export.ts'
import { exportScene } from './excalidraw/export.ts'
import { clipboardScene, type ForeignFile, filesOfScene, isScene } from './excalidraw/file.ts'
import { readScene } from './excalidraw/scene.ts'
import type { WriteContext } from './excalidraw/write-base.ts'
import { isNative, nativeClipboard, type Pictures, readNative } from './native/file.ts'
import { escapeXml } from './svg-surface.ts'

/** So much of a clipboard is looked at, in UTF-16 units; so many elements are taken from it. */
const MAX_LENGTH = 64 * 1024 * 1024
const MAX_ELEMENTS = 20_000

/** What is put on the clipboard, by its type. */
export interface CopiedData {
  /** Excalidraw's clipboard, which others read too. */
  readonly text: string
  /** Ours to the last digit, for other boards of ours; shown as the bare words anywhere else. */
  readonly html: string
}

export interface CopyContext extends ExportContext {
  /** The board that is copied from, where it has a server. */
  readonly boardId: string | null
}

/** Elements as the clipboard carries them, in drawing order, with those of their pictures that are at hand. */
export const copiedData = (
  elements: readonly Element[],
  context: CopyContext,
  pictures: ReadonlyMap<string, ForeignFile> = new Map(),
): CopiedData => {
  const { elements: scene, files } = exportScene(elements, context)
  const carried = [...files].flatMap(([id, asset]) => {
    const picture = pictures.get(asset)
    return picture ? [{ ...picture, id }] : []
  })
  const own = JSON.stringify(nativeClipboard(elements, context.boardId))
  const words = escapeXml(wordsOf(elements)).replaceAll('\n', '<br>')
  return {
    text: JSON.stringify(clipboardScene(scene, carried)),
    html: `<div data-drawbridge="${toBase64(new TextEncoder().encode(own))}">${words}</div>`,
  }
}

/** All that is written on elements, each on lines of its own. */
export const wordsOf = (elements: readonly Element[]): string =>
  elements
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .join('\n')

/** Elements that were copied, and where their pictures may be had. */
export interface PastedElements {
  readonly elements: readonly Element[]
  readonly boardId: string | undefined
  /** `data:` addresses by what elements call their picture. */
  readonly pictures: Pictures
  /** Pictures of Excalidraw's, which have yet to become ours. */
  readonly files: readonly ForeignFile[]
  /** Reads the elements anew, with the pictures that the files have become. */
  readonly content: Readonly<Record<string, unknown>> | null
}

const OWN = /data-drawbridge="([A-Za-z0-9+/=]+)"/

/** The elements in what was copied, ours or Excalidraw's; null when it is something else. Bad elements are passed over. */
export const elementsFromClipboard = (
  { text, html }: Partial<CopiedData>,
  context: WriteContext,
): PastedElements | null => {
  const own = html && html.length <= MAX_LENGTH ? OWN.exec(html)?.[1] : undefined
  const bytes = own ? fromBase64(own) : null
  return (bytes && fromJson(new TextDecoder().decode(bytes), context)) ?? fromJson(text ?? '', context)
}

const fromJson = (json: string, context: WriteContext): PastedElements | null => {
  if (json.length > MAX_LENGTH || !json.trimStart().startsWith('{')) return null
  const content = parsed(json)
  if (!content) return null
  const bounded = { ...content, elements: bound(content.elements) }
  if (isNative(content)) {
    const { elements, assets, boardId } = readNative(bounded, context.kinds)
    return { elements, boardId, pictures: assets, files: [], content: null }
  }
  if (!isScene(content)) return null
  const { elements } = readScene(bounded.elements, context)
  return { elements, boardId: undefined, pictures: {}, files: filesOfScene(content), content: bounded }
}

const bound = (elements: unknown): unknown =>
  Array.isArray(elements) ? elements.slice(0, MAX_ELEMENTS) : elements

const parsed = (json: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(json)
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isRecord ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}
