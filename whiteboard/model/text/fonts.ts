import type { FontFamily } from '../element.ts'

interface Font {
  /** The font whose files come with the application. */
  readonly bundled: string
  /** What stands in for it where a page's fonts cannot be seen, as in the pictures of boards. */
  readonly likes: string
  /** Fonts of systems for scripts that it lacks: which of these tables, and the generic family at the end. */
  readonly serifs: boolean
  readonly generic: string
}

/** The one place that says which fonts the families of the style panel are. */
const fonts: Readonly<Record<FontFamily, Font>> = {
  hand: {
    bundled: 'Shantell Sans',
    likes: '"Comic Sans MS", "Segoe Print", system-ui',
    serifs: false,
    generic: 'sans-serif',
  },
  sans: {
    bundled: 'Inter',
    likes: 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial',
    serifs: false,
    generic: 'sans-serif',
  },
  serif: {
    bundled: 'Source Serif 4',
    likes: 'Georgia, "Iowan Old Style", "Times New Roman"',
    serifs: true,
    generic: 'serif',
  },
  mono: {
    bundled: 'JetBrains Mono',
    likes: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono"',
    serifs: false,
    generic: 'monospace',
  },
}

const fontOf = (family: FontFamily): Font => (Object.hasOwn(fonts, family) ? fonts[family] : fonts.hand)

type CjkRegion = 'sc' | 'tc' | 'ja' | 'ko'

interface Scripts {
  readonly rightToLeft: string
  readonly cjk: Readonly<Record<CjkRegion, string>>
}

/** Arabic and Hebrew, then Chinese, Japanese and Korean, as macOS, Windows, Android and Linux have them. */
const SANS_SCRIPTS: Scripts = {
  rightToLeft: '"Geeza Pro", "Arial Hebrew", "Noto Sans Arabic", "Noto Sans Hebrew"',
  cjk: {
    sc: '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC"',
    tc: '"PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", "Noto Sans TC"',
    ja: '"Hiragino Sans", "Yu Gothic", Meiryo, "Noto Sans CJK JP", "Noto Sans JP"',
    ko: '"Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans KR"',
  },
}

const SERIF_SCRIPTS: Scripts = {
  rightToLeft: '"Al Nile", "Arial Hebrew", "Noto Naskh Arabic", "Noto Serif Hebrew"',
  cjk: {
    sc: '"Songti SC", SimSun, "Noto Serif CJK SC", "Noto Serif SC"',
    tc: '"Songti TC", PMingLiU, "Noto Serif CJK TC", "Noto Serif TC"',
    ja: '"Hiragino Mincho ProN", "Yu Mincho", "Noto Serif CJK JP", "Noto Serif JP"',
    ko: 'AppleMyungjo, Batang, "Noto Serif CJK KR", "Noto Serif KR"',
  },
}

const EMOJI = '"Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"'

export const fontFamilies: readonly FontFamily[] = ['hand', 'sans', 'serif', 'mono']

const regionOf = (language: string): CjkRegion | null => {
  const tag = language.toLowerCase()
  if (tag.startsWith('ja')) return 'ja'
  if (tag.startsWith('ko')) return 'ko'
  if (!tag.startsWith('zh')) return null
  return /hant|tw|hk|mo/.test(tag) ? 'tc' : 'sc'
}

/**
 * The one character stands for different shapes in China, Taiwan, Japan and Korea: the fonts of the region whose language
 * the reader prefers come first.
 */
const regions = (languages: readonly string[]): readonly CjkRegion[] => [
  ...new Set<CjkRegion>([
    ...languages.map(regionOf).filter((region) => region !== null),
    'sc',
    'ja',
    'tc',
    'ko',
  ]),
]

/** The value of CSS `font-family` for a family, for a reader of these languages, first choice first. */
export const fontStackFor = (family: FontFamily, languages: readonly string[]): string => {
  const font = fontOf(family)
  const scripts = font.serifs ? SERIF_SCRIPTS : SANS_SCRIPTS
  const cjk = regions(languages).map((region) => scripts.cjk[region])
  return [`"${font.bundled}"`, font.likes, scripts.rightToLeft, ...cjk, EMOJI, font.generic].join(', ')
}

const stacks = new Map<FontFamily, string>()

const readersLanguages = (): readonly string[] =>
  typeof navigator === 'undefined' ? [] : (navigator.languages ?? [])

/** The value of CSS `font-family` for a family; the hand's for one that is not known. */
export const fontStack = (family: FontFamily): string => {
  const known = stacks.get(family)
  if (known !== undefined) return known
  const stack = fontStackFor(family, readersLanguages())
  stacks.set(family, stack)
  return stack
}

/** A short one for files, the same for everybody: where it is shown, other scripts get what the system has for them. */
export const portableFontStack = (family: FontFamily): string => {
  const { bundled, likes, generic } = fontOf(family)
  return `"${bundled}", ${likes}, ${generic}`
}

/** The value of CSS `font`, as a canvas takes it too; `size` in CSS pixels. */
export const cssFont = (family: FontFamily, size: number): string => `${size}px ${fontStack(family)}`

/** The name under which the application brings the files of a family. */
export const bundledFont = (family: FontFamily): string => fontOf(family).bundled

/** Families that almost every board needs: text is not shown as final before these have arrived. */
export const firstFonts: readonly string[] = [`"${fonts.hand.bundled}"`, `"${fonts.sans.bundled}"`]
