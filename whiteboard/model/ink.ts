import { clamp } from '../geometry/clamp.ts'
import type { Box } from '../geometry/types.ts'
import { type Reader, reader, writeSigned, writeUnsigned } from './varints.ts'

/** A point of a stroke in the element's own coordinates, with pressure from 0 to 1. */
export type InkPoint = readonly [x: number, y: number, pressure: number]

/** Points of one stroke that are stored and read. */
export const MAX_INK_POINTS = 20_000

/** Steps per board unit: a stroke is exact to a 32nd of a unit. */
const STEPS = 16
/** Pressure has so many steps above 0. */
const PRESSURE_STEPS = 127
/** Coordinates beyond this many steps are no stroke. */
const MAX_STEPS = 1_000_000 * STEPS
const VERSION = 1
const EVEN = 0
const VARIED = 1

/**
 * Packs a stroke: a version byte, a byte that says whether pressure varies, the number of points, then for each point
 * the change of its step in x and y (second differences, of a steady hand mostly one byte each), then pressures: one
 * for all, or the change at each point. All numbers are zigzag varints. At most `MAX_INK_POINTS` points are kept.
 */
export const encodeInk = (points: readonly InkPoint[]): Uint8Array => {
  const kept = points.slice(0, MAX_INK_POINTS)
  const pressures = kept.map((point) => Math.round(clamp(point[2] || 0, 0, 1) * PRESSURE_STEPS))
  const varied = pressures.some((pressure) => pressure !== pressures[0])
  const bytes: number[] = [VERSION, varied ? VARIED : EVEN]
  writeUnsigned(bytes, kept.length)
  const x = differences((value) => writeSigned(bytes, value))
  const y = differences((value) => writeSigned(bytes, value))
  for (const point of kept) {
    x(toSteps(point[0]))
    y(toSteps(point[1]))
  }
  let previous = 0
  for (const pressure of varied ? pressures : pressures.slice(0, 1)) {
    writeSigned(bytes, pressure - previous)
    previous = pressure
  }
  return Uint8Array.from(bytes)
}

/** The points of a packed stroke; none for bytes that are not exactly one. */
export const decodeInk = (bytes: Uint8Array): InkPoint[] => {
  const read = reader(bytes)
  if (read.byte() !== VERSION) return []
  const kind = read.byte()
  const count = read.unsigned()
  if (kind > VARIED || count > MAX_INK_POINTS || count * 2 > bytes.length) return []
  const steps = readSteps(read, count)
  const pressures = readPressures(read, kind === VARIED ? count : Math.min(1, count))
  if (steps === null || pressures === null || read.failed || !read.done) return []
  return steps.map(([x, y], index): InkPoint => {
    const pressure = pressures[kind === VARIED ? index : 0] ?? 0
    return [x / STEPS, y / STEPS, pressure / PRESSURE_STEPS]
  })
}

/** About where a stroke goes: some of its points, as x and y by turns, and the box of all of them. */
export interface InkSketch {
  readonly coordinates: readonly number[]
  readonly box: Box
}

/** Reads no more of a packed stroke than it takes to draw it from afar; null for bytes that are none. */
export const sketchInk = (bytes: Uint8Array, most: number): InkSketch | null => {
  const read = reader(bytes)
  const [version, kind, count] = [read.byte(), read.byte(), read.unsigned()]
  if (version !== VERSION || kind > VARIED || count === 0 || count > MAX_INK_POINTS) return null
  if (count * 2 > bytes.length) return null
  const every = Math.max(1, Math.ceil((count - 1) / (most - 1)))
  const coordinates: number[] = []
  let [x, y, stepX, stepY] = [0, 0, 0, 0]
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let index = 0; index < count; index++) {
    stepX += read.signed()
    stepY += read.signed()
    x += stepX
    y += stepY
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
    if (index % every === 0 || index === count - 1) coordinates.push(x / STEPS, y / STEPS)
  }
  if (read.failed || Math.max(-minX, -minY, maxX, maxY) > MAX_STEPS) return null
  const box = { minX: minX / STEPS, minY: minY / STEPS, maxX: maxX / STEPS, maxY: maxY / STEPS }
  return { coordinates, box }
}

const toSteps = (value: number): number =>
  Number.isFinite(value) ? clamp(Math.round(value * STEPS), -MAX_STEPS, MAX_STEPS) : 0

/** Takes values one by one and gives on how their step from one to the next changes. */
const differences = (write: (value: number) => void): ((value: number) => void) => {
  let previous = 0
  let step = 0
  return (value) => {
    write(value - previous - step)
    step = value - previous
    previous = value
  }
}

const readSteps = (read: Reader, count: number): [number, number][] | null => {
  const steps: [number, number][] = []
  let [x, y, stepX, stepY] = [0, 0, 0, 0]
  for (let index = 0; index < count; index++) {
    stepX += read.signed()
    stepY += read.signed()
    x += stepX
    y += stepY
    if (read.failed || Math.abs(x) > MAX_STEPS || Math.abs(y) > MAX_STEPS) return null
    steps.push([x, y])
  }
  return steps
}

const readPressures = (read: Reader, count: number): number[] | null => {
  const pressures: number[] = []
  let pressure = 0
  for (let index = 0; index < count; index++) {
    pressure += read.signed()
    if (pressure < 0 || pressure > PRESSURE_STEPS) return null
    pressures.push(pressure)
  }
  return pressures
}
