import { isJpeg, readJpeg } from './jpeg.ts'
import { isPng, readPng } from './png.ts'
import { type CleanImage, ImageFault, type ImageFlaw } from './types.ts'
import { isWebp, readWebp } from './webp.ts'

export type Inspected =
  | { readonly ok: true; readonly image: CleanImage }
  | { readonly ok: false; readonly flaw: ImageFlaw }

const read = (bytes: Uint8Array): CleanImage => {
  if (isPng(bytes)) return readPng(bytes)
  if (isJpeg(bytes)) return readJpeg(bytes)
  if (isWebp(bytes)) return readWebp(bytes)
  throw new ImageFault('no-image')
}

/**
 * Reads a still PNG, JPEG or WebP to its end, without decoding it, and copies what makes the picture. What it is, its
 * bytes decide: names and types that somebody states are not asked for. Never throws.
 */
export const inspectImage = (bytes: Uint8Array): Inspected => {
  try {
    return { ok: true, image: read(bytes) }
  } catch (error) {
    return { ok: false, flaw: error instanceof ImageFault ? error.flaw : 'damaged' }
  }
}
