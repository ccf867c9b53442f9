import type { Box, Radians, Vec } from '../geometry/types.ts'
import { dashesAlong } from '../model/dashes.ts'
import type { Color, FontFamily, TextAlign } from '../model/element.ts'
import { shownColor, type Theme } from '../model/palette.ts'
import type { AssetId, Flip, Path, StrokeStyle, Surface, TextLine, TextStyle } from '../model/surface.ts'
import { hasRightToLeft } from '../model/text/bidi.ts'
import { portableFontStack } from '../model/text/fonts.ts'

/** What XML 1.0 does not allow even when escaped: control characters, non-characters, halves of surrogate pairs. */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be taken out.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Any text as it may stand in XML content or in a quoted attribute. */
export const escapeXml = (text: string): string =>
  text.replace(FORBIDDEN, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')

/** A number as SVG takes it: never `NaN`, an infinity or an exponent, two decimals at most. */
export const svgNumber = (value: number): string => {
  if (!Number.isFinite(value)) return '0'
  const rounded = Math.round(value * 100) / 100
  return Math.abs(rounded) < 1e15 ? String(rounded + 0) : '0'
}

const pathData = (path: Path): string => {
  let data = ''
  for (const [letter, ...values] of path) {
    data += letter
    values.forEach((value, index) => {
      data += index === 0 ? svgNumber(value) : ` ${svgNumber(value)}`
    })
  }
  return data
}

/** Signs that set the order of what follows them, which in SVG may reach into the next line. */
const OWN_ORDER = /[\u202a-\u202e\u2066-\u2069]/

const ANCHORS: Readonly<Record<TextAlign, string>> = { left: 'start', center: 'middle', right: 'end' }

/** A line that reads from right to left starts at its right. */
const anchorOf = (align: TextAlign, rightToLeft: boolean): string => {
  const anchor = ANCHORS[align] ?? 'start'
  if (!rightToLeft || anchor === 'middle') return anchor
  return anchor === 'start' ? 'end' : 'start'
}

/** Lines of one direction in one element. */
const textElement = (
  look: string,
  align: TextAlign,
  rightToLeft: boolean,
  lines: readonly TextLine[],
): string => {
  const direction = rightToLeft ? ' direction="rtl" unicode-bidi="embed"' : ''
  const content = lines.map(
    ({ text, x, baseline }) =>
      `<tspan x="${svgNumber(x)}" y="${svgNumber(baseline)}">${escapeXml(text)}</tspan>`,
  )
  return `<text xml:space="preserve" ${look} text-anchor="${anchorOf(align, rightToLeft)}"${direction}>${content.join('')}</text>`
}

const degrees = (angle: Radians): string => svgNumber((angle * 180) / Math.PI)

export interface SvgSurface extends Surface {
  /** What has been drawn, as SVG elements. */
  content(): string
  /** Runs `draw` so that all of it leads to an address, which must be one of http, https or mailto. */
  linked(address: string, draw: () => void): void
  /** The characters that have been written in each family: what fonts are needed for. */
  readonly letters: ReadonlyMap<FontFamily, ReadonlySet<string>>
}

/** How far down each copy of a shadow lies, and how much broader it is, in board units. */
const SHADOW_LAYERS = [
  [4, 7],
  [3, 4],
  [1, 1.5],
] as const

/** A picture as SVG takes it: a `data:` URL and its own pixels. */
export interface WrittenPicture {
  readonly url: string
  readonly width: number
  readonly height: number
}

export type WrittenPictures = ReadonlyMap<AssetId, WrittenPicture>

/** Draws into a string of SVG; needs no browser. */
export const createSvgSurface = (
  theme: Theme,
  scale: number,
  pictures: WrittenPictures = new Map(),
): SvgSurface => new WrittenSvg(theme, scale, pictures)

class WrittenSvg implements SvgSurface {
  readonly scale: number
  readonly #theme: Theme
  readonly #parts: string[] = []
  readonly #letters = new Map<FontFamily, Set<string>>()
  readonly #pictures: WrittenPictures
  #clips = 0

  constructor(theme: Theme, scale: number, pictures: WrittenPictures) {
    this.#pictures = pictures
    this.#theme = theme
    this.scale = scale
  }

  content(): string {
    return this.#parts.join('')
  }

  get letters(): ReadonlyMap<FontFamily, ReadonlySet<string>> {
    return this.#letters
  }

  transformed(origin: Vec, rotation: Radians, pivot: Vec, draw: () => void): void {
    const move = `translate(${svgNumber(origin[0])} ${svgNumber(origin[1])})`
    const turn =
      rotation === 0 ? '' : ` rotate(${degrees(rotation)} ${svgNumber(pivot[0])} ${svgNumber(pivot[1])})`
    this.#group(`transform="${move}${turn}"`, draw)
  }

  linked(address: string, draw: () => void): void {
    this.#group(`href="${escapeXml(address)}" target="_blank" rel="noopener noreferrer"`, draw, 'a')
  }

  faded(opacity: number, draw: () => void): void {
    if (opacity >= 1) draw()
    else if (opacity > 0) this.#group(`opacity="${svgNumber(opacity)}"`, draw)
  }

  clipped(path: Path, draw: () => void): void {
    const id = `clip-${this.#clips++}`
    this.#parts.push(`<clipPath id="${id}"><path d="${pathData(path)}"/></clipPath>`)
    this.#group(`clip-path="url(#${id})"`, draw)
  }

  highlighted(draw: () => void): void {
    this.#group(`style="mix-blend-mode:${this.#theme === 'light' ? 'multiply' : 'lighten'}"`, draw)
  }

  image(asset: AssetId, from: Box | null, to: Box, [flipX, flipY]: Flip = [false, false]): boolean {
    const picture = this.#pictures.get(asset)
    if (picture === undefined) return false
    const part = from ?? { minX: 0, minY: 0, maxX: picture.width, maxY: picture.height }
    const view = `${svgNumber(part.minX)} ${svgNumber(part.minY)} ${svgNumber(part.maxX - part.minX)} ${svgNumber(part.maxY - part.minY)}`
    const turned = flipX || flipY
    if (turned) {
      const x = flipX ? to.minX + to.maxX : 0
      const y = flipY ? to.minY + to.maxY : 0
      const scale = `scale(${flipX ? -1 : 1} ${flipY ? -1 : 1})`
      this.#parts.push(`<g transform="translate(${svgNumber(x)} ${svgNumber(y)}) ${scale}">`)
    }
    this.#parts.push(
      `<svg x="${svgNumber(to.minX)}" y="${svgNumber(to.minY)}" width="${svgNumber(to.maxX - to.minX)}" height="${svgNumber(to.maxY - to.minY)}" viewBox="${view}" preserveAspectRatio="none">` +
        `<image width="${svgNumber(picture.width)}" height="${svgNumber(picture.height)}" href="${escapeXml(picture.url)}"/></svg>`,
    )
    if (turned) this.#parts.push('</g>')
    return true
  }

  fill(path: Path, color: Color, opacity = 1): void {
    if (path.length === 0) return
    const faint = opacity < 1 ? ` fill-opacity="${svgNumber(opacity)}"` : ''
    this.#parts.push(`<path d="${pathData(path)}" fill="${shownColor(color, this.#theme)}"${faint}/>`)
  }

  stroke(path: Path, { color, width, dash }: StrokeStyle): void {
    if (path.length === 0 || !(width > 0)) return
    const pattern = dashesAlong(path, dash, width).map(svgNumber).join(' ')
    const dashes = pattern === '' ? '' : ` stroke-dasharray="${pattern}"`
    const ink = `stroke="${shownColor(color, this.#theme)}" stroke-width="${svgNumber(width)}"${dashes}`
    this.#parts.push(`<path d="${pathData(path)}" fill="none" ${ink}/>`)
  }

  text(lines: readonly TextLine[], { color, family, size, align, opacity = 1 }: TextStyle): void {
    const shown = lines.filter((line) => line.text !== '')
    if (shown.length === 0) return
    const font = `font-family="${escapeXml(portableFontStack(family))}" font-size="${svgNumber(size)}"`
    const faint = opacity < 1 ? ` fill-opacity="${svgNumber(opacity)}"` : ''
    const look = `${font} fill="${shownColor(color, this.#theme)}"${faint}`
    const letters = this.#letters.get(family) ?? new Set()
    this.#letters.set(family, letters)
    for (const { text } of shown) for (const letter of text) letters.add(letter)
    const isPlain = ({ text, rightToLeft }: TextLine): boolean => !rightToLeft && !OWN_ORDER.test(text)
    if (shown.every((line) => isPlain(line) && !hasRightToLeft(line.text))) {
      this.#parts.push(textElement(look, align, false, shown))
      return
    }
    for (const line of shown) this.#parts.push(textElement(look, align, line.rightToLeft === true, [line]))
  }

  /** Stacked faint copies instead of a filter: every viewer draws them, and alike. */
  shadow(path: Path): void {
    const data = pathData(path)
    for (const [offset, breadth] of SHADOW_LAYERS) {
      const ink = `fill="#000" stroke="#000" stroke-width="${breadth}" opacity="0.05"`
      this.#parts.push(`<path transform="translate(0 ${offset})" d="${data}" ${ink}/>`)
    }
  }

  /** Nothing is left of a group whose drawing fails, or draws nothing. */
  #group(attributes: string, draw: () => void, name: 'g' | 'a' = 'g'): void {
    const parts = this.#parts
    const start = parts.length
    parts.push(`<${name} ${attributes}>`)
    try {
      draw()
    } catch (error) {
      parts.length = start
      throw error
    }
    if (parts.length === start + 1) parts.length = start
    else parts.push(`</${name}>`)
  }
}
