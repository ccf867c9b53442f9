import { isJpeg, jpegSides } from './jpeg.ts'
import { isPng, pngSides } from './png.ts'
import { checkSides, ImageFault, type ImageFlaw, tagAt, viewOf } from './types.ts'
import { isWebp, webpSides } from './webp.ts'

/** What people may bring; all become one of the stored types. */
export type SourceType =
  | 'image/png'
  | 'image/jpeg'
  | 'image/webp'
  | 'image/gif'
  | 'image/bmp'
  | 'image/avif'
  | 'image/svg+xml'

export type Sniffed =
  /** `sides` in pixels; null for SVG, which has none of its own. */
  | { readonly type: SourceType; readonly sides: readonly [number, number] | null }
  | { readonly type: null; readonly flaw: ImageFlaw }

type Sides = readonly [number, number]

const gifSides = (bytes: Uint8Array): Sides => {
  if (bytes.length < 14) throw new ImageFault('damaged')
  const view = viewOf(bytes)
  return [view.getUint16(6, true), view.getUint16(8, true)]
}

/** Negative heights are of pictures stored from the top. */
const bmpSides = (bytes: Uint8Array): Sides => {
  if (bytes.length < 26) throw new ImageFault('damaged')
  const view = viewOf(bytes)
  if (view.getUint32(14, true) === 12) return [view.getUint16(18, true), view.getUint16(20, true)]
  return [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))]
}

/** Bytes of an AVIF in which its boxes with properties are looked for. */
const AVIF_HEAD = 65_536

/** The largest of all `ispe` properties (ISO 23008-12, 6.5.3): those of tiles and thumbnails are smaller. */
const avifSides = (bytes: Uint8Array): Sides => {
  const view = viewOf(bytes)
  const found: Sides[] = []
  for (let at = 8; at + 16 <= Math.min(bytes.length, AVIF_HEAD); at++) {
    if (tagAt(bytes, at) === 'ispe') found.push([view.getUint32(at + 8), view.getUint32(at + 12)])
  }
  if (found.length === 0) throw new ImageFault('damaged')
  return [Math.max(...found.map(([width]) => width)), Math.max(...found.map(([, height]) => height))]
}

const isAvif = (bytes: Uint8Array): boolean =>
  tagAt(bytes, 4) === 'ftyp' && ['avif', 'avis'].includes(tagAt(bytes, 8))

/** Characters of a text in which the root element of an SVG must begin. */
const SVG_HEAD = 4096

/** Only what declarations and comments leave before the root counts. */
const isSvg = (bytes: Uint8Array): boolean => {
  const head = new TextDecoder().decode(bytes.subarray(0, SVG_HEAD))
  const rest = head.replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*>/gi, '').trimStart()
  return /^<svg[\s>/]/i.test(rest)
}

const rasterOf = (bytes: Uint8Array): readonly [SourceType, (bytes: Uint8Array) => Sides] | null => {
  if (isPng(bytes)) return ['image/png', pngSides]
  if (isJpeg(bytes)) return ['image/jpeg', jpegSides]
  if (isWebp(bytes)) return ['image/webp', animatedOrStillSides]
  if (/^GIF8[79]/.test(tagAt(bytes, 0) + String.fromCharCode(bytes[4] ?? 0))) return ['image/gif', gifSides]
  if (isAvif(bytes)) return ['image/avif', avifSides]
  return bytes[0] === 0x42 && bytes[1] === 0x4d ? ['image/bmp', bmpSides] : null
}

/** An animated WebP has its pictures inside frames; its canvas is what the first chunk says. */
const animatedOrStillSides = (bytes: Uint8Array): Sides => {
  if (tagAt(bytes, 12) !== 'VP8X' || bytes.length < 30) return webpSides(bytes)
  const view = viewOf(bytes)
  const side = (at: number): number => view.getUint16(at, true) + ((bytes[at + 2] ?? 0) << 16) + 1
  return [side(24), side(27)]
}

/**
 * What a file is by its first bytes, whatever its name says, and how many pixels it claims, so that a bomb is refused
 * before it is decoded. Never throws.
 */
export const sniffImage = (bytes: Uint8Array): Sniffed => {
  try {
    const raster = rasterOf(bytes)
    if (raster) {
      const sides = raster[1](bytes)
      checkSides(...sides)
      return { type: raster[0], sides }
    }
    return isSvg(bytes) ? { type: 'image/svg+xml', sides: null } : { type: null, flaw: 'no-image' }
  } catch (error) {
    return { type: null, flaw: error instanceof ImageFault ? error.flaw : 'damaged' }
  }
}
