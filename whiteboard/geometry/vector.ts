import type { Radians, Vec } from './types.ts'

export const add = (a: Vec, b: Vec): Vec => [a[0] + b[0], a[1] + b[1]]

export const subtract = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1]]

export const distance = (a: Vec, b: Vec): number => Math.hypot(a[0] - b[0], a[1] - b[1])

/** The point at `part` of the way from `a` to `b`: 0 is `a`, 1 is `b`. */
export const interpolate = (a: Vec, b: Vec, part: number): Vec => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
]

/** The unit vector from `from` towards `to`; zero where they are the same. */
export const direction = (from: Vec, to: Vec): Vec => {
  const length = distance(from, to) || 1
  return [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
}

/** Turns `point` round `center`, clockwise on screen. */
export const rotateAround = (point: Vec, center: Vec, angle: Radians | number): Vec => {
  if (angle === 0) return point
  const cosine = Math.cos(angle)
  const sine = Math.sin(angle)
  const x = point[0] - center[0]
  const y = point[1] - center[1]
  return [center[0] + x * cosine - y * sine, center[1] + x * sine + y * cosine]
}

/** The direction from `from` to `to`: 0 is right, a quarter turn is down. */
export const angleOf = (from: Vec, to: Vec): Radians =>
  Math.atan2(to[1] - from[1], to[0] - from[0]) as Radians

/** The same direction from 0 up to, but not including, a full turn. */
export const normalizeAngle = (angle: number): Radians => {
  const turn = 2 * Math.PI
  const rest = ((angle % turn) + turn) % turn
  return (rest === turn ? 0 : rest) as Radians
}

/** The multiple of `step` nearest to `angle`; by default of 15 degrees. */
export const alignedAngle = (angle: number, step: number = Math.PI / 12): Radians =>
  (Math.round(angle / step) * step) as Radians

/** `to`, moved to the nearest direction of whole `step`s as seen from `from`, at the same distance. */
export const alignedPoint = (from: Vec, to: Vec, step: number = Math.PI / 12): Vec => {
  const angle = alignedAngle(angleOf(from, to), step)
  const reach = distance(from, to)
  return [from[0] + Math.cos(angle) * reach, from[1] + Math.sin(angle) * reach]
}
