import type { Vec } from '../../geometry/types.ts'
import type {
  ArrowHead,
  Dash,
  FillStyle,
  FontFamily,
  PenWidth,
  Roughness,
  Route,
  TextAlign,
  VerticalAlign,
} from '../../model/element.ts'
import {
  type Fields,
  healBoolean,
  healColor,
  healName,
  healNumber,
  healOption,
  healPoints,
  own,
} from '../../model/heal.ts'
import type { ElementKind, HealField } from '../../model/kind.ts'
import { DEFAULT_FILL, DEFAULT_STROKE } from '../../model/palette.ts'

/** Board units. */
const MAX_STROKE_WIDTH = 200
export const MIN_FONT_SIZE = 2
export const MAX_FONT_SIZE = 2000

/** Board units. */
const MAX_CORNER = 10_000

/** In the order in which they are offered. */
export const HEADS: readonly ArrowHead[] = [
  'none',
  'arrow',
  'triangle',
  'triangle-outline',
  'dot',
  'circle-outline',
  'diamond',
  'diamond-outline',
  'bar',
  'one',
  'many',
  'one-or-many',
  'exactly-one',
  'zero-or-one',
  'zero-or-many',
]
const DASHES: readonly Dash[] = ['solid', 'dashed', 'dotted']
const FILLS: readonly FillStyle[] = ['none', 'solid', 'semi', 'hachure', 'cross-hatch']
const FAMILIES: readonly FontFamily[] = ['hand', 'sans', 'serif', 'mono']
const ALIGNS: readonly TextAlign[] = ['left', 'center', 'right']
const VERTICALS: readonly VerticalAlign[] = ['top', 'middle', 'bottom']
const ROUTES: readonly Route[] = ['straight', 'curved', 'elbow']
const PEN_WIDTHS: readonly PenWidth[] = ['variable', 'constant']

/** Defaults of the fields that several types share; part of the document format, so they never change. */
export const strokeFields = { stroke: DEFAULT_STROKE, strokeWidth: 2, dash: 'solid' } as const
export const fillFields = { fill: DEFAULT_FILL, fillStyle: 'none' } as const
export const textFields = { fontFamily: 'hand', fontSize: 20, textAlign: 'center' } as const
export const roughFields = { roughness: 0 } as const
export const cornerFields = { corner: null } as const
/** Whether what is drawn is turned over in its box. */
export const flippedFields = { flippedX: false, flippedY: false } as const

const option =
  <Option extends string>(options: readonly Option[]): HealField =>
  (value, fallback) =>
    healOption(value, options, fallback as Option)

const number =
  (min: number, max: number): HealField =>
  (value, fallback) =>
    healNumber(value, fallback as number, min, max)

const color: HealField = (value, fallback) => healColor(value, fallback as string)
const name: HealField = (value, fallback) => healName(value, fallback as string)
const flag: HealField = (value, fallback) => healBoolean(value, fallback as boolean)

const roughness: HealField = (value, fallback) => {
  const level = Math.round(healNumber(value, fallback as number, 0, 2))
  return (level === 1 || level === 2 ? level : 0) satisfies Roughness
}

/** Null is a value of its own: the type's natural rounding. */
const corner: HealField = (value, fallback) => {
  if (value === null) return null
  return typeof value === 'number' && !Number.isNaN(value) ? healNumber(value, 0, 0, MAX_CORNER) : fallback
}

/** Null is a value of its own: the type decides. */
const flagOrNull: HealField = (value, fallback) =>
  value === null || typeof value === 'boolean' ? value : fallback

/** How each field is read, whichever type has it. */
const heals: ReadonlyMap<string, HealField> = new Map([
  ['stroke', color],
  ['fill', color],
  ['fillStyle', option(FILLS)],
  ['strokeWidth', number(0, MAX_STROKE_WIDTH)],
  ['dash', option(DASHES)],
  ['fontFamily', option(FAMILIES)],
  ['fontSize', number(MIN_FONT_SIZE, MAX_FONT_SIZE)],
  ['textAlign', option(ALIGNS)],
  ['verticalAlign', option(VERTICALS)],
  ['roughness', roughness],
  ['corner', corner],
  ['route', option(ROUTES)],
  ['penWidth', option(PEN_WIDTHS)],
  ['streamline', number(0, 1)],
  ['simulatePressure', flagOrNull],
  ['flippedX', flag],
  ['flippedY', flag],
  ['startHead', option(HEADS)],
  ['endHead', option(HEADS)],
  ['closed', flag],
  ['autoWidth', flag],
  ['minHeight', number(0, 100_000)],
  ['author', name],
])

/** How a type reads the fields named in `defaults`: by the rules above, or its own. */
export const readBy = (
  defaults: ElementKind['defaults'],
  rules: Readonly<Record<string, HealField>> = {},
): Required<Pick<ElementKind, 'heals' | 'parse'>> => {
  const read = new Map<string, HealField>()
  for (const key of Object.keys(defaults)) {
    const heal = own(rules, key) ?? heals.get(key)
    if (heal) read.set(key, heal as HealField)
  }
  return { heals: read, parse: (fields) => parsed(fields, defaults, read) }
}

const parsed = (
  fields: Fields,
  defaults: Fields,
  read: ReadonlyMap<string, HealField>,
): Record<string, unknown> | null => {
  const values: Record<string, unknown> = {}
  for (const [key, heal] of read) {
    const value = heal(own(fields, key), defaults[key])
    if (value === undefined) return null
    values[key] = value
  }
  return values
}

/** Of a list of points those that can be read, up to `limit`; undefined when that are too few for a line. */
export const pointList =
  (limit: number): HealField =>
  (value) => {
    const points: readonly Vec[] = healPoints(value, limit)
    return points.length < 2 ? undefined : points
  }
