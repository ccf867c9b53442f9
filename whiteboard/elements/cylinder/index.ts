import type { Size } from '../../geometry/types.ts'
import { flippedPath, halfEllipse } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

/** Half the height of its rims. */
const rimOf = ([width, height]: Size): number => Math.min(height * 0.13, width * 0.22)

export const cylinder = shapeKind({
  type: 'cylinder',
  outline: (size) => {
    const [width, height] = size
    const rim = rimOf(size)
    const upper = halfEllipse(width / 2, rim, width / 2, rim)
    return [
      ['M', 0, rim],
      ...upper,
      ['L', width, height - rim],
      ...flippedPath(upper, size, true, true),
      ['Z'],
    ]
  },
  details: (size) => {
    const [width] = size
    const rim = rimOf(size)
    return [
      ['M', 0, rim],
      ...flippedPath(halfEllipse(width / 2, rim, width / 2, rim), [width, 2 * rim], false, true),
    ]
  },
  inner: [0, 0.22, 1, 0.95],
  flips: true,
})
