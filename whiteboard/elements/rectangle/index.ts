import { roundedBox, roundedPolygon } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

/** Corners look alike on small and large rectangles: up to 10 units, less where a side is short. */
const radiusOf = (width: number, height: number): number => Math.min(10, Math.min(width, height) * 0.16)

export const rectangle = shapeKind({
  type: 'rectangle',
  outline: (size, corner) => {
    const [width, height] = size
    if (corner !== 0) return roundedBox(size, corner ?? radiusOf(width, height))
    return roundedPolygon(
      [
        [0, 0],
        [width, 0],
        [width, height],
        [0, height],
      ],
      0,
    )
  },
  inner: [0, 0, 1, 1],
  hasCorners: true,
})
