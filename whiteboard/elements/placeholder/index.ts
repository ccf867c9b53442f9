import type { ElementKind } from '../../model/kind.ts'
import { hitsBox, roundedBox } from '../shared/outlines.ts'

const GREY = '#747a87'
const NOTICE = 'Not shown in this version'
const NOTICE_SIZE = 13

/** Stands for what this version cannot draw: unknown types, unreadable fields. The element itself is kept as it is. */
export const placeholder: ElementKind = {
  type: 'placeholder',
  defaults: {},
  styles: [],
  resize: 'box',
  parse: () => ({}),
  paint: (surface, { size }, { measure }) => {
    const outline = roundedBox(size, 8)
    surface.fill(outline, GREY, 0.08)
    surface.stroke(outline, { color: GREY, width: 1.5, dash: 'dashed' })
    const fits = measure.width(NOTICE, 'sans', NOTICE_SIZE) + 16 <= size[0] && size[1] >= NOTICE_SIZE * 2
    const line = { text: fits ? NOTICE : '?', x: size[0] / 2, baseline: size[1] / 2 + NOTICE_SIZE * 0.35 }
    surface.text([line], { color: GREY, family: 'sans', size: NOTICE_SIZE, align: 'center' })
  },
  hit: ({ size }, point, tolerance) => hitsBox(size, point, tolerance),
  overhang: () => 2,
  textSlot: () => null,
}
