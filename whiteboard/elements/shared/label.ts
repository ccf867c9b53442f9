import type { Box } from '../../geometry/types.ts'
import type { Color, Element, FontFamily, TextAlign } from '../../model/element.ts'
import type { PaintContext, TextSlot } from '../../model/kind.ts'
import type { PathCommand, Surface, TextMeasurer } from '../../model/surface.ts'
import { layoutText, type TextLayout, widestWord } from '../../model/text/text-layout.ts'

/** The fields of an element that has text on it. */
export interface Labelled extends Element {
  readonly fontFamily: FontFamily
  readonly fontSize: number
  readonly textAlign: TextAlign
}

/** Device pixels of font size below which lines are shown as bars. */
const LEGIBLE = 3.5

const slotWidth = ({ box }: TextSlot): number => Math.max(1, box.maxX - box.minX)

/** The text as it is laid out in its slot, starting at the origin. */
export const labelLayout = (element: Labelled, slot: TextSlot, measure: TextMeasurer): TextLayout =>
  layoutText(
    element.text,
    { family: element.fontFamily, size: element.fontSize, align: element.textAlign },
    slot.wrap ? slotWidth(slot) : null,
    measure,
  )

/** Width of the widest word of the text. */
export const labelWord = (element: Labelled, measure: TextMeasurer): number =>
  widestWord(
    element.text,
    { family: element.fontFamily, size: element.fontSize, align: element.textAlign },
    measure,
  )

/** How far down text of this height begins in its slot. */
const offsetIn = (box: Box, height: number, { vertical }: TextSlot): number => {
  const part = { top: 0, middle: 0.5, bottom: 1 }[vertical]
  return box.minY + (box.maxY - box.minY - height) * part
}

/** Text too small to read: a bar for each line, without measuring anything. */
export const paintBars = (
  surface: Surface,
  element: Labelled,
  slot: TextSlot,
  color: Color,
  context: PaintContext,
): void => {
  if (context.editing) return
  const { box } = slot
  const width = slotWidth(slot)
  const step = element.fontSize * 1.25
  const lines = element.text.split('\n').slice(0, 40)
  const total = lines.length * step
  const top = offsetIn(box, total, slot)
  const path: PathCommand[] = []
  lines.forEach((line, index) => {
    const length = Math.min(width, line.length * element.fontSize * 0.5)
    if (length <= 0) return
    const free = width - length
    const left =
      box.minX + (element.textAlign === 'left' ? 0 : element.textAlign === 'right' ? free : free / 2)
    const y = top + index * step + step * 0.35
    const bottom = y + step * 0.35
    path.push(
      ['M', left, y],
      ['L', left + length, y],
      ['L', left + length, bottom],
      ['L', left, bottom],
      ['Z'],
    )
  })
  if (path.length > 0) surface.fill(path, color, 0.45)
}

/** Writes the element's text into its slot, unless it is being typed into. */
export const paintLabel = (
  surface: Surface,
  element: Labelled,
  slot: TextSlot,
  color: Color,
  context: PaintContext,
): void => {
  if (element.text === '' || context.editing) return
  if (element.fontSize * surface.scale < LEGIBLE) {
    paintBars(surface, element, slot, color, context)
    return
  }
  const layout = labelLayout(element, slot, context.measure)
  const top = offsetIn(slot.box, layout.height, slot)
  const lines = layout.lines.map((line) => ({
    ...line,
    x: line.x + slot.box.minX,
    baseline: line.baseline + top,
  }))
  const { fontFamily: family, fontSize: size, textAlign: align } = element
  surface.text(lines, { color, family, size, align })
}
