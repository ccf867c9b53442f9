import { expand, unionAll } from '../geometry/box.ts'
import type { Box, Size } from '../geometry/types.ts'
import type { Element } from '../model/element.ts'
import { paintedBounds } from '../model/element-index.ts'
import type { KindRegistry } from '../model/kind.ts'
import { paintElement } from '../model/paint-element.ts'
import { type Theme, themeColors } from '../model/palette.ts'
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
  /** Only the first so many elements in drawing order are drawn. */
  readonly maxElements?: number
  /** The picture is made to fit into this many CSS pixels, and leaves out what would be too small to see. */
  readonly fit?: Size
  /** Stored pictures that elements show. */
  readonly pictures?: WrittenPictures
}

const EMPTY: Box = { minX: 0, minY: 0, maxX: 320, maxY: 200 }

const pictureScale = (box: Box, fit: Size | undefined): number => {
  if (fit === undefined) return 1
  return Math.min(1, fit[0] / (box.maxX - box.minX), fit[1] / (box.maxY - box.minY))
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
  const {
    title = 'Drawing',
    theme = 'light',
    padding = 24,
    background = true,
    maxElements = elements.length,
  } = options
  const drawn = elements.slice(0, maxElements)
  const bounds = unionAll(drawn.map((element) => paintedBounds(element, kinds)))
  const box = bounds === null ? EMPTY : expand(bounds, Math.max(1, padding))
  const scale = pictureScale(box, options.fit)
  const surface = createSvgSurface(theme, scale, options.pictures)
  const context = { measure, editing: false }
  for (const element of drawn) paintElement(surface, element, kinds, context)
  const [width, height] = [box.maxX - box.minX, box.maxY - box.minY]
  const view = `${svgNumber(box.minX)} ${svgNumber(box.minY)} ${svgNumber(width)} ${svgNumber(height)}`
  const paper = background
    ? `<rect x="${svgNumber(box.minX)}" y="${svgNumber(box.minY)}" width="${svgNumber(width)}" height="${svgNumber(height)}" fill="${themeColors[theme].background}"/>`
    : ''
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view}" width="${svgNumber(width * scale)}" height="${svgNumber(height * scale)}" ` +
    `stroke-linecap="round" stroke-linejoin="round"><title>${escapeXml(title)}</title>${paper}${surface.content()}</svg>`
  )
}
