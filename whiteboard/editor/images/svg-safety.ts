import { checkCost, UnsafeSvg } from './svg-cost.ts'

/**
 * What may stay of somebody's SVG. It is shown as pixels only, drawn by the browser in an image, where nothing runs and
 * nothing is fetched; this is the first of two fences, and it keeps drawing it affordable.
 */

/** Shapes, text, paint and filters. No scripts, links, animation, foreign content, nor anything that this list has not heard of. */
const ELEMENTS: ReadonlySet<string> = new Set(
  (
    'svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc image style ' +
    'linearGradient radialGradient stop clipPath mask pattern marker switch ' +
    'filter feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR ' +
    'feGaussianBlur feMerge feMergeNode feOffset'
  ).split(' '),
)

const SVG = 'http://www.w3.org/2000/svg'
const XLINK = 'http://www.w3.org/1999/xlink'

/** Characters of a file that are read. */
const MAX_SVG = 4_000_000
const MAX_ELEMENTS = 30_000
const MAX_DEPTH = 200

/** `#id` of the same file, or a picture that stands in the file itself. */
const isOwnReference = (value: string): boolean =>
  /^\s*#[\w.:-]+\s*$/.test(value) || /^\s*data:image\/(png|jpeg|webp|gif);base64,[\w+/=\s]*$/i.test(value)

/** What would let a reference reach further than the elements that have it (`svg-cost.ts` follows them). */
const SPREADS = /\bvar\s*\(|\b(?:clip-path|mask|filter|all)\s*:\s*inherit/i

/** Whether all that CSS here refers to stands in the same file. Escapes could hide anything, so there are none. */
const isSafeCss = (css: string): boolean => {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '')
  if (/\\|@import|@font-face|@namespace|expression\s*\(|image-set|src\s*:|behavior\s*:/i.test(bare))
    return false
  if (SPREADS.test(bare)) return false
  return [...bare.matchAll(/url\s*\(\s*(['"]?)([^)]*?)\1\s*\)/gi)].every(([, , address = '']) =>
    /^#[\w.:-]+$/.test(address.trim()),
  )
}

const isSafeAttribute = ({ name, localName, namespaceURI, value }: Attr): boolean => {
  if (/^on/i.test(localName) || /^on/i.test(name)) return false
  if (namespaceURI !== null && namespaceURI !== XLINK && !/^xml(ns)?(:|$)/.test(name)) return false
  if (localName === 'base' || localName === 'src') return false
  if (localName === 'href') return isOwnReference(value)
  if (/^(?:clip-path|mask|filter)$/.test(localName) && /inherit/i.test(value)) return false
  return !/url\s*\(|\\|expression|inherit|var\s*\(/i.test(value) || isSafeCss(value)
}

const cleanAttributes = (element: Element): void => {
  for (const attribute of [...element.attributes]) {
    if (!isSafeAttribute(attribute)) element.removeAttributeNode(attribute)
  }
}

const isAllowed = (element: Element): boolean => {
  if (element.namespaceURI !== SVG || !ELEMENTS.has(element.localName)) return false
  return element.localName !== 'style' || isSafeCss(element.textContent ?? '')
}

const clean = (element: Element, depth: number, budget: { elements: number }): void => {
  budget.elements -= 1
  if (budget.elements < 0 || depth > MAX_DEPTH) throw new UnsafeSvg('too much')
  cleanAttributes(element)
  for (const child of [...element.childNodes]) {
    if (child.nodeType === 1 && isAllowed(child as Element)) clean(child as Element, depth + 1, budget)
    else if (child.nodeType !== 3 && child.nodeType !== 4) child.remove()
  }
}

const lengthOf = (value: string | null): number | null => {
  const [, digits = '', unit = ''] =
    /^\s*([\d.]+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*$/i.exec(value ?? '') ?? []
  const factor = { '': 1, px: 1, pt: 4 / 3, pc: 16, mm: 96 / 25.4, cm: 96 / 2.54, in: 96 }[unit.toLowerCase()]
  const length = Number.parseFloat(digits) * (factor ?? 1)
  return Number.isFinite(length) && length > 0 ? length : null
}

/** What browsers take where a file says nothing (CSS 2.2, 10.3.2). */
const UNSAID = [300, 150] as const

/** How large the picture wants to be, in CSS pixels. */
const sidesOf = (root: Element): readonly [number, number] => {
  const [width, height] = [lengthOf(root.getAttribute('width')), lengthOf(root.getAttribute('height'))]
  const view = (root.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const [, , viewWidth = 0, viewHeight = 0] = view
  const ratio = viewWidth > 0 && viewHeight > 0 ? viewWidth / viewHeight : null
  if (width && height) return [width, height]
  if (width) return [width, ratio ? width / ratio : width]
  if (height) return [ratio ? height * ratio : height, height]
  return ratio ? [viewWidth, viewHeight] : UNSAID
}

export interface SafeSvg {
  readonly width: number
  readonly height: number
  /** The cleaned file as it is drawn at so many pixels. */
  at(width: number, height: number): string
}

/**
 * Cleans an SVG. An internal document type is refused as a whole: its entities could expand without end.
 * @throws UnsafeSvg
 */
export const safeSvg = (text: string): SafeSvg => {
  if (text.length > MAX_SVG || /<!ENTITY|<!DOCTYPE[^>]*\[/i.test(text)) throw new UnsafeSvg('a document type')
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml')
  const root = parsed.documentElement
  if (root.localName !== 'svg' || root.namespaceURI !== SVG || parsed.querySelector('parsererror')) {
    throw new UnsafeSvg('no SVG')
  }
  clean(root, 0, { elements: MAX_ELEMENTS })
  checkCost(root)
  const [width, height] = sidesOf(root)
  if (!root.hasAttribute('viewBox')) root.setAttribute('viewBox', `0 0 ${width} ${height}`)
  return {
    width,
    height,
    at: (pixelWidth, pixelHeight) => {
      root.setAttribute('width', String(pixelWidth))
      root.setAttribute('height', String(pixelHeight))
      return new XMLSerializer().serializeToString(root)
    },
  }
}
