import type { TextMeasurer, TextStyle } from '../../model/surface.ts'
import { fontStack } from '../../model/text/fonts.ts'
import { LINE_HEIGHT, layoutText } from '../../model/text/text-layout.ts'

/**
 * How much lower, in board units, the first line of this style is painted than a text field at the same place would
 * show it. Browsers round a font's ascent to whole CSS pixels, so this is asked of a field-like line put into `host`
 * for a moment.
 */
export const baselineShift = (style: TextStyle, measure: TextMeasurer, host: HTMLElement): number => {
  const [line] = layoutText('x', style, null, measure).lines
  const shown = shownBaseline(style, host)
  return line ? line.baseline - shown : 0
}

/** From the top of a line to its baseline, as the browser lays it out. */
const shownBaseline = (style: TextStyle, host: HTMLElement): number => {
  const line = document.createElement('div')
  const mark = document.createElement('span')
  Object.assign(line.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    visibility: 'hidden',
    whiteSpace: 'pre',
    lineHeight: String(LINE_HEIGHT),
    fontFamily: fontStack(style.family),
    fontSize: `${style.size}px`,
  })
  mark.style.display = 'inline-block'
  line.append('x', mark)
  host.append(line)
  const baseline = mark.getBoundingClientRect().bottom - line.getBoundingClientRect().top
  line.remove()
  return baseline
}
