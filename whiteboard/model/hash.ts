/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
const START = 0x811c9dc5
const step = (value: number, next: number): number => Math.imul(value ^ next, 0x01000193)

/** A number from 0 to 2^32 - 1 that depends on the text alone, the same on every device; no secret, and no proof. */
export const hashText = (text: string): number => {
  let value = START
  for (let index = 0; index < text.length; index++) value = step(value, text.charCodeAt(index))
  return value >>> 0
}

/** The same of bytes: tells damaged ones from whole ones. */
export const hashBytes = (bytes: Uint8Array): number => {
  let value = START
  // By index: an iterator takes ten times as long, and there are megabytes of them.
  for (let index = 0; index < bytes.length; index++) value = step(value, bytes[index] ?? 0)
  return value >>> 0
}
