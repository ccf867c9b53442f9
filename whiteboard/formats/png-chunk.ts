import { fromByteString, toByteString } from '../model/base64.ts'
import { crc32 } from './images/crc32.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Bytes of a chunk beside its data: length, name, checksum. */
const FRAME = 12
const KEYWORD_END = '\0'

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, at) => bytes[at] === byte)

interface Chunk {
  readonly name: string
  readonly start: number
  readonly data: Uint8Array
}

/** The chunks up to the first that is cut off. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let start = SIGNATURE.length; start + FRAME <= bytes.length; ) {
    const length = view.getUint32(start)
    if (start + FRAME + length > bytes.length) return
    const name = toByteString(bytes.subarray(start + 4, start + 8))
    yield { name, start, data: bytes.subarray(start + 8, start + 8 + length) }
    start += FRAME + length
  }
}

/** The text that a PNG carries under a keyword; null when there is none. */
export const readPngText = (bytes: Uint8Array, keyword: string): string | null => {
  if (!isPng(bytes)) return null
  for (const { name, data } of chunksOf(bytes)) {
    if (name !== 'tEXt') continue
    const end = data.indexOf(0)
    if (end > 0 && toByteString(data.subarray(0, end)) === keyword)
      return toByteString(data.subarray(end + 1))
  }
  return null
}

const chunk = (name: string, data: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(FRAME + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(fromByteString(name), 4)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

/** The same PNG with a text (of Latin-1 letters) under a keyword, in a chunk right before its end. */
export const withPngText = (bytes: Uint8Array, keyword: string, text: string): Uint8Array<ArrayBuffer> => {
  const end = [...chunksOf(bytes)].find(({ name }) => name === 'IEND')?.start ?? bytes.length
  const added = chunk('tEXt', fromByteString(keyword + KEYWORD_END + text))
  const whole = new Uint8Array(bytes.length + added.length)
  whole.set(bytes.subarray(0, end))
  whole.set(added, end)
  whole.set(bytes.subarray(end), end + added.length)
  return whole
}
