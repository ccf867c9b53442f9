import { roundedPolygon } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

export const triangle = shapeKind({
  type: 'triangle',
  outline: ([width, height], corner) =>
    roundedPolygon(
      [
        [width / 2, 0],
        [width, height],
        [0, height],
      ],
      corner ?? 10,
      corner === null ? 0.2 : 0.5,
    ),
  inner: [0.25, 0.5, 0.75, 1],
  hasCorners: true,
  flips: true,
})
