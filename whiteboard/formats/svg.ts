import { expand, unionAll } from '../geometry/box.ts'
import type { Box, Size } from '../geometry/types.ts'
import type { Color, Element, FontFamily } from '../model/element.ts'
import { paintedBounds } from '../model/element-index.ts'
import { healLink } from '../model/heal.ts'
import type { KindRegistry } from '../model/kind.ts'
import { paintElement } from '../model/paint-element.ts'
import { shownColor, type Theme, themeColors } from '../model/palette.ts'
import type { TextMeasurer } from '../model/surface.ts'
import { createSvgSurface, escapeXml, svgNumber, type WrittenPictures } from './svg-surface.ts'

export interface SvgOptions {
  /** What the picture is called for those who cannot see it. */
  readonly title?: string
  readonly theme?: Theme
  /** Board units left clear round the elements. */
  readonly padding?: number
  /** Whether the board's background is painted; otherwise the picture is transparent. */
  readonly background?: boolean
  /** The board's paper, as on a light board; the theme's own without one. */
  readonly paper?: Color | null
  /** The picture is made to fit into this many CSS pixels, and leaves out what would be too small to see. */
  readonly fit?: Size
  /** CSS pixels for each board unit, where it need not fit anything. */
  readonly scale?: number
  /** Stored pictures that elements show. */
  readonly pictures?: WrittenPictures
  /** Whether elements lead where their links say. */
  readonly links?: boolean
}

const EMPTY: Box = { minX: 0, minY: 0, maxX: 320, maxY: 200 }

const pictureScale = (box: Box, { fit, scale = 1 }: SvgOptions): number => {
  if (fit === undefined) return scale
  return Math.min(1, fit[0] / (box.maxX - box.minX), fit[1] / (box.maxY - box.minY))
}

/** The part of the board that a picture of these elements shows. */
export const pictureBox = (elements: readonly Element[], kinds: KindRegistry, padding: number): Box => {
  const bounds = unionAll(elements.map((element) => paintedBounds(element, kinds)))
  return bounds === null ? EMPTY : expand(bounds, Math.max(1, padding))
}

/** What stands in an SVG beside what is drawn. */
export interface SvgExtras {
  /** CSS rules, of which only `@font-face` with `data:` URLs make sense. */
  readonly styles?: string
  /** A `<metadata>` element with the drawing itself. */
  readonly metadata?: string
}

/** An SVG document under way: one that takes long is drawn element by element. */
export interface SvgDrawing {
  add(element: Element): void
  /** The characters that have been written so far in each family. */
  readonly letters: ReadonlyMap<FontFamily, ReadonlySet<string>>
  finish(extras?: SvgExtras): string
}

/** Begins a picture of this part of the board. */
export const startSvg = (
  box: Box,
  kinds: KindRegistry,
  measure: TextMeasurer,
  options: SvgOptions = {},
): SvgDrawing => {
  const { title = 'Drawing', theme = 'light', background = true, paper = null } = options
  const scale = pictureScale(box, options)
  const surface = createSvgSurface(theme, scale, options.pictures)
  const context = { measure, editing: false }
  const [width, height] = [box.maxX - box.minX, box.maxY - box.minY]
  const place = `x="${svgNumber(box.minX)}" y="${svgNumber(box.minY)}" width="${svgNumber(width)}" height="${svgNumber(height)}"`
  const view = `${svgNumber(box.minX)} ${svgNumber(box.minY)} ${svgNumber(width)} ${svgNumber(height)}`
  const ground = paper === null ? themeColors[theme].background : shownColor(paper, theme)
  return {
    add: (element) => {
      const link = options.links ? healLink(element.link) : null
      const draw = (): void => paintElement(surface, element, kinds, context)
      if (link === null) draw()
      else surface.linked(link, draw)
    },
    get letters() {
      return surface.letters
    },
    finish: ({ styles = '', metadata = '' } = {}) =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view}" width="${svgNumber(width * scale)}" height="${svgNumber(height * scale)}" ` +
      `stroke-linecap="round" stroke-linejoin="round" text-rendering="geometricPrecision"><title>${escapeXml(title)}</title>${metadata}` +
      `${styles === '' ? '' : `<defs><style>${escapeXml(styles).replaceAll('&quot;', '"')}</style></defs>`}` +
      `${background ? `<rect ${place} fill="${ground}"/>` : ''}${surface.content()}</svg>`,
  }
}

/**
 * These elements, in the order given, as one SVG document. The document holds shapes and text only: no script, no
 * style sheet, no address. Needs no browser.
 */
export const boardToSvg = (
  elements: readonly Element[],
  kinds: KindRegistry,
  measure: TextMeasurer,
  options: SvgOptions = {},
): string => {
  const drawing = startSvg(pictureBox(elements, kinds, options.padding ?? 24), kinds, measure, options)
  for (const element of elements) drawing.add(element)
  return drawing.finish()
}
