import { crc32 } from './crc32.ts'
import { type CleanImage, checkSides, ImageFault, joined, tagAt, viewOf } from './types.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Length, name and checksum of a chunk. */
const CHUNK_FRAME = 12

/** What the picture cannot be shown without, and how its colours are meant. All else is metadata or animation. */
const KEPT: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'sRGB', 'IDAT', 'IEND'])
const ONLY_ONCE: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'sRGB'])

/** Allowed bit depths by colour type (PNG specification, 11.2.1). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

interface Chunk {
  readonly name: string
  readonly data: Uint8Array
  /** With its length, name and checksum. */
  readonly whole: Uint8Array
}

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, index) => bytes[index] === byte)

const chunkAt = (bytes: Uint8Array, at: number): Chunk => {
  if (at + CHUNK_FRAME > bytes.length) throw new ImageFault('damaged')
  const view = viewOf(bytes)
  const length = view.getUint32(at)
  const end = at + CHUNK_FRAME + length
  if (end > bytes.length) throw new ImageFault('damaged')
  const checked = bytes.subarray(at + 4, end - 4)
  if (crc32(checked) !== view.getUint32(end - 4)) throw new ImageFault('damaged')
  return { name: tagAt(bytes, at + 4), data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) }
}

/** Up to IEND; what stands behind it is no part of the picture. */
const chunksOf = (bytes: Uint8Array): Chunk[] => {
  const chunks: Chunk[] = []
  let at = SIGNATURE.length
  do {
    const chunk = chunkAt(bytes, at)
    chunks.push(chunk)
    at += chunk.whole.length
  } while (chunks.at(-1)?.name !== 'IEND')
  return chunks
}

const isCritical = (name: string): boolean => /^[A-Z]/.test(name)

const checkOrder = (chunks: readonly Chunk[]): void => {
  const names = chunks.map(({ name }) => name)
  const first = names.indexOf('IDAT')
  const last = names.lastIndexOf('IDAT')
  const count = names.filter((name) => name === 'IDAT').length
  const isRepeated = names.some((name, index) => ONLY_ONCE.has(name) && names.indexOf(name) !== index)
  if (first < 0 || last - first + 1 !== count || isRepeated) throw new ImageFault('damaged')
  if (names.some((name) => isCritical(name) && !KEPT.has(name))) throw new ImageFault('damaged')
}

/** Width and height as the header says. @throws ImageFault */
export const pngSides = (bytes: Uint8Array): readonly [number, number] => {
  if (bytes.length < 33 || tagAt(bytes, 12) !== 'IHDR') throw new ImageFault('damaged')
  const view = viewOf(bytes)
  return [view.getUint32(16), view.getUint32(20)]
}

/**
 * Reads a PNG chunk by chunk (W3C PNG, third edition). An animated one becomes its still picture.
 * @throws ImageFault
 */
export const readPng = (bytes: Uint8Array): CleanImage => {
  const [width, height] = pngSides(bytes)
  checkSides(width, height)
  const chunks = chunksOf(bytes)
  const header = chunks[0]?.data
  if (chunks[0]?.name !== 'IHDR' || header?.length !== 13) throw new ImageFault('damaged')
  const [depth = 0, color = 0, compression, filter, interlace = 2] = header.subarray(8)
  const isSound = DEPTHS[color]?.includes(depth) && compression === 0 && filter === 0 && interlace < 2
  if (!isSound) throw new ImageFault('damaged')
  checkOrder(chunks)
  const kept = chunks.filter(({ name }) => KEPT.has(name)).map(({ whole }) => whole)
  return { type: 'image/png', width, height, bytes: joined([Uint8Array.from(SIGNATURE), ...kept]) }
}
