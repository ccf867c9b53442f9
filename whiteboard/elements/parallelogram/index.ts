import { roundedPolygon } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

/** How far its upper side stands to the right of the lower one. */
const slantOf = (width: number, height: number): number => Math.min(width * 0.2, height * 0.5)

export const parallelogram = shapeKind({
  type: 'parallelogram',
  outline: ([width, height], corner) => {
    const slant = slantOf(width, height)
    return roundedPolygon(
      [
        [slant, 0],
        [width, 0],
        [width - slant, height],
        [0, height],
      ],
      corner ?? 8,
      corner === null ? 0.2 : 0.5,
    )
  },
  inner: [0.17, 0, 0.83, 1],
  hasCorners: true,
  flips: true,
})
