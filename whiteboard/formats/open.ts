import { EXCALIDRAW_MIME, isScene } from './excalidraw/file.ts'
import { isLibrary } from './excalidraw/library.ts'
import { damaged, MAX_ELEMENTS, MAX_FILE_BYTES, noDrawing, tooLarge, tooMany } from './faults.ts'
import { sniffImage } from './images/sniff.ts'
import { isNative } from './native/file.ts'
import { isPng, readPngText } from './png-chunk.ts'
import { unpackScene } from './scene-payload.ts'
import { readSvgPayload } from './svg-payload.ts'

type Content = Readonly<Record<string, unknown>>

/** What a file turned out to be, whatever its name says. */
export type OpenedFile =
  | { readonly type: 'excalidraw' | 'library' | 'drawbridge'; readonly content: Content }
  /** A picture that carries no drawing. */
  | { readonly type: 'picture' }

/** Looks into a file. Rejects with a `FileFault` when it is none that can be opened. */
export const openFile = async (file: Blob): Promise<OpenedFile> => {
  if (file.size > MAX_FILE_BYTES) throw tooLarge()
  const bytes = new Uint8Array(await file.arrayBuffer())
  const embedded = await embeddedScene(bytes)
  if (embedded !== null) return opened(embedded)
  if (isPicture(bytes)) return { type: 'picture' }
  const text = new TextDecoder().decode(bytes).trim()
  if (!text.startsWith('{')) throw noDrawing()
  return opened(text)
}

/** A picture, if even a damaged or outsized one: those who take pictures say what is wrong with it. */
const isPicture = (bytes: Uint8Array): boolean => {
  const sniffed = sniffImage(bytes)
  return sniffed.type !== null || sniffed.flaw !== 'no-image'
}

/** The JSON of the scene that a picture carries; null when it carries none. */
const embeddedScene = async (bytes: Uint8Array): Promise<string | null> => {
  if (isPng(bytes)) {
    const packed = readPngText(bytes, EXCALIDRAW_MIME)
    return packed === null ? null : unpackScene(packed)
  }
  const sniffed = sniffImage(bytes)
  if (sniffed.type !== 'image/svg+xml') return null
  const packed = readSvgPayload(new TextDecoder().decode(bytes), EXCALIDRAW_MIME)
  return packed === null ? null : unpackScene(packed)
}

const opened = (json: string): OpenedFile => {
  const content = parsed(json)
  if (isLibrary(content)) return { type: 'library', content }
  const type = isScene(content) ? 'excalidraw' : isNative(content) ? 'drawbridge' : null
  if (type === null) throw noDrawing()
  const { elements } = content
  if (Array.isArray(elements) && elements.length > MAX_ELEMENTS) throw tooMany(elements.length)
  return { type, content }
}

const parsed = (json: string): Content => {
  try {
    const content: unknown = JSON.parse(json)
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content as Content
  } catch {
    throw damaged()
  }
  throw noDrawing()
}
