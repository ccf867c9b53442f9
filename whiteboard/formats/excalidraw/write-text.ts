import type { Box } from '../../geometry/types.ts'
import type { Element, FontFamily, TextAlign } from '../../model/element.ts'
import type { KindRegistry, TextSlot } from '../../model/kind.ts'
import { LINE_HEIGHT, layoutText } from '../../model/text/text-layout.ts'
import { familyTo, inkTo } from './styles.ts'
import type { Foreign } from './types.ts'
import { finite } from './values.ts'
import { baseOf, type WriteContext } from './write-base.ts'

export const labelId = (id: string): string => `${id}-label`

const slotOf = (element: Element, kinds: KindRegistry): TextSlot | null => {
  try {
    return kinds.get(element.type).textSlot(element)
  } catch {
    return null
  }
}

const textBox = (element: Element, slot: TextSlot, height: number): Box => {
  const { minX, maxX, minY, maxY } = slot.box
  const free = maxY - minY - height
  const top = minY + (slot.vertical === 'top' ? 0 : slot.vertical === 'bottom' ? free : free / 2)
  const [left, y] = [element.position[0] + minX, element.position[1] + top]
  return { minX: left, minY: y, maxX: left + maxX - minX, maxY: y + height }
}

/** The fields of a text; where it stands in a slot of something else, broken into lines for it. */
export const writtenText = (element: Element, slot: TextSlot | null, { measure }: WriteContext): Foreign => {
  const fontSize = finite(element.fontSize, 20)
  const family = (element.fontFamily ?? 'hand') as FontFamily
  const align = (element.textAlign ?? 'left') as TextAlign
  const wraps = slot ? slot.wrap : element.autoWidth === false
  const width = slot ? Math.max(1, slot.box.maxX - slot.box.minX) : element.size[0]
  const { lines } = layoutText(element.text, { family, size: fontSize, align }, wraps ? width : null, measure)
  return {
    text: wraps ? lines.map(({ text }) => text.trimEnd()).join('\n') : element.text,
    originalText: element.text,
    fontSize,
    fontFamily: familyTo(family),
    textAlign: align,
    verticalAlign: slot ? (element.verticalAlign ?? slot.vertical) : 'top',
    containerId: slot ? element.id : null,
    autoResize: slot ? true : element.autoWidth !== false,
    lineHeight: LINE_HEIGHT,
  }
}

/** The text on an element, as one of theirs that is bound to it; null when nothing is written. */
export const writeLabel = (element: Element, context: WriteContext): Foreign | null => {
  const slot = element.text === '' ? null : slotOf(element, context.kinds)
  if (!slot) return null
  const text = writtenText(element, slot, context)
  const height = String(text.text).split('\n').length * Number(text.fontSize) * LINE_HEIGHT
  const { minX, minY, maxX } = textBox(element, slot, height)
  return {
    ...baseOf(element, 'text', labelId(element.id)),
    ...text,
    x: minX,
    y: minY,
    width: maxX - minX,
    height,
    angle: element.type === 'arrow' ? 0 : element.rotation,
    strokeColor: element.type === 'sticky' ? inkTo('#22242a') : inkTo(element.stroke),
    strokeWidth: 1,
    strokeStyle: 'solid',
    link: null,
  }
}
