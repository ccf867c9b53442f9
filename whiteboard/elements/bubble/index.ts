import type { Path, PathCommand } from '../../model/surface.ts'
import { roundedPolygon } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

/** The part of its height that is body; the tail has the rest. */
const BODY = 0.78
/** Where the tail leaves the body, and its tip, as parts of the width; board units at most for a broad bubble. */
const TAIL = { from: 0.16, to: 0.34, tip: 0.1, broadest: 40 } as const

/** A speech bubble with its tail at the lower left. */
export const bubble = shapeKind({
  type: 'bubble',
  outline: ([width, height], corner) => {
    const body = height * BODY
    const from = width * TAIL.from
    const to = Math.min(width * TAIL.to, from + TAIL.broadest)
    const radius = Math.min(corner ?? 16, from, body / 2)
    const box = roundedPolygon(
      [
        [0, 0],
        [width, 0],
        [width, body],
        [0, body],
      ],
      radius,
    )
    const tail: readonly PathCommand[] = [
      ['L', to, body],
      ['L', width * TAIL.tip, height],
      ['L', from, body],
    ]
    return withTail(box, tail)
  },
  inner: [0, 0, 1, BODY],
  hasCorners: true,
  flips: true,
})

/** Puts the tail into the lower side: before the last corner of the box, from right to left. */
const withTail = (box: Path, tail: readonly PathCommand[]): Path => {
  const lastCorner = box.findLastIndex(([letter]) => letter === 'L')
  return [...box.slice(0, lastCorner), ...tail, ...box.slice(lastCorner)]
}
