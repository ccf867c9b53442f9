import { clamp } from '../../geometry/clamp.ts'
import { CAPTION, captionText, fittedCaption } from '../../model/caption.ts'
import { FRAME_EDGE, FRAME_TYPE } from '../../model/derive.ts'
import type { Color, Element, FillStyle } from '../../model/element.ts'
import { healOption } from '../../model/heal.ts'
import type { ElementKind, TextSlot } from '../../model/kind.ts'
import { readBy } from '../shared/fields.ts'
import { paintPlainFill } from '../shared/fill.ts'
import { roundedBox } from '../shared/outlines.ts'

interface Frame extends Element {
  readonly stroke: Color
  readonly fill: Color
  readonly fillStyle: FillStyle
}

/** Part of the document format: these never change. */
const defaults = { stroke: '#747a87', fill: '#ffffff', fillStyle: 'none' } as const

const FILLS: readonly FillStyle[] = ['none', 'solid', 'semi']

/** What a thin line is widened to, so that it can be seen from afar, at most. */
const WIDEST_LINE = 20
const CAPTION_ROOM = CAPTION.gap + CAPTION.height

const slot: TextSlot = {
  box: { minX: 0, minY: -CAPTION_ROOM, maxX: 280, maxY: -CAPTION.gap },
  vertical: 'middle',
  wrap: false,
  caption: true,
}

const distanceToBorder = ([width, height]: Element['size'], [x, y]: readonly [number, number]): number => {
  const dx = Math.abs(x - width / 2) - width / 2
  const dy = Math.abs(y - height / 2) - height / 2
  return dx <= 0 || dy <= 0 ? Math.abs(Math.max(dx, dy)) : Math.hypot(dx, dy)
}

/**
 * A part of the board with a name: it carries what is in it, and clips it (`model/derive.ts`, `model/plans/framing.ts`).
 * Its name is what is written on it, so that two people who rename it at once lose nothing. Its inside lets clicks through.
 */
export const frame: ElementKind = {
  type: FRAME_TYPE,
  defaults,
  styles: ['stroke', 'fill', 'fillStyle'],
  resize: 'box',
  upright: true,
  bindable: true,
  ...readBy(defaults, { fillStyle: (value) => healOption(value, FILLS, defaults.fillStyle) }),
  paint: (surface, element, context) => {
    const own = element as Frame
    const outline = roundedBox(own.size, FRAME_EDGE.corner)
    paintPlainFill(surface, { path: outline, color: own.fill, style: own.fillStyle })
    const width = clamp(1 / surface.scale, FRAME_EDGE.line, WIDEST_LINE)
    surface.stroke(outline, { color: own.stroke, width, dash: 'solid' })
    if (context.captioned || context.editing) return
    const text = fittedCaption(captionText(own), own.size[0], context.measure)
    const baseline = -CAPTION.gap - (CAPTION.height - CAPTION.size) / 2 - 2
    const style = { color: own.stroke, family: 'sans', size: CAPTION.size, align: 'left' } as const
    surface.text([{ text, x: 0, baseline }], style)
  },
  hit: ({ size }, point, tolerance) => distanceToBorder(size, point) <= tolerance + FRAME_EDGE.line,
  overhang: () => CAPTION_ROOM,
  textSlot: () => slot,
}
