import { roundedPolygon } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

/** How far its left and right points stand out beyond its upper and lower side. */
const pointOf = (width: number, height: number): number => Math.min(width * 0.25, height * 0.5)

export const hexagon = shapeKind({
  type: 'hexagon',
  outline: ([width, height], corner) => {
    const point = pointOf(width, height)
    return roundedPolygon(
      [
        [point, 0],
        [width - point, 0],
        [width, height / 2],
        [width - point, height],
        [point, height],
        [0, height / 2],
      ],
      corner ?? 8,
      corner === null ? 0.2 : 0.5,
    )
  },
  inner: [0.18, 0.04, 0.82, 0.96],
  hasCorners: true,
})
