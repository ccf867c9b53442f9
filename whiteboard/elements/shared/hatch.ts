import type { Vec } from '../../geometry/types.ts'
import type { Color, FillStyle } from '../../model/element.ts'
import { fillPalette, strokePalette } from '../../model/palette.ts'
import { createRecent } from '../../model/recent.ts'
import type { Path, PathCommand, Surface } from '../../model/surface.ts'
import { type Hand, roughen } from './rough.ts'

/** Directions of hatch lines as unit vectors, 41 degrees up and down: not quite the diagonal, as a hand would. */
const RISING: Vec = [0.7547, -0.6561]
const FALLING: Vec = [0.7547, 0.6561]

/** However large an area, it has at most so many lines; however ragged, they are in at most so many pieces. */
const MAX_LINES = 500
const MAX_PIECES = 10_000

/** Board units between hatch lines, and their width, beside an outline of this width. */
const gapFor = (strokeWidth: number): number => 4 + 2 * Math.min(strokeWidth, 20)
const widthFor = (strokeWidth: number): number => 0.6 + 0.35 * Math.min(strokeWidth, 20)

/** Where a line across, `across` units from the origin, enters and leaves an outline; in order. */
const crossings = (turned: readonly Vec[], across: number): number[] => {
  const found: number[] = []
  let previous = turned.at(-1)
  for (const corner of turned) {
    if (previous && corner[1] > across !== previous[1] > across) {
      const part = (across - corner[1]) / (previous[1] - corner[1])
      found.push(corner[0] + part * (previous[0] - corner[0]))
    }
    previous = corner
  }
  return found.sort((a, b) => a - b)
}

/** Parallel lines within an outline (even-odd), about `gap` units apart. */
const hatchLines = (outline: readonly Vec[], [x, y]: Vec, gap: number): PathCommand[] => {
  const turned = outline.map((point): Vec => [point[0] * x + point[1] * y, point[1] * x - point[0] * y])
  const least = Math.min(...turned.map(([, across]) => across))
  const most = Math.max(...turned.map(([, across]) => across))
  const step = Math.max(gap, (most - least) / MAX_LINES)
  const path: PathCommand[] = []
  for (let across = least + step / 2; across < most; across += step) {
    const ends = crossings(turned, across)
    for (let index = 0; index + 1 < ends.length; index += 2) {
      const [from, to] = [ends[index] as number, ends[index + 1] as number]
      path.push(['M', from * x - across * y, from * y + across * x])
      path.push(['L', to * x - across * y, to * y + across * x])
    }
    if (path.length > 2 * MAX_PIECES) return hatchLines(outline, [x, y], step * 4)
  }
  return path
}

type Hatching = Extract<FillStyle, 'hachure' | 'cross-hatch'>

export const isHatched = (fillStyle: FillStyle): fillStyle is Hatching =>
  fillStyle === 'hachure' || fillStyle === 'cross-hatch'

/** Commands of hatchings that are kept. */
const KEPT_COMMANDS = 60_000
const kept = createRecent<readonly Vec[], Path>(KEPT_COMMANDS)

const hatching = (outline: readonly Vec[], style: Hatching, gap: number): Path => {
  const form = `${style} ${gap}`
  const known = kept.get(outline, form)
  if (known) return known
  const rising = hatchLines(outline, RISING, gap)
  const made = style === 'hachure' ? rising : [...rising, ...hatchLines(outline, FALLING, gap)]
  return kept.set(outline, form, made, made.length)
}

const channels = (color: Color): number[] =>
  [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16))

const mixed = (a: Color, b: Color): Color => {
  const other = channels(b)
  const bytes = channels(a).map((channel, index) => Math.round((channel + (other[index] ?? channel)) / 2))
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** Tints made for areas are too faint for thin lines: they are hatched half way to the stroke of the same name. */
const deepened: ReadonlyMap<Color, Color> = new Map(
  fillPalette.flatMap(({ name, color }): [Color, Color][] => {
    const partner = strokePalette.find((swatch) => swatch.name === name)
    return partner ? [[color, mixed(color, partner.color)]] : []
  }),
)

interface HatchedArea {
  /** The same array for the same outline, so that nothing is computed again; asked for only where lines are drawn. */
  readonly outline: () => readonly Vec[]
  readonly path: Path
  readonly color: Color
  readonly style: Hatching
  readonly strokeWidth: number
  readonly hand: Hand
}

/** Pixels between lines below which they run together. */
const APART = 2.5
/** How much of the colour is left where lines have run together. */
export const TOGETHER = { hachure: 0.35, 'cross-hatch': 0.6 } as const

/** Fills an area with hatch lines, drawn by the hand that draws its outline. */
export const paintHatching = (surface: Surface, area: HatchedArea): void => {
  const gap = gapFor(area.strokeWidth)
  if (gap * surface.scale < APART) {
    surface.fill(area.path, area.color, TOGETHER[area.style])
    return
  }
  const lines = hatching(area.outline(), area.style, gap)
  const drawn = roughen(lines, { ...area.hand, passes: 1 })
  const color = deepened.get(area.color) ?? area.color
  surface.stroke(drawn, { color, width: widthFor(area.strokeWidth), dash: 'solid' })
}
