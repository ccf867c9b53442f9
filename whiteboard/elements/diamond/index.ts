import { roundedDiamond } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

const CORNER = 12

export const diamond = shapeKind({
  type: 'diamond',
  outline: (size) => roundedDiamond(size, CORNER),
  inner: [0.6, 0.6],
  distance: ([width, height], [x, y]) => {
    const side = Math.hypot(width, height)
    const dx = Math.abs(x - width / 2)
    const dy = Math.abs(y - height / 2)
    if (side === 0) return Math.hypot(dx, dy)
    return (dx * height + dy * width - (width * height) / 2) / side
  },
})
