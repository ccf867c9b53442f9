import type { FontFamily } from './element.ts'

/**
 * The one place that says which fonts the families of the style panel are. The first two are bundled; where a page's
 * fonts cannot be seen, as in the pictures of boards, the hand becomes a plain sans serif.
 */
const stacks: Readonly<Record<FontFamily, string>> = {
  hand: '"Shantell Sans", "Comic Sans MS", "Segoe Print", system-ui, sans-serif',
  sans: 'Inter, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  serif: 'Georgia, "Iowan Old Style", "Source Serif 4", "Times New Roman", serif',
  mono: 'ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
}

export const fontFamilies: readonly FontFamily[] = ['hand', 'sans', 'serif', 'mono']

/** The value of CSS `font-family` for a family; the hand's for one that is not known. */
export const fontStack = (family: FontFamily): string => stacks[family] ?? stacks.hand

/** The value of CSS `font`, as a canvas takes it too; `size` in CSS pixels. */
export const cssFont = (family: FontFamily, size: number): string => `${size}px ${fontStack(family)}`

/** Families whose files come with the application and must have arrived before text measures right. */
export const bundledFonts: readonly string[] = ['"Shantell Sans"', 'Inter']
