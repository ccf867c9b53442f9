import type { Vec } from '../../geometry/types.ts'
import { roundedPolygon } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

export const diamond = shapeKind({
  type: 'diamond',
  outline: ([width, height], corner) => {
    const corners: readonly Vec[] = [
      [width / 2, 0],
      [width, height / 2],
      [width / 2, height],
      [0, height / 2],
    ]
    return corner === null ? roundedPolygon(corners, 12, 0.3) : roundedPolygon(corners, corner)
  },
  inner: [0.2, 0.2, 0.8, 0.8],
  hasCorners: true,
})
