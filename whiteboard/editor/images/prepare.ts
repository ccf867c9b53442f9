import { digest } from 'lib0/hash/sha256'
import { inspectImage } from '../../formats/images/inspect.ts'
import { type SourceType, sniffImage } from '../../formats/images/sniff.ts'
import { checkSides, type ImageFlaw } from '../../formats/images/types.ts'
import type { Size } from '../../geometry/types.ts'
import type { AssetId } from '../../model/surface.ts'
import { createWorkCanvas, isOpaque } from './canvas.ts'
import { safeSvg } from './svg-safety.ts'

/** A picture as it will be stored. */
export interface PreparedPicture {
  readonly asset: AssetId
  readonly picture: Blob
  /** Its pixels. */
  readonly natural: Size
  /** How large it wants to be shown, in CSS pixels. */
  readonly shown: Size
}

export type Preparation =
  | { readonly ok: true; readonly prepared: PreparedPicture }
  /** In words that may follow the file's name. */
  | { readonly ok: false; readonly reason: string }

/** Bytes that people may bring, and that the server takes. */
export const MAX_BYTES = 10 * 1024 * 1024
/** Pixels of the longer side that are stored. */
const LONGEST_SIDE = 4096
/** Bytes up to which drawn things are stored without any loss. */
const LOSSLESS_BYTES = 1_500_000
/** Pixels beyond which a loss-free picture would surely be larger, and take long to write. */
const LOSSLESS_PIXELS = 8_000_000
const JPEG_QUALITY = 0.9
const WEBP_QUALITY = 0.92
/** SVG pictures get this many pixels for each that they ask for, to stay sharp, and at least so many on the longer side. */
const SVG_SHARPNESS = 2
const SVG_LEAST = 512

const REASONS: Record<ImageFlaw | 'too-large', string> = {
  'no-image': 'is not an image that can be shown here',
  damaged: 'is damaged or not what it claims to be',
  'too-many-pixels': 'has too many pixels: at most 40 million, and 16384 on each side',
  animated: 'is a moving picture',
  'too-large': 'is larger than 10 MB',
}

class Refused extends Error {
  readonly reason: string
  constructor(why: keyof typeof REASONS) {
    super(why)
    this.reason = REASONS[why]
  }
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Pages that did not come over https have no hash of the browser's own. */
const hashOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<AssetId> => {
  const { subtle } = globalThis.crypto ?? {}
  return hex(subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : digest(bytes)) as AssetId
}

const scaled = ([width, height]: Size, factor: number): Size => [
  Math.max(1, Math.round(width * factor)),
  Math.max(1, Math.round(height * factor)),
]

const within = (size: Size, longest: number): Size => scaled(size, Math.min(1, longest / Math.max(...size)))

const imageFrom = async (svg: string): Promise<HTMLImageElement> => {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    return image
  } finally {
    URL.revokeObjectURL(address)
  }
}

interface Source {
  readonly image: CanvasImageSource
  /** Pixels at which it is drawn. */
  readonly natural: Size
  readonly shown: Size
  /** Whether it is made of few colours and sharp edges, which JPEG would blur. */
  readonly drawn: boolean
  close(): void
}

const fromSvg = async (bytes: Uint8Array): Promise<Source> => {
  const svg = safeSvg(new TextDecoder().decode(bytes))
  const shown: Size = within([svg.width, svg.height], LONGEST_SIDE)
  const least = Math.max(SVG_SHARPNESS, SVG_LEAST / Math.max(...shown))
  const natural = within(scaled(shown, least), LONGEST_SIDE)
  const image = await imageFrom(svg.at(...natural))
  return { image, natural, shown, drawn: true, close: () => undefined }
}

const DRAWN: ReadonlySet<SourceType> = new Set(['image/png', 'image/gif', 'image/bmp'])

const fromPixels = async (bytes: Uint8Array<ArrayBuffer>, type: SourceType): Promise<Source> => {
  const decoded = await createImageBitmap(new Blob([bytes], { type }))
  const full: Size = [decoded.width, decoded.height]
  checkSides(...full)
  const natural = within(full, LONGEST_SIDE)
  const close = (): void => decoded.close()
  return { image: decoded, natural, shown: natural, drawn: DRAWN.has(type), close }
}

const smallest = (blobs: readonly (Blob | null)[]): Blob | null =>
  blobs.filter((blob) => blob !== null).sort((a, b) => a.size - b.size)[0] ?? null

/** Draws the picture anew, so that nothing of the file stays but what can be seen. */
const encode = async ({ image, drawn }: Source, [width, height]: Size): Promise<Blob | null> => {
  const canvas = createWorkCanvas(width, height)
  canvas.context.imageSmoothingQuality = 'high'
  canvas.context.drawImage(image, 0, 0, width, height)
  if (drawn && width * height <= LOSSLESS_PIXELS) {
    const lossless = await canvas.encode('image/png')
    if (lossless && lossless.size <= LOSSLESS_BYTES) return lossless
  }
  if (isOpaque(canvas, width, height)) return canvas.encode('image/jpeg', JPEG_QUALITY)
  const webp = await canvas.encode('image/webp', WEBP_QUALITY)
  return webp ?? smallest([await canvas.encode('image/png')])
}

/** Smaller and smaller, until the server takes it. */
const encodeToFit = async (source: Source): Promise<Blob> => {
  for (const factor of [1, 0.7, 0.5, 0.35]) {
    const blob = await encode(source, scaled(source.natural, factor))
    if (blob && blob.size <= MAX_BYTES) return blob
  }
  throw new Refused('too-large')
}

const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await blob.arrayBuffer())

/** The stored form of a file, under the name that the server gives the same bytes. */
const finished = async (bytes: Uint8Array<ArrayBuffer>, shown: Size | null): Promise<PreparedPicture> => {
  const inspected = inspectImage(bytes)
  if (!inspected.ok) throw new Refused('damaged')
  const { image } = inspected
  const natural: Size = [image.width, image.height]
  const picture = new Blob([image.bytes], { type: image.type })
  return { asset: await hashOf(image.bytes), picture, natural, shown: shown ?? natural }
}

/** Whether a file is as it would be stored already: one of ours that comes back keeps its name and quality. */
const isFinished = (bytes: Uint8Array, [width, height]: Size): boolean => {
  if (Math.max(width, height) > LONGEST_SIDE) return false
  const inspected = inspectImage(bytes)
  return inspected.ok && inspected.image.bytes.length === bytes.length
}

const preparePicture = async (file: Blob): Promise<PreparedPicture> => {
  if (file.size > MAX_BYTES) throw new Refused('too-large')
  const bytes = await bytesOf(file)
  const sniffed = sniffImage(bytes)
  if (sniffed.type === null) throw new Refused(sniffed.flaw)
  const source = await (sniffed.type === 'image/svg+xml' ? fromSvg(bytes) : fromPixels(bytes, sniffed.type))
  try {
    if (sniffed.sides && isFinished(bytes, sniffed.sides)) return await finished(bytes, null)
    return await finished(await bytesOf(await encodeToFit(source)), source.shown)
  } finally {
    source.close()
  }
}

/** Makes of any file a picture that can be stored, or says why not. Never rejects. */
export const prepareImage = async (file: Blob): Promise<Preparation> => {
  try {
    return { ok: true, prepared: await preparePicture(file) }
  } catch (error) {
    return { ok: false, reason: error instanceof Refused ? error.reason : REASONS.damaged }
  }
}
