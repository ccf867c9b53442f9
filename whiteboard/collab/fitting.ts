import { fromBase64 } from '../model/base64.ts'

const encoder = new TextEncoder()

/** How long a value is as JSON in UTF-8, in bytes. */
export const jsonBytes = (value: unknown): number => encoder.encode(JSON.stringify(value)).length

/** The first of `entries` that fit into an array of `limit` bytes of JSON, commas included; the first too long ends it. */
export const takeFitting = <Entry>(entries: Iterable<Entry>, limit: number): Entry[] => {
  const taken: Entry[] = []
  let bytes = 0
  for (const entry of entries) {
    bytes += jsonBytes(entry) + 1
    if (bytes > limit) break
    taken.push(entry)
  }
  return taken
}

/** Bytes of one packed value that are read. */
const MAX_UNPACKED_BYTES = 48 * 1024

/** The bytes of a packed value; undefined for what is no base64, or too long. */
export const unpacked = (text: string): Uint8Array | undefined =>
  text.length > (MAX_UNPACKED_BYTES * 4) / 3 + 4 ? undefined : (fromBase64(text) ?? undefined)
