import type { ArrowHead, Color, FillStyle, FontFamily } from '../../model/element.ts'
import { DEFAULT_FILL, DEFAULT_STROKE } from '../../model/palette.ts'

/** The ink of both programs is a black that dark boards turn light: each other's counterpart. */
const FOREIGN_INK = '#1e1e1e'

const NAMED: ReadonlyMap<string, Color> = new Map([
  ['black', '#000000'],
  ['white', '#ffffff'],
  ['red', '#ff0000'],
  ['green', '#008000'],
  ['blue', '#0000ff'],
  ['yellow', '#ffff00'],
  ['orange', '#ffa500'],
  ['purple', '#800080'],
  ['pink', '#ffc0cb'],
  ['gray', '#808080'],
  ['grey', '#808080'],
  ['brown', '#a52a2a'],
  ['cyan', '#00ffff'],
  ['magenta', '#ff00ff'],
])

const byteHex = (value: number): string =>
  Math.min(255, Math.max(0, Math.round(value)))
    .toString(16)
    .padStart(2, '0')

const shortHex = /^#([0-9a-f])([0-9a-f])([0-9a-f])([0-9a-f])?$/
const longHex = /^#([0-9a-f]{6})([0-9a-f]{2})?$/
const rgb = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+%?))?\s*\)$/

/** `#rrggbb`; null for transparent and for what is no colour that we know. */
export const colorFrom = (value: unknown): Color | null => {
  if (typeof value !== 'string' || value.length > 64) return null
  const text = value.trim().toLowerCase()
  const [, red, green, blue, alpha] = shortHex.exec(text) ?? []
  if (red && green && blue) return alpha === '0' ? null : `#${red}${red}${green}${green}${blue}${blue}`
  const [, digits, opacity] = longHex.exec(text) ?? []
  if (digits) return opacity === '00' ? null : `#${digits}`
  const [, r, g, b, a] = rgb.exec(text) ?? []
  if (r && g && b)
    return a && Number.parseFloat(a) === 0 ? null : `#${[r, g, b].map(Number).map(byteHex).join('')}`
  return NAMED.get(text) ?? null
}

const CLEAR = /^(?:|none|transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|rgba?\(.*[\s,/]0(?:\.0*)?%?\s*\))$/

/** The colour of a line; null for one that is not to be seen. What is no colour that we know is drawn in ink: it is there. */
export const inkFrom = (value: unknown): Color | null => {
  const color = colorFrom(value)
  if (color === null) {
    return typeof value === 'string' && CLEAR.test(value.trim().toLowerCase()) ? null : DEFAULT_STROKE
  }
  return color === FOREIGN_INK ? DEFAULT_STROKE : color
}

export const inkTo = (color: unknown): string => {
  if (typeof color !== 'string') return FOREIGN_INK
  return color === DEFAULT_STROKE ? FOREIGN_INK : color
}

const FILLS: ReadonlyMap<unknown, FillStyle> = new Map([
  ['solid', 'solid'],
  ['hachure', 'hachure'],
  ['zigzag', 'hachure'],
  ['cross-hatch', 'cross-hatch'],
])

export const fillFrom = (background: unknown, style: unknown): { fill: Color; fillStyle: FillStyle } => {
  const fill = colorFrom(background)
  if (fill === null) return { fill: DEFAULT_FILL, fillStyle: 'none' }
  return { fill, fillStyle: FILLS.get(style) ?? 'solid' }
}

/** How much of its colour a half-transparent fill shows on white. */
const SEMI = 0.45

const onWhite = (color: Color): Color => {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return `#${channels.map((channel) => byteHex(channel * SEMI + 255 * (1 - SEMI))).join('')}`
}

export const fillTo = (fill: unknown, style: unknown): { backgroundColor: string; fillStyle: string } => {
  if (typeof fill !== 'string' || style === 'none' || style === undefined) {
    return { backgroundColor: 'transparent', fillStyle: 'solid' }
  }
  if (style === 'semi') return { backgroundColor: onWhite(fill), fillStyle: 'solid' }
  const hatched = style === 'hachure' || style === 'cross-hatch'
  return { backgroundColor: fill, fillStyle: hatched ? style : 'solid' }
}

/** Their numbered fonts; those that nobody knows are the default one. */
const FAMILIES: ReadonlyMap<unknown, FontFamily> = new Map([
  [1, 'hand'],
  [2, 'sans'],
  [3, 'mono'],
  [5, 'hand'],
  [6, 'sans'],
  [7, 'sans'],
  [8, 'mono'],
  [9, 'sans'],
  [10, 'sans'],
])

export const familyFrom = (value: unknown): FontFamily => FAMILIES.get(value) ?? 'hand'

/** There is no font with serifs among theirs: Liberation Sans at least tells it apart. */
const FAMILY_NUMBERS: Readonly<Record<FontFamily, number>> = { hand: 5, sans: 6, serif: 9, mono: 3 }

export const familyTo = (family: unknown): number => FAMILY_NUMBERS[family as FontFamily] ?? 5

/** Theirs and ours; of several foreign names the first is written. */
const HEADS: readonly (readonly [foreign: string, own: ArrowHead])[] = [
  ['arrow', 'arrow'],
  ['bar', 'bar'],
  ['circle', 'dot'],
  ['circle_outline', 'circle-outline'],
  ['triangle', 'triangle'],
  ['triangle_outline', 'triangle-outline'],
  ['diamond', 'diamond'],
  ['diamond_outline', 'diamond-outline'],
  ['cardinality_one', 'one'],
  ['cardinality_many', 'many'],
  ['cardinality_one_or_many', 'one-or-many'],
  ['cardinality_exactly_one', 'exactly-one'],
  ['cardinality_zero_or_one', 'zero-or-one'],
  ['cardinality_zero_or_many', 'zero-or-many'],
  ['dot', 'dot'],
  ['crowfoot_one', 'one'],
  ['crowfoot_many', 'many'],
  ['crowfoot_one_or_many', 'one-or-many'],
]

export const headFrom = (value: unknown): ArrowHead =>
  HEADS.find(([foreign]) => foreign === value)?.[1] ?? 'none'

export const headTo = (head: unknown): string | null => HEADS.find(([, own]) => own === head)?.[0] ?? null

/** Their adaptive corners: a quarter of the shorter side, up to 32 units. */
const ADAPTIVE_RADIUS = 32
const PROPORTION = 0.25
const ADAPTIVE = 3

/** Radius of a shape's corners in board units. */
export const cornerFrom = (roundness: unknown, width: number, height: number): number => {
  if (typeof roundness !== 'object' || roundness === null) return 0
  const { type, value } = roundness as { readonly type?: unknown; readonly value?: unknown }
  const proportional = Math.min(width, height) * PROPORTION
  if (type !== ADAPTIVE) return proportional
  const most = typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : ADAPTIVE_RADIUS
  return Math.min(proportional, most)
}

export const cornerTo = (corner: unknown): { readonly type: number } | null =>
  corner === 0 ? null : { type: ADAPTIVE }

const HARMFUL: ReadonlySet<string> = new Set(['javascript', 'vbscript', 'data', 'blob', 'file'])

/** Whether an address could run something, in any spelling that a browser takes for such a one. */
export const isHarmful = (link: unknown): boolean => {
  if (typeof link !== 'string' || !link.includes(':')) return false
  const bare = [...link.slice(0, 64)].filter((letter) => letter > ' ').join('')
  return HARMFUL.has(bare.slice(0, bare.indexOf(':')).toLowerCase())
}
