/** The kinds of picture that are stored. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp'

/** Pixels of one side. */
export const MAX_SIDE = 16_384
/** Pixels of a whole picture: what a browser needs four bytes each for. */
export const MAX_PIXELS = 40_000_000

/** Why a file is not taken as a picture. */
export type ImageFlaw =
  /** None of the kinds that are known. */
  | 'no-image'
  /** A known kind whose structure is broken or incomplete. */
  | 'damaged'
  /** More pixels than anybody should decode. */
  | 'too-many-pixels'
  /** Several frames where only still pictures are taken. */
  | 'animated'

/** Thrown by the readers; `inspectImage` turns it into an answer. */
export class ImageFault extends Error {
  override readonly name = 'ImageFault'
  readonly flaw: ImageFlaw

  constructor(flaw: ImageFlaw) {
    super(`Not taken as a picture: ${flaw}`)
    this.flaw = flaw
  }
}

/** A picture of a container that was read to its end. */
export interface CleanImage {
  readonly type: ImageType
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** The same picture with nothing in it but the picture: no metadata, comments, previews or trailing bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** @throws ImageFault for sides that are zero or beyond the limits */
export const checkSides = (width: number, height: number): void => {
  if (width < 1 || height < 1) throw new ImageFault('damaged')
  if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
    throw new ImageFault('too-many-pixels')
  }
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Four bytes as the letters of a chunk's name. */
export const tagAt = (bytes: Uint8Array, at: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + 4))

export const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
