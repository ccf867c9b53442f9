import type { Box, Size } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import { type Crop, type Framed, healFramed } from '../../model/framed.ts'
import { type Fields, healNumber, healString, own } from '../../model/heal.ts'
import type { ElementKind } from '../../model/kind.ts'
import type { AssetId, Path, Surface } from '../../model/surface.ts'
import { circle, hitsBox, roundedBox } from '../shared/outlines.ts'

interface Picture extends Element, Framed {
  /** Null for an element without a picture. */
  readonly asset: AssetId | null
  /** Radius of the corners in board units. */
  readonly corner: number
  /** What is to be seen, in words. */
  readonly alt: string
}

const MAX_CORNER = 10_000
const MAX_ALT = 1_000

/** Part of the document format: these never change. */
const defaults = {
  asset: null,
  natural: null,
  crop: null,
  flip: [false, false],
  corner: 0,
  alt: '',
} as const

/** Nothing else becomes part of an address. */
const healAsset = (value: unknown): AssetId | null =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? (value as AssetId) : null

const parse = (fields: Fields): Readonly<Record<string, unknown>> => ({
  asset: healAsset(own(fields, 'asset')),
  ...healFramed({ natural: own(fields, 'natural'), crop: own(fields, 'crop'), flip: own(fields, 'flip') }),
  corner: healNumber(own(fields, 'corner'), 0, 0, MAX_CORNER),
  alt: healString(own(fields, 'alt'), '', MAX_ALT),
})

const boxOf = ([width, height]: Size): Box => ({ minX: 0, minY: 0, maxX: width, maxY: height })

const partOf = (natural: Size | null, crop: Crop | null): Box | null => {
  if (crop) return { minX: crop[0], minY: crop[1], maxX: crop[0] + crop[2], maxY: crop[1] + crop[3] }
  return natural && boxOf(natural)
}

const GROUND = '#e9ecef'
const SIGN = '#868e96'

/** The sign is a part of the shorter side, within these bounds in board units. */
const SIGN_SHARE = 0.4
const LARGEST_SIGN = 72
/** Device pixels below which the sign would be a blot. */
const SMALLEST_SIGN = 10

/** Hills and a sun in a square of `side` round the middle. */
const signPaths = ([width, height]: Size, side: number): { hills: Path; sun: Path } => {
  const [left, top] = [(width - side) / 2, (height - side) / 2]
  const at = (x: number, y: number): readonly [number, number] => [left + x * side, top + y * side]
  const hills: Path = [
    ['M', ...at(0, 0.88)],
    ['L', ...at(0.36, 0.36)],
    ['L', ...at(0.6, 0.7)],
    ['L', ...at(0.74, 0.54)],
    ['L', ...at(1, 0.88)],
    ['Z'],
  ]
  return { hills, sun: circle(...at(0.74, 0.24), side * 0.1) }
}

/** What stands where the picture will be. */
const paintPlaceholder = (surface: Surface, size: Size, outline: Path): void => {
  surface.fill(outline, GROUND)
  const side = Math.min(Math.min(...size) * SIGN_SHARE, LARGEST_SIGN)
  if (side * surface.scale < SMALLEST_SIGN) return
  const { hills, sun } = signPaths(size, side)
  surface.fill(hills, SIGN, 0.55)
  surface.fill(sun, SIGN, 0.55)
}

/** A stored picture, or a part of one. */
export const image: ElementKind = {
  type: 'image',
  defaults,
  styles: ['corner', 'opacity'],
  resize: 'proportional',
  stretches: true,
  crops: true,
  parse,
  paint: (surface, element) => {
    const { asset, natural, crop, flip, corner, size } = element as Picture
    const outline = roundedBox(size, corner)
    const draw = (): boolean =>
      asset !== null && surface.image(asset, partOf(natural, crop), boxOf(size), flip)
    let isDrawn = false
    if (corner > 0) {
      surface.clipped(outline, () => {
        isDrawn = draw()
      })
    } else isDrawn = draw()
    if (!isDrawn) paintPlaceholder(surface, size, outline)
  },
  hit: ({ size }, point, tolerance) => hitsBox(size, point, tolerance),
  overhang: () => 1,
  mirrored: (element, horizontally, vertically) => {
    const [flipX, flipY] = (element as Picture).flip
    return { flip: [flipX !== horizontally, flipY !== vertically] }
  },
  textSlot: () => null,
}
