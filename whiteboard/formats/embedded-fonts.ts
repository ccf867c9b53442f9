import { toBase64 } from '../model/base64.ts'
import type { FontFamily } from '../model/element.ts'
import { bundledFont, fontFamilies } from '../model/text/fonts.ts'

/** One file of a font, as a page's style sheets declare it. */
export interface FontFile {
  /** As the style sheet names the font, without quotes. */
  readonly font: string
  /** The value of CSS `unicode-range`: the characters that the file has; empty for all. */
  readonly range: string
  readonly url: string
}

export interface FontFiles {
  /** The files of regular fonts that the page may load. */
  readonly files: readonly FontFile[]
  load(url: string): Promise<Uint8Array>
}

const isRegular = (style: CSSStyleDeclaration): boolean => {
  const [weight, slant] = [style.getPropertyValue('font-weight'), style.getPropertyValue('font-style')]
  return /^(?:400|normal|)$/.test(weight) && /^(?:normal|)$/.test(slant)
}

const rulesOf = (sheet: CSSStyleSheet): readonly CSSRule[] => {
  try {
    return [...sheet.cssRules]
  } catch {
    // A style sheet of another origin, as browser extensions bring them, does not let itself be read.
    return []
  }
}

/** The file of fonts for the web that a rule leads to; null for other rules and other files. */
const fileOf = (rule: CSSRule, base: string): FontFile | null => {
  if (!(rule instanceof CSSFontFaceRule) || !isRegular(rule.style)) return null
  const source = /url\(\s*["']?([^"')]+\.woff2[^"')]*)["']?\s*\)/.exec(
    rule.style.getPropertyValue('src'),
  )?.[1]
  if (!source || !URL.canParse(source, base)) return null
  return {
    font: rule.style.getPropertyValue('font-family').replace(/^["']|["']$/g, ''),
    range: rule.style.getPropertyValue('unicode-range'),
    url: new URL(source, base).href,
  }
}

const load = async (url: string): Promise<Uint8Array> => {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`The font ${url} could not be loaded.`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** The fonts of the page that this runs in. */
const fontsOfPage = (): FontFiles => ({
  files: [...document.styleSheets].flatMap((sheet) =>
    rulesOf(sheet)
      .map((rule) => fileOf(rule, sheet.href ?? document.baseURI))
      .filter((file) => file !== null),
  ),
  load,
})

/** The first and last code point of each part of a `unicode-range`. */
const partsOf = (range: string): readonly (readonly [number, number])[] =>
  range.split(',').map((part) => {
    const [first = '', last = first] = part.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(first.replaceAll('?', '0'), 16), Number.parseInt(last.replaceAll('?', 'f'), 16)]
  })

const isNeeded = ({ range }: FontFile, codes: ReadonlySet<number>): boolean => {
  if (range.trim() === '') return codes.size > 0
  const parts = partsOf(range)
  for (const code of codes) if (parts.some(([first, last]) => code >= first && code <= last)) return true
  return false
}

const codesOf = (letters: Iterable<string>): ReadonlySet<number> => {
  const codes = new Set<number>()
  for (const text of letters) for (const letter of text) codes.add(letter.codePointAt(0) ?? 0)
  return codes
}

const faceRule = ({ font, range }: FontFile, bytes: Uint8Array): string => {
  const characters = /^[U+0-9a-f?,\s-]+$/i.test(range) ? `unicode-range:${range};` : ''
  return `@font-face{font-family:"${font}";font-style:normal;font-weight:400;${characters}src:url(data:font/woff2;base64,${toBase64(bytes)}) format("woff2")}`
}

/**
 * CSS rules that carry the bundled fonts which `letters` (texts or characters by family, as `SvgSurface.letters` has
 * them) are written in: of each font only the files whose characters occur. Other scripts are left to the fonts of
 * whoever opens the file; so is a font that cannot be loaded.
 */
export const embeddedFontFaces = async (
  letters: ReadonlyMap<FontFamily, Iterable<string>>,
  fonts: FontFiles = fontsOfPage(),
): Promise<string> => {
  const needed = new Map<string, FontFile>()
  for (const family of fontFamilies) {
    const codes = codesOf(letters.get(family) ?? [])
    const own = fonts.files.filter(({ font }) => font === bundledFont(family))
    for (const file of own) if (isNeeded(file, codes)) needed.set(file.url, file)
  }
  const rules = [...needed.values()].map((file) =>
    fonts.load(file.url).then(
      (bytes) => faceRule(file, bytes),
      () => '',
    ),
  )
  return (await Promise.all(rules)).join('')
}
