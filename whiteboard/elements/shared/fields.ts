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

type Heal = (value: unknown, fallback: unknown) => unknown

const option =
  <Option extends string>(options: readonly Option[]): Heal =>
  (value, fallback) =>
    healOption(value, options, fallback as Option)

const number =
  (min: number, max: number): Heal =>
  (value, fallback) =>
    healNumber(value, fallback as number, min, max)

const color: Heal = (value, fallback) => healColor(value, fallback as string)
const name: Heal = (value, fallback) => healName(value, fallback as string)
const flag: Heal = (value, fallback) => healBoolean(value, fallback as boolean)

const roughness: Heal = (value, fallback) => {
  const level = Math.round(healNumber(value, fallback as number, 0, 2))
  return (level === 1 || level === 2 ? level : 0) satisfies Roughness
}

/** Null is a value of its own: the type's natural rounding. */
const corner: Heal = (value, fallback) => {
  if (value === null) return null
  return typeof value === 'number' && !Number.isNaN(value) ? healNumber(value, 0, 0, MAX_CORNER) : fallback
}

/** Null is a value of its own: the type decides. */
const flagOrNull: Heal = (value, fallback) =>
  value === null || typeof value === 'boolean' ? value : fallback

/** How each field is read, whichever type has it. */
const heals: ReadonlyMap<string, Heal> = new Map([
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

/** Reads the fields named in `defaults` that have a rule above, each healed to a value of its type. */
export const parseFields = (
  fields: Fields,
  defaults: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const parsed: Record<string, unknown> = {}
  for (const key of Object.keys(defaults)) {
    const heal = heals.get(key)
    if (heal !== undefined) parsed[key] = heal(own(fields, key), defaults[key])
  }
  return parsed
}

/** At most `limit` points; null when what is stored is no list of points. */
export const pointList = (value: unknown, limit: number): readonly Vec[] | null => {
  const points = healPoints(value)
  return points.length === 0 ? null : points.slice(0, limit)
}
