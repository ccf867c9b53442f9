import { clamp } from '../geometry/clamp.ts'
import type { Size } from '../geometry/types.ts'
import { healNumber } from './heal.ts'
import type { Flip } from './surface.ts'

/** The part of a picture that is shown, in its own pixels. */
export type Crop = readonly [x: number, y: number, width: number, height: number]

/** What an element with a picture says of it. */
export interface Framed {
  /** The picture's own pixels; null while nobody knows them. */
  readonly natural: Size | null
  /** Null shows all of it. */
  readonly crop: Crop | null
  readonly flip: Flip
}

/** Pixels of a side that are read; the server takes no larger ones. */
const MAX_SIDE = 16_384

const healNatural = (value: unknown): Size | null => {
  if (!Array.isArray(value)) return null
  const [width, height] = value.map((side: unknown) => healNumber(side, 0, 0, MAX_SIDE))
  return width && height && width >= 1 && height >= 1 ? [width, height] : null
}

const healCrop = (value: unknown, natural: Size | null): Crop | null => {
  if (!Array.isArray(value) || value.length !== 4 || natural === null) return null
  const [width, height] = natural
  const numbers = value.map((number: unknown) => healNumber(number, Number.NaN, -MAX_SIDE, MAX_SIDE))
  const [x = 0, y = 0, cropWidth = 0, cropHeight = 0] = numbers
  if (numbers.some(Number.isNaN)) return null
  const left = clamp(x, 0, width - 1)
  const top = clamp(y, 0, height - 1)
  const crop: Crop = [left, top, clamp(cropWidth, 1, width - left), clamp(cropHeight, 1, height - top)]
  return isWhole(crop, natural) ? null : crop
}

/** Whether nothing is cut away. */
export const isWhole = ([x, y, width, height]: Crop, natural: Size): boolean =>
  x <= 0 && y <= 0 && width >= natural[0] && height >= natural[1]

const healFlip = (value: unknown): Flip =>
  Array.isArray(value) ? [value[0] === true, value[1] === true] : [false, false]

/** Reads what is stored of a picture's frame; answers sensibly for anything. */
export const healFramed = (fields: Readonly<Record<string, unknown>>): Framed => {
  const natural = healNatural(fields.natural)
  return { natural, crop: healCrop(fields.crop, natural), flip: healFlip(fields.flip) }
}
