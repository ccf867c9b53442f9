import { clamp } from '../geometry/clamp.ts'
import type { Color } from './element.ts'

export type Theme = 'light' | 'dark'

/** One colour of a palette: what is stored (and shown on a light board), what a dark board shows, and its name. */
export interface Swatch {
  readonly name: string
  readonly color: Color
  readonly dark: Color
}

const swatch = (name: string, color: Color, dark: Color): Swatch => ({ name, color, dark })

/** Lines and text: enough contrast on the board and on every fill of the same theme. */
export const strokePalette: readonly Swatch[] = [
  swatch('Ink', '#22242a', '#e9eaee'),
  swatch('Grey', '#747a87', '#9aa1ae'),
  swatch('Red', '#d93a3a', '#ff7b76'),
  swatch('Orange', '#dd6b14', '#ff9d57'),
  swatch('Amber', '#bd8600', '#f0c044'),
  swatch('Green', '#27914f', '#5fd08a'),
  swatch('Teal', '#0b8793', '#4cc7d0'),
  swatch('Blue', '#2b66e0', '#76a5ff'),
  swatch('Violet', '#7648d8', '#b096ff'),
  swatch('Pink', '#ca3a86', '#ff84be'),
]

/** Areas: tints that leave what is written on them legible. */
export const fillPalette: readonly Swatch[] = [
  swatch('White', '#ffffff', '#25272d'),
  swatch('Grey', '#e9ebef', '#3a3e47'),
  swatch('Red', '#ffd9d6', '#5b2b2c'),
  swatch('Orange', '#ffe1c4', '#583518'),
  swatch('Amber', '#fdedb4', '#51400f'),
  swatch('Green', '#cfefd8', '#1f4a30'),
  swatch('Teal', '#c8ecee', '#15474c'),
  swatch('Blue', '#d5e4ff', '#24406f'),
  swatch('Violet', '#e5dcff', '#40316f'),
  swatch('Pink', '#ffd9eb', '#5a2945'),
]

/** Sticky notes: warm paper by day, the same paper in a dim room by night. */
export const stickyPalette: readonly Swatch[] = [
  swatch('Butter', '#ffe48a', '#7d641a'),
  swatch('Apricot', '#ffc78f', '#86501f'),
  swatch('Rose', '#ffb3b8', '#84404a'),
  swatch('Blossom', '#f9bfe3', '#7a3f67'),
  swatch('Lilac', '#d3c4fb', '#574788'),
  swatch('Sky', '#b5d8ff', '#2f5580'),
  swatch('Mint', '#b4ebcc', '#2b6549'),
  swatch('Paper', '#f2eee6', '#4a4843'),
]

/** Papers: pale enough for every line and fill, dark boards have their own night of each. */
export const paperPalette: readonly Swatch[] = [
  swatch('White', '#fefefe', '#0f1013'),
  swatch('Fog', '#eef0f2', '#212429'),
  swatch('Cream', '#faf4e4', '#231f16'),
  swatch('Sage', '#eef5ea', '#182119'),
  swatch('Mist', '#eaf2fb', '#141d29'),
  swatch('Lavender', '#f3effc', '#1f1a2c'),
  swatch('Blush', '#fcefee', '#291a1b'),
]

/** What new elements get, and what a stored element that leaves its colour out has. */
export const DEFAULT_STROKE: Color = '#22242a'
export const DEFAULT_FILL: Color = '#d5e4ff'
export const DEFAULT_NOTE: Color = '#ffe48a'

/** The board itself and what the application draws on it. */
export interface ThemeColors {
  readonly background: Color
  /** Dots of the grid. */
  readonly grid: Color
  /** Selection frames, handles, the marquee. */
  readonly accent: Color
  /** The inside of handles. */
  readonly handle: Color
  /** Lines that show what something under way is aligned with. */
  readonly guide: Color
}

export const themeColors: Readonly<Record<Theme, ThemeColors>> = {
  light: { background: '#fcfcfb', grid: '#d3d5da', accent: '#3b6cf6', handle: '#ffffff', guide: '#e0367c' },
  dark: { background: '#17181c', grid: '#3a3d45', accent: '#7ba0ff', handle: '#17181c', guide: '#ff7ab2' },
}

const HEX = /^#[0-9a-f]{6}$/i
const isColor = (value: unknown): value is Color => typeof value === 'string' && HEX.test(value)

const pairs: ReadonlyMap<Color, Color> = new Map(
  [...strokePalette, ...fillPalette, ...stickyPalette, ...paperPalette].map(({ color, dark }) => [
    color,
    dark,
  ]),
)

const toLinear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4

const fromLinear = (channel: number): number =>
  channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055

type Triple = readonly [number, number, number]

const parseHex = (color: Color): Triple => {
  const value = Number.parseInt(color.slice(1), 16)
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

const formatHex = (rgb: Triple): Color => {
  const byte = (channel: number) =>
    Math.round(clamp(channel, 0, 1) * 255)
      .toString(16)
      .padStart(2, '0')
  return `#${byte(rgb[0])}${byte(rgb[1])}${byte(rgb[2])}`
}

/** sRGB to Oklab, by Björn Ottosson's matrices (https://bottosson.github.io/posts/oklab/). */
const toOklab = (color: Color): Triple => {
  const [red, green, blue] = parseHex(color).map(toLinear) as unknown as Triple
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

const linearFromOklab = ([lightness, a, b]: Triple): Triple => {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

const inGamut = (rgb: Triple): boolean => rgb.every((channel) => channel >= -1e-4 && channel <= 1.0001)

/** The sRGB colour of this lightness and hue, with as much of its chroma as sRGB can show. */
const fromOklab = ([lightness, a, b]: Triple): Color => {
  let chroma = 1
  let rgb = linearFromOklab([lightness, a, b])
  while (!inGamut(rgb) && chroma > 0) {
    chroma = Math.max(0, chroma - 0.05)
    rgb = linearFromOklab([lightness, a * chroma, b * chroma])
  }
  return formatHex(rgb.map((channel) => fromLinear(Math.max(0, channel))) as unknown as Triple)
}

/** Black becomes nearly white and white the grey of a raised surface on the dark board; the hue stays. */
const darkLightness = (lightness: number): number => 0.98 - 0.71 * lightness

/** Above this OKLCH chroma a colour is a signal (a line, a mark), not a tint, and must stay bright on a dark board. */
const VIVID_CHROMA = 0.13

const invert = (color: Color): Color => {
  const [lightness, a, b] = toOklab(color)
  const vivid = Math.hypot(a, b) > VIVID_CHROMA
  const target = vivid ? clamp(lightness, 0.7, 0.88) : darkLightness(lightness)
  return fromOklab([target, a * 0.9, b * 0.9])
}

const CACHE_LIMIT = 2000
const inverted = new Map<Color, Color>()

/**
 * What a theme shows for a stored colour: on a dark board the palette's own partner, and for other colours the same
 * hue with its lightness turned round in OKLCH. Anything that is not `#rrggbb` is shown as ink.
 */
export const shownColor = (color: Color, theme: Theme): Color => {
  const stored = isColor(color) ? color.toLowerCase() : DEFAULT_STROKE
  if (theme === 'light') return stored
  const known = pairs.get(stored) ?? inverted.get(stored)
  if (known !== undefined) return known
  if (inverted.size >= CACHE_LIMIT) inverted.clear()
  const shown = invert(stored)
  inverted.set(stored, shown)
  return shown
}

/** WCAG contrast ratio between two colours, 1 to 21. */
export const contrastRatio = (first: Color, second: Color): number => {
  const luminance = (color: Color) => {
    const [red, green, blue] = parseHex(color).map(toLinear) as unknown as Triple
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [darker, lighter] = [luminance(first), luminance(second)].sort((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

/** White or nearly black, whichever can be read on a colour that both themes show as it is, such as a person's. */
export const inkOn = (color: Color): Color => (contrastRatio('#ffffff', color) >= 3 ? '#ffffff' : '#1b1c20')
