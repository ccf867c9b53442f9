import { type CleanImage, checkSides, ImageFault, joined, tagAt, viewOf } from './types.ts'

/** Where the first chunk stands, behind `RIFF`, a size and `WEBP`. */
const FIRST_CHUNK = 12
/** Flags of VP8X (WebP container specification). */
const HAS_ALPHA = 0x10
const IS_ANIMATED = 0x02

interface Chunk {
  readonly name: string
  readonly data: Uint8Array
}

type Sides = readonly [number, number]

export const isWebp = (bytes: Uint8Array): boolean =>
  bytes.length >= FIRST_CHUNK && tagAt(bytes, 0) === 'RIFF' && tagAt(bytes, 8) === 'WEBP'

const chunksOf = (bytes: Uint8Array): Chunk[] => {
  const view = viewOf(bytes)
  const end = 8 + view.getUint32(4, true)
  if (end > bytes.length) throw new ImageFault('damaged')
  const chunks: Chunk[] = []
  let at = FIRST_CHUNK
  while (at + 8 <= end) {
    const length = view.getUint32(at + 4, true)
    const next = at + 8 + length
    if (next > end) throw new ImageFault('damaged')
    chunks.push({ name: tagAt(bytes, at), data: bytes.subarray(at + 8, next) })
    at = next + (length % 2)
  }
  return chunks
}

/** A key frame's header (RFC 6386, 9.1). */
const lossySides = (data: Uint8Array): Sides => {
  const isKeyFrame = data.length > 10 && ((data[0] ?? 1) & 1) === 0
  if (!isKeyFrame || data[3] !== 0x9d || data[4] !== 0x01 || data[5] !== 0x2a) throw new ImageFault('damaged')
  const view = viewOf(data)
  return [view.getUint16(6, true) & 0x3f_ff, view.getUint16(8, true) & 0x3f_ff]
}

/** WebP lossless bitstream specification, chapter 3. */
const losslessSides = (data: Uint8Array): Sides => {
  if (data.length < 6 || data[0] !== 0x2f) throw new ImageFault('damaged')
  const bits = viewOf(data).getUint32(1, true)
  if (bits >>> 29 !== 0) throw new ImageFault('damaged')
  return [(bits & 0x3f_ff) + 1, ((bits >>> 14) & 0x3f_ff) + 1]
}

const sidesOf = ({ name, data }: Chunk): Sides => (name === 'VP8 ' ? lossySides(data) : losslessSides(data))

const isPicture = ({ name }: Chunk): boolean => name === 'VP8 ' || name === 'VP8L'

const written = ({ name, data }: Chunk): Uint8Array[] => {
  const head = new Uint8Array(8)
  for (let index = 0; index < 4; index++) head[index] = name.charCodeAt(index)
  viewOf(head).setUint32(4, data.length, true)
  return data.length % 2 === 0 ? [head, data] : [head, data, new Uint8Array(1)]
}

const container = (chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> => {
  const body = chunks.flatMap(written)
  const head = new Uint8Array(FIRST_CHUNK)
  head.set([...'RIFF\0\0\0\0WEBP'].map((letter) => letter.charCodeAt(0)))
  const size = 4 + body.reduce((sum, part) => sum + part.length, 0)
  viewOf(head).setUint32(4, size, true)
  return joined([head, ...body])
}

/** The header of an extended file with nothing but transparency beside the picture. */
const alphaHeader = ([width, height]: Sides): Chunk => {
  const data = new Uint8Array(10)
  data[0] = HAS_ALPHA
  const view = viewOf(data)
  view.setUint16(4, (width - 1) & 0xff_ff, true)
  data[6] = (width - 1) >> 16
  view.setUint16(7, (height - 1) & 0xff_ff, true)
  data[9] = (height - 1) >> 16
  return { name: 'VP8X', data }
}

/** Width and height as the picture's own header says. @throws ImageFault */
export const webpSides = (bytes: Uint8Array): Sides => {
  const picture = chunksOf(bytes).find(isPicture)
  if (!picture) throw new ImageFault('damaged')
  return sidesOf(picture)
}

const isAnimated = ({ name, data }: Chunk): boolean =>
  name === 'ANIM' || name === 'ANMF' || (name === 'VP8X' && ((data[0] ?? 0) & IS_ANIMATED) !== 0)

/**
 * Reads a still WebP (Google's container specification, RFC 9649).
 * @throws ImageFault
 */
export const readWebp = (bytes: Uint8Array): CleanImage => {
  const chunks = chunksOf(bytes)
  if (chunks.some(isAnimated)) throw new ImageFault('animated')
  const pictures = chunks.filter(isPicture)
  const [picture] = pictures
  if (!picture || pictures.length !== 1) throw new ImageFault('damaged')
  const sides = sidesOf(picture)
  checkSides(...sides)
  const alphas = chunks.filter(({ name }) => name === 'ALPH')
  if (alphas.length > 1 || (alphas.length === 1 && picture.name !== 'VP8 ')) throw new ImageFault('damaged')
  const kept = alphas.length === 1 ? [alphaHeader(sides), ...alphas, picture] : [picture]
  return { type: 'image/webp', width: sides[0], height: sides[1], bytes: container(kept) }
}
