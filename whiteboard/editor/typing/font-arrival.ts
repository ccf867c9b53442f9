import type { Element, FontFamily } from '../../model/element.ts'
import { bundledFont } from '../../model/text/fonts.ts'

/** Letters that are looked through for the scripts they are in. */
const MOST_LETTERS = 5000

/**
 * Calls `proceed` when the files of a family for what is written on these elements are here: at once if they are, and
 * without them if they cannot be had. So what is measured then is measured right, and boxes fit.
 */
export const whenFontIsHere = (
  family: FontFamily,
  elements: readonly Element[],
  proceed: () => void,
): void => {
  if (typeof document === 'undefined') {
    proceed()
    return
  }
  const font = `16px "${bundledFont(family)}"`
  const letters = `a${elements.map(({ text }) => text).join('')}`.slice(0, MOST_LETTERS)
  if (document.fonts.check(font, letters)) proceed()
  else document.fonts.load(font, letters).then(proceed, proceed)
}
