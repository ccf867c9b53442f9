import { ellipse as outline } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

/** What the largest box in an ellipse leaves free on each side; a little of it is given to the text. */
const FREE = (1 - Math.SQRT1_2) / 2 - 0.04

export const ellipse = shapeKind({
  type: 'ellipse',
  outline,
  inner: [FREE, FREE, 1 - FREE, 1 - FREE],
})
