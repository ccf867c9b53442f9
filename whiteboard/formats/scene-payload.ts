import { fromByteString, toByteString } from '../model/base64.ts'
import { damaged, MAX_FILE_BYTES, tooLarge } from './faults.ts'

/** Bytes that an embedded scene may be once it is unpacked: a few thousand can claim to be any number. */
const MAX_SCENE_BYTES = MAX_FILE_BYTES

const pumped = async (
  bytes: Uint8Array<ArrayBuffer>,
  through: GenericTransformStream,
  limit: number,
): Promise<Uint8Array> => {
  const stream = new Blob([bytes])
    .stream()
    .pipeThrough(through as ReadableWritablePair<Uint8Array, Uint8Array<ArrayBuffer>>)
  const reader = stream.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length
    if (length > limit) {
      await reader.cancel().catch(() => undefined)
      throw tooLarge()
    }
    parts.push(next.value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const deflate = (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  pumped(bytes, new CompressionStream('deflate'), Number.POSITIVE_INFINITY)

/** Unpacks no more than `limit` bytes. Rejects with a `FileFault`. */
const inflate = async (bytes: Uint8Array<ArrayBuffer>, limit: number): Promise<Uint8Array> => {
  try {
    return await pumped(bytes, new DecompressionStream('deflate'), limit)
  } catch (error) {
    throw error instanceof Error && error.name === 'FileFault' ? error : damaged()
  }
}

/**
 * A scene as Excalidraw packs it into pictures: zlib-deflated UTF-8 whose bytes stand as letters in JSON, so that all of it
 * is Latin-1.
 */
export const packScene = async (scene: string): Promise<string> =>
  JSON.stringify({
    version: '1',
    encoding: 'bstring',
    compressed: true,
    encoded: toByteString(await deflate(new TextEncoder().encode(scene))),
  })

const parsed = (json: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}

/** The scene's JSON in such a pack, or in the plain form of older files; null when it holds none. */
export const unpackScene = async (packed: string, limit = MAX_SCENE_BYTES): Promise<string | null> => {
  const content = parsed(packed)
  if (!content) return null
  if (typeof content.encoded !== 'string') return Array.isArray(content.elements) ? packed : null
  const bytes = fromByteString(content.encoded)
  const plain = content.compressed === true ? await inflate(bytes, limit) : bytes
  return new TextDecoder().decode(plain)
}
