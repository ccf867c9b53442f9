/** Bytes of one value that are unpacked. */
const MAX_BYTES = 48 * 1024

export const toBase64 = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** Undefined for what is no base64, or too long. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  if (text.length > (MAX_BYTES * 4) / 3 + 4) return undefined
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
