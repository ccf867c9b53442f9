import type { Vec } from '../../geometry/types.ts'
import type { ArrowHead, Color } from '../../model/element.ts'
import type { Surface } from '../../model/surface.ts'
import { pointBeforeEnd, polylineLength } from './curve.ts'
import { circle } from './outlines.ts'

/** Length of a head on a line of this width, in board units; long lines get all of it, short ones half their length. */
export const headLength = (strokeWidth: number, lineLength = Number.POSITIVE_INFINITY): number =>
  Math.min(9 + strokeWidth * 3.2, lineLength / 2)

/** How much of the line a head covers, so that the line does not show beyond its tip. */
export const headCover = (head: ArrowHead, length: number): number => {
  if (head === 'triangle') return length * 0.6
  return head === 'dot' ? length * 0.3 : 0
}

interface HeadInk {
  readonly color: Color
  readonly width: number
}

const triangle = (tip: Vec, back: Vec, side: Vec, half: number, surface: Surface, ink: HeadInk): void => {
  const path = [
    ['M', tip[0], tip[1]],
    ['L', back[0] + side[0] * half, back[1] + side[1] * half],
    ['L', back[0] - side[0] * half, back[1] - side[1] * half],
    ['Z'],
  ] as const
  surface.fill(path, ink.color)
  surface.stroke(path, { color: ink.color, width: ink.width * 0.7, dash: 'solid' })
}

/** Draws a head at the end of a polyline, pointing the way the line arrives. */
export const paintHead = (surface: Surface, points: readonly Vec[], head: ArrowHead, ink: HeadInk): void => {
  const tip = points.at(-1)
  const length = headLength(ink.width, polylineLength(points))
  if (head === 'none' || tip === undefined || !(length > 0)) return
  const from = pointBeforeEnd(points, length)
  const distance = Math.hypot(tip[0] - from[0], tip[1] - from[1]) || 1
  const forward: Vec = [(tip[0] - from[0]) / distance, (tip[1] - from[1]) / distance]
  const side: Vec = [-forward[1], forward[0]]
  const back: Vec = [tip[0] - forward[0] * length, tip[1] - forward[1] * length]
  const style = { color: ink.color, width: ink.width, dash: 'solid' } as const
  if (head === 'triangle') triangle(tip, back, side, length * 0.46, surface, ink)
  else if (head === 'dot') surface.fill(circle(tip[0], tip[1], length * 0.34), ink.color)
  else if (head === 'bar') {
    const half = length * 0.5
    const bar = [
      ['M', tip[0] + side[0] * half, tip[1] + side[1] * half],
      ['L', tip[0] - side[0] * half, tip[1] - side[1] * half],
    ] as const
    surface.stroke(bar, style)
  } else {
    const half = length * 0.56
    const wings = [
      ['M', back[0] + side[0] * half, back[1] + side[1] * half],
      ['L', tip[0], tip[1]],
      ['L', back[0] - side[0] * half, back[1] - side[1] * half],
    ] as const
    surface.stroke(wings, style)
  }
}
