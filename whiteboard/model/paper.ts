import type { Color } from './element.ts'
import { contrastRatio, shownColor, type Theme, themeColors } from './palette.ts'

/** The board's background as a theme shows it; null stands for the theme's own. */
export const shownPaper = (background: Color | null, theme: Theme): Color =>
  background === null ? themeColors[theme].background : shownColor(background, theme)

/** What the pattern on a paper is drawn with. */
export interface PatternInk {
  readonly color: Color
  /** 0 to 1. */
  readonly strength: number
}

const DARK_INK = '#20242c'
const LIGHT_INK = '#f2f4f8'

/** Lines and dots that can be seen on a paper and never compete with what is drawn on it. */
export const patternInk = (background: Color | null, theme: Theme): PatternInk => {
  if (background === null) return { color: themeColors[theme].grid, strength: 0.9 }
  const paper = shownPaper(background, theme)
  const isDark = contrastRatio(LIGHT_INK, paper) > contrastRatio(DARK_INK, paper)
  return { color: isDark ? LIGHT_INK : DARK_INK, strength: isDark ? 0.2 : 0.18 }
}
