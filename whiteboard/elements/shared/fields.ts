import type { Vec } from '../../geometry/types.ts'
import type { ArrowHead, Dash, FillStyle, FontFamily, TextAlign } from '../../model/element.ts'
import {
  type Fields,
  healBoolean,
  healColor,
  healNumber,
  healOption,
  healPoints,
  own,
} from '../../model/heal.ts'
import { DEFAULT_FILL, DEFAULT_STROKE } from '../../model/palette.ts'

/** Board units. */
export const MAX_STROKE_WIDTH = 200
export const MIN_FONT_SIZE = 2
export const MAX_FONT_SIZE = 2000

const HEADS: readonly ArrowHead[] = ['none', 'arrow', 'triangle', 'dot', 'bar']
const DASHES: readonly Dash[] = ['solid', 'dashed', 'dotted']
const FILLS: readonly FillStyle[] = ['none', 'solid', 'semi']
const FAMILIES: readonly FontFamily[] = ['hand', 'sans', 'serif', 'mono']
const ALIGNS: readonly TextAlign[] = ['left', 'center', 'right']

/** Defaults of the fields that several types share; part of the document format, so they never change. */
export const strokeFields = { stroke: DEFAULT_STROKE, strokeWidth: 2, dash: 'solid' } as const
export const fillFields = { fill: DEFAULT_FILL, fillStyle: 'none' } as const
export const textFields = { fontFamily: 'hand', fontSize: 20, textAlign: 'center' } as const

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
const flag: Heal = (value, fallback) => healBoolean(value, fallback as boolean)

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
  ['startHead', option(HEADS)],
  ['endHead', option(HEADS)],
  ['round', flag],
  ['autoWidth', flag],
  ['minHeight', number(0, 100_000)],
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
