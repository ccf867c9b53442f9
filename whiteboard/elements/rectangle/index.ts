import { roundedBox } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

/** Corners look alike on small and large rectangles: up to 10 units, less where a side is short. */
const radiusOf = (width: number, height: number): number => Math.min(10, Math.min(width, height) * 0.16)

export const rectangle = shapeKind({
  type: 'rectangle',
  outline: (size) => roundedBox(size, radiusOf(size[0], size[1])),
  inner: [1, 1],
  distance: ([width, height], [x, y]) => {
    const dx = Math.abs(x - width / 2) - width / 2
    const dy = Math.abs(y - height / 2) - height / 2
    if (dx <= 0 || dy <= 0) return Math.max(dx, dy)
    return Math.hypot(dx, dy)
  },
})
