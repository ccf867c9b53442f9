import { containsPoint, expand } from '../../geometry/box.ts'
import type { ElementKind } from '../../model/kind.ts'
import { textFields } from '../shared/fields.ts'
import { paintLabel } from '../shared/label.ts'
import { hitsLine, linearKind, overhangOfLine, paintLine } from '../shared/linear.ts'
import { type Arrow, arrowRules, mirroredEnds } from './arrow.ts'
import { follow, referencesOf } from './follow.ts'
import { labelSlot, piecesOf, roughLabelBox } from './label.ts'

const plain = linearKind({
  type: 'arrow',
  endHead: 'arrow',
  defaults: { ...textFields, start: null, end: null, fixed: [] },
  rules: arrowRules,
  styles: ['fontFamily', 'fontSize'],
})

/** A line with a head, whose ends may be bound to other elements, and that may be written on. */
export const arrow: ElementKind = {
  ...plain,
  paint: (surface, element, context) => {
    const line = element as Arrow
    paintLine(surface, line, piecesOf(line, context))
    paintLabel(surface, line, labelSlot(line), line.stroke, context)
  },
  paintSmall: (surface, element, context) => {
    const line = element as Arrow
    plain.paintSmall?.(surface, line, context)
    if (line.text !== '') paintLabel(surface, line, labelSlot(line), line.stroke, context)
  },
  hit: (element, point, tolerance) => {
    const line = element as Arrow
    if (hitsLine(line, point, tolerance)) return true
    const label = roughLabelBox(line)
    return label !== null && containsPoint(label, point)
  },
  overhang: (element) => {
    const line = element as Arrow
    const [width, height] = line.size
    const label = roughLabelBox(line)
    const box = label && expand(label, line.fontSize)
    const beyond = box ? Math.max(-box.minX, -box.minY, box.maxX - width, box.maxY - height) : 0
    return Math.max(overhangOfLine(line), beyond)
  },
  mirrored: (element, horizontally, vertically) => ({
    ...plain.mirrored?.(element, horizontally, vertically),
    ...mirroredEnds(element as Arrow, horizontally, vertically),
  }),
  textSlot: (element) => labelSlot(element as Arrow),
  references: (element) => referencesOf(element as Arrow),
  derived: (element, others) => follow(element as Arrow, others),
  released: (element) => {
    const { position, size, rotation, points, fixed } = element as Arrow
    return { position, size, rotation, points, fixed, start: null, end: null }
  },
}
