/** So many bytes become letters at once: more would be too many arguments of one call. */
const CHUNK = 0x8000

/** Bytes as a string of which each letter stands for one. */
export const toByteString = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  }
  return text
}

/** The bytes of such a string. */
export const fromByteString = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

export const toBase64 = (bytes: Uint8Array): string => btoa(toByteString(bytes))

/** Null for what is not base64. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | null => {
  try {
    return fromByteString(atob(text))
  } catch {
    return null
  }
}
