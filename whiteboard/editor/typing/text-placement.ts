import { toScreen } from '../../geometry/camera.ts'
import type { Element } from '../../model/element.ts'
import type { TextSlot } from '../../model/kind.ts'
import { shownColor } from '../../model/palette.ts'
import type { TextStyle } from '../../model/surface.ts'
import { fontStack } from '../../model/text/fonts.ts'
import { LINE_HEIGHT } from '../../model/text/text-layout.ts'
import type { EditorCore } from '../core.ts'
import { writtenStyle } from './written-style.ts'

/** Room beside text that does not wrap, in board units, so that the caret at its end is not cut off. */
const CARET_ROOM = 4

/**
 * Lays a bare textarea over an element as it is with what the textarea contains, letters exactly where they are painted.
 * `shiftFor` tells how much lower they are painted than a text field shows them.
 */
export const placeInput = (
  area: HTMLTextAreaElement,
  element: Element,
  core: EditorCore,
  shiftFor: (style: TextStyle) => number,
): void => {
  const kind = core.kinds.get(element.type)
  const written = { ...element, text: area.value }
  const shown = { ...written, ...kind.fitted?.(written, core.measure) } as Element
  const slot = kind.textSlot(shown)
  if (!slot) return
  const style = writtenStyle(shown, core.kinds, core.measure)
  setTextStyle(area, style, core)
  setBox(area, slot, style, shiftFor(style))
  if (slot.caption) setCaptionTransform(area, shown, core)
  else setTransform(area, shown, core)
}

/** Nothing of a textarea but its text. Each paragraph reads in the direction of its first letter, as it is painted. */
export const BARE: Partial<CSSStyleDeclaration> = {
  position: 'absolute',
  left: '0',
  top: '0',
  margin: '0',
  padding: '0',
  border: '0',
  outline: 'none',
  background: 'transparent',
  resize: 'none',
  overflow: 'hidden',
  transformOrigin: '0 0',
  boxSizing: 'content-box',
  lineHeight: String(LINE_HEIGHT),
  letterSpacing: 'normal',
  overflowWrap: 'anywhere',
  userSelect: 'text',
  tabSize: '4',
  lineBreak: 'strict',
}

const setTextStyle = (area: HTMLTextAreaElement, style: TextStyle, core: EditorCore): void => {
  const color = shownColor(style.color, core.theme)
  Object.assign(area.style, {
    fontFamily: fontStack(style.family),
    fontSize: `${style.size}px`,
    textAlign: style.align,
    color,
    caretColor: color,
  })
}

/** In the element's own coordinates: as wide as its slot, as high as its lines, placed as the slot says. */
const setBox = (
  area: HTMLTextAreaElement,
  { box, vertical, wrap }: TextSlot,
  style: TextStyle,
  shift: number,
): void => {
  const slack = wrap ? 0 : Math.max(CARET_ROOM, style.size)
  const before = { left: 0, center: slack, right: slack }[style.align]
  const after = { left: slack, center: slack, right: 0 }[style.align]
  area.style.whiteSpace = wrap ? 'pre-wrap' : 'pre'
  area.style.width = `${box.maxX - box.minX + before + after}px`
  area.style.height = '0'
  const height = Math.max(area.scrollHeight, style.size * LINE_HEIGHT)
  area.style.height = `${height}px`
  const part = { top: 0, middle: 0.5, bottom: 1 }[vertical]
  const top = box.minY + (box.maxY - box.minY - height) * part
  area.style.left = `${box.minX - before}px`
  area.style.top = `${top + shift}px`
}

/** Its box is in CSS pixels from where the element's corner is shown. */
const setCaptionTransform = (area: HTMLTextAreaElement, element: Element, core: EditorCore): void => {
  const [x, y] = toScreen(core.camera.camera, element.position)
  area.style.transform = `translate(${x}px, ${y}px)`
}

/** From the element's own coordinates to the screen: scaled, turned round its centre, moved. */
const setTransform = (area: HTMLTextAreaElement, element: Element, core: EditorCore): void => {
  const { camera } = core.camera
  const [x, y] = toScreen(camera, element.position)
  const [width, height] = element.size
  const left = Number.parseFloat(area.style.left)
  const top = Number.parseFloat(area.style.top)
  area.style.transform = [
    `translate(${x - left}px, ${y - top}px)`,
    `scale(${camera.zoom})`,
    `translate(${width / 2}px, ${height / 2}px)`,
    `rotate(${element.rotation}rad)`,
    `translate(${left - width / 2}px, ${top - height / 2}px)`,
  ].join(' ')
  area.style.opacity = String(element.opacity)
}
