import { distanceToPolyline } from '../../geometry/distance.ts'
import type { Color, Element } from '../../model/element.ts'
import { healBytes, own } from '../../model/heal.ts'
import type { ElementKind } from '../../model/kind.ts'
import { DEFAULT_STROKE } from '../../model/palette.ts'
import { parseFields } from '../shared/fields.ts'
import { mirroredInk } from './mirror.ts'
import { inkShape, penBreadth } from './stroke.ts'

interface Ink extends Element {
  readonly stroke: Color
  readonly strokeWidth: number
  /** Packed points with pressure (`model/ink.ts`); drawn scaled by size / extents. */
  readonly ink: Uint8Array
}

/** Bytes of one stroke that are read. */
const MAX_BYTES = 400_000

const defaults = { stroke: DEFAULT_STROKE, strokeWidth: 2, ink: new Uint8Array(0) } as const

/** Device pixels of breadth below which a stroke is one thin line. */
const THIN = 0.9

/** What the pen draws. */
export const ink: ElementKind = {
  type: 'ink',
  defaults,
  styles: ['stroke', 'strokeWidth', 'opacity'],
  resize: 'box',
  parse: (fields) => {
    const bytes = healBytes(own(fields, 'ink'), MAX_BYTES)
    return bytes === null || bytes.length === 0 ? null : { ...parseFields(fields, defaults), ink: bytes }
  },
  paint: (surface, element) => {
    const stroke = element as Ink
    const { outline, middle, breadth } = inkShape(stroke.ink, stroke.size, stroke.strokeWidth)
    if (breadth * surface.scale >= THIN || middle.length < 2) {
      surface.fill(outline, stroke.stroke)
      return
    }
    const every = Math.max(1, Math.floor(middle.length / 24))
    const thinned = middle.filter((_, index) => index % every === 0 || index === middle.length - 1)
    surface.stroke(
      thinned.map(([x, y], index) => [index === 0 ? 'M' : 'L', x, y] as const),
      { color: stroke.stroke, width: breadth * 0.7, dash: 'solid' },
    )
  },
  hit: (element, point, tolerance) => {
    const stroke = element as Ink
    const { middle, breadth } = inkShape(stroke.ink, stroke.size, stroke.strokeWidth)
    return distanceToPolyline(point, middle) <= tolerance + breadth / 2
  },
  overhang: (element) => penBreadth((element as Ink).strokeWidth) * 0.75 + 1,
  mirrored: (element, horizontally, vertically) => ({
    ink: mirroredInk((element as Ink).ink, horizontally, vertically),
  }),
  textSlot: () => null,
}
