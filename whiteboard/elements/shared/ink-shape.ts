import { getStroke, getStrokeOutlinePoints, getStrokePoints } from 'perfect-freehand'
import type { Vec } from '../../geometry/types.ts'
import { distance } from '../../geometry/vector.ts'
import type { Color, Element, PenWidth } from '../../model/element.ts'
import { isEqual } from '../../model/heal.ts'
import type { InkPoint } from '../../model/ink.ts'
import { cutsOf, type InkInterval, remainingParts } from '../../model/ink-cuts.ts'
import { breadthOf, inkPointAt, partOfInk, strokePoints } from '../../model/ink-pieces.ts'
import { createRecent } from '../../model/recent.ts'
import type { Path } from '../../model/surface.ts'
import { dot, smoothLine, smoothOutline } from './ink-paths.ts'
import { type Sample, sampled } from './ink-samples.ts'

/** A stroke of packed points, with what decides how it looks. */
export interface Stroke extends Element {
  readonly stroke: Color
  readonly strokeWidth: number
  readonly penWidth: PenWidth
  /** How far the line goes its own, smoother way beside the hand's: 0 to 1. */
  readonly streamline: number
  /** Whether a slow hand makes the line broader; null where the points tell by having no pressure of their own. */
  readonly simulatePressure: boolean | null
  /** Packed points with pressure (`model/ink.ts`); drawn scaled by size / extents. */
  readonly ink: Uint8Array
}

/** One connected piece of a stroke as it is drawn, in the element's coordinates. */
export interface PieceShape {
  /** What to fill; null for a stroke of one breadth, which is drawn along its line. */
  readonly outline: Path | null
  /** The smoothed line in its middle; empty where there is an outline. */
  readonly line: Path
}

/** A stroke as it is drawn: one piece, or what is left of it. */
export interface InkShape {
  readonly pieces: readonly PieceShape[]
  /** The pen's full breadth, in board units. */
  readonly breadth: number
}

/** What a shape depends on beside the stored points. */
type Form = readonly unknown[]

/** Commands of paths that are kept: enough for some hundred strokes, which is more than are in view at once. */
const KEPT_COMMANDS = 60_000

/** By the stored bytes: they are shared by all versions of an element that only moves. */
const shapes = createRecent<Uint8Array, { readonly form: Form; readonly shape: InkShape }>(KEPT_COMMANDS)

const NO_LINE: Path = []

/** Pressure that devices without any report. */
const NO_PRESSURE = 0.5

/** How much thinner a light hand draws. */
const THINNING = 0.55
/** How much the outline is evened out. */
const SMOOTHING = 0.6
/** A dot is a little finer than a line drawn slowly, as on paper. */
const DOT = 0.8

const eased = (pressure: number): number => Math.sin((pressure * Math.PI) / 2)

const hasPressure = (points: readonly InkPoint[]): boolean =>
  points.some((point) => Math.abs(point[2] - NO_PRESSURE) > 0.02)

/** Breadths of the pen between two points beyond which more are put between them. */
const STEP = 0.8

const placeOf = ([x, y]: readonly [number, number, ...unknown[]]): Vec => [x, y]

/** Points of one outline; sharp turns make many, and a scribble of nothing else has hundreds of thousands. */
const MOST_OUTLINE = 50_000

/** An outline of too many points with fewer of those that lie close together. */
const thinned = (outline: readonly Vec[], breadth: number): readonly Vec[] => {
  let kept = outline
  for (let apart = breadth / 8; kept.length > MOST_OUTLINE && apart < breadth; apart *= 2) {
    let last: Vec | null = null
    kept = kept.filter((point) => {
      if (last && distance(last, point) < apart) return false
      last = point
      return true
    })
  }
  return kept
}

const lengthOf = (points: readonly Vec[]): number =>
  points.reduce((length, [x, y], index) => {
    const [fromX, fromY] = points[index - 1] ?? [x, y]
    return length + Math.hypot(x - fromX, y - fromY)
  }, 0)

const outlineOptions = (breadth: number, streamline: number, simulatePressure: boolean) => ({
  size: breadth,
  thinning: THINNING,
  smoothing: SMOOTHING,
  streamline,
  simulatePressure,
  easing: eased,
  start: { cap: true },
  end: { cap: true },
  last: true,
})

const dotOf = ([x, y, pressure]: InkPoint, breadth: number): Path =>
  dot([x, y], breadth * DOT * eased(0.5 - THINNING * (0.5 - pressure)))

/** How quickly simulated pressure follows the hand's speed. */
const PRESSURE_CHANGE = 0.275

/** The pressure that goes with a step of `distance`, as perfect-freehand simulates it: a quick hand presses less. */
const simulated = (before: number, distance: number, breadth: number): number => {
  const speed = Math.min(1, distance / breadth)
  return Math.min(1, before + (1 - speed - before) * speed * PRESSURE_CHANGE)
}

/** A point of the smoothed stroke with the pressure that it is drawn with. */
interface Step {
  readonly point: [number, number]
  readonly pressure: number
  readonly vector: [number, number]
  readonly distance: number
  readonly runningLength: number
  /** Its place among the points that were drawn. */
  readonly at: number
}

/** The whole stroke as the outline of a part of it goes along it: a cut changes nothing of what is left. */
const stepsOf = (stroke: Stroke, samples: readonly Sample[], breadth: number, simulate: boolean): Step[] => {
  // The library hands pressures through untouched: here they are numbers of samples, to know each point again.
  const numbered = samples.map(([x, y], index) => [x, y, index])
  const smoothed = getStrokePoints(numbered, outlineOptions(breadth, stroke.streamline, simulate))
  let pressure = NO_PRESSURE
  for (const { distance } of smoothed.slice(0, 10)) {
    pressure = (pressure + simulated(pressure, distance, breadth)) / 2
  }
  return smoothed.map(({ pressure: number, ...step }) => {
    const sample = samples[Math.round(number)]
    pressure = simulated(pressure, step.distance, breadth)
    return {
      ...step,
      point: [step.point[0] ?? 0, step.point[1] ?? 0],
      pressure: simulate ? pressure : (sample?.[2] ?? NO_PRESSURE),
      at: sample?.[3] ?? 0,
    }
  })
}

/** The number of the first step at or after a place, or beyond it; steps go along the stroke. */
const stepFrom = (steps: readonly Step[], place: number, beyond = false): number => {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const at = steps[middle]?.at ?? 0
    if (beyond ? at > place : at >= place) high = middle
    else low = middle + 1
  }
  return low
}

/** The steps of one part, beginning and ending just where it does. */
const stepsWithin = (steps: readonly Step[], [from, to]: InkInterval): Step[] => {
  const inner = steps.slice(stepFrom(steps, from), stepFrom(steps, to, true))
  const ends = [endStep(steps, from), ...inner, endStep(steps, to)].filter((step) => step !== null)
  let length = 0
  return ends.map((step, index) => {
    const before = ends[index - 1] ?? step
    const stepped = distance(before.point, step.point)
    length += stepped
    return { ...step, distance: stepped, runningLength: length }
  })
}

const endStep = (steps: readonly Step[], at: number): Step | null => {
  const next = stepFrom(steps, at)
  const [before, after] = [steps[next - 1], steps[next]]
  if (!before || !after || after.at === at) return null
  const part = (at - before.at) / (after.at - before.at)
  const between = (axis: 0 | 1): number =>
    before.point[axis] + (after.point[axis] - before.point[axis]) * part
  return {
    ...after,
    point: [between(0), between(1)],
    pressure: before.pressure + (after.pressure - before.pressure) * part,
    at,
  }
}

/** Breadths of the pen between points of a line of one breadth. */
const EVEN_STEP = 1.5

const evenPieces = (
  stroke: Stroke,
  points: readonly InkPoint[],
  parts: readonly InkInterval[],
  breadth: number,
): PieceShape[] => {
  const samples = sampled(points, Math.max(2, breadth * EVEN_STEP))
  const follow = 0.15 + (1 - stroke.streamline) * 0.85
  let [shownX = 0, shownY = 0] = samples[0] ?? []
  const smoothed = samples.map(([x, y, pressure, at], index): Step => {
    const part = index === samples.length - 1 ? 1 : follow
    shownX += (x - shownX) * part
    shownY += (y - shownY) * part
    return { point: [shownX, shownY], pressure, at, vector: [0, 0], distance: 0, runningLength: 0 }
  })
  return parts.map((part) => {
    const line = stepsWithin(smoothed, part).map(({ point }) => point)
    return { outline: null, line: smoothLine(line) }
  })
}

const variablePieces = (
  stroke: Stroke,
  points: readonly InkPoint[],
  parts: readonly InkInterval[],
  breadth: number,
): PieceShape[] => {
  const samples = sampled(points, Math.max(1, breadth * STEP))
  const simulate = stroke.simulatePressure ?? !hasPressure(points)
  const isWhole = parts.length === 1 && parts[0]?.[0] === 0 && parts[0]?.[1] === points.length - 1
  if (isWhole) {
    const outline = getStroke(
      samples.map(([x, y, pressure]) => [x, y, pressure]),
      outlineOptions(breadth, stroke.streamline, simulate),
    )
    return [{ outline: smoothOutline(thinned(outline as readonly Vec[], breadth)), line: NO_LINE }]
  }
  const steps = stepsOf(stroke, samples, breadth, simulate)
  return parts.map((part) => {
    const middle = partOfInk(points, part).map(placeOf)
    const within = stepsWithin(steps, part)
    if (within.length < 3 || lengthOf(middle) < breadth * 0.5) {
      const [x = 0, y = 0] = inkPointAt(points, (part[0] + part[1]) / 2) ?? []
      return { outline: dotOf([x, y, within[0]?.pressure ?? NO_PRESSURE], breadth), line: NO_LINE }
    }
    const outline = getStrokeOutlinePoints(within, outlineOptions(breadth, stroke.streamline, false))
    return { outline: smoothOutline(outline as readonly Vec[]), line: NO_LINE }
  })
}

const makeShape = (stroke: Stroke, isEven: boolean): InkShape => {
  const points = strokePoints(stroke)
  const breadth = breadthOf(stroke)
  const parts = remainingParts(cutsOf(stroke), points.length)
  if (parts.length === 0) return { pieces: [], breadth }
  if (isEven) return { pieces: evenPieces(stroke, points, parts, breadth), breadth }
  const extent = Math.max(stroke.size[0], stroke.size[1])
  const [first] = points
  if (first && (points.length < 3 || extent < 1) && extent < breadth * 0.5) {
    return { pieces: [{ outline: dotOf(first, breadth), line: NO_LINE }], breadth }
  }
  return { pieces: variablePieces(stroke, points, parts, breadth), breadth }
}

const weightOf = ({ pieces }: InkShape): number =>
  pieces.reduce((sum, { outline, line }) => sum + (outline ?? line).length, 1)

/** The shape of what is left of a stroke, drawn into its box; `isEven` where pressure makes no difference. */
export const inkShape = (stroke: Stroke, isEven: boolean): InkShape => {
  const { ink, size, streamline, simulatePressure } = stroke
  const form = [size[0], size[1], breadthOf(stroke), isEven, streamline, simulatePressure, cutsOf(stroke)]
  const known = shapes.get(ink, '')
  if (known && isEqual(known.form, form)) return known.shape
  const shape = makeShape(stroke, isEven)
  shapes.set(ink, '', { form, shape }, weightOf(shape))
  return shape
}
