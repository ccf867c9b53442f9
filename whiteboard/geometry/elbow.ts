import { expand } from './box.ts'
import type { Box, Vec } from './types.ts'

/** A compass direction: y goes downwards, so north is up. */
export type Heading = 'n' | 'e' | 's' | 'w'

/** A place where a route may begin, and the direction in which it leaves there; null for any. */
export interface ElbowExit {
  readonly at: Vec
  readonly heading: Heading | null
}

export interface ElbowEnd {
  /** The route takes the best of them. At least one. */
  readonly exits: readonly ElbowExit[]
  /** What it must not cross; null at a free end. */
  readonly box: Box | null
}

/** A piece of the route that stays on a line: `x` for an upright one at this x, `y` for a level one at this y. */
export interface FixedSegment {
  readonly axis: 'x' | 'y'
  readonly at: number
}

/** Board units that a route keeps from the boxes it goes round, where there is room. */
export const ELBOW_MARGIN = 24

/** What a bend costs, as a length in board units. */
const BEND = 50
/** What a bend costs beside the middle of the room between both ends: it only decides between routes that are equal otherwise. */
const OFF_MIDDLE = 1
/** How many times its length a piece costs that runs close along a box. */
const CLOSE = 2
/** How many times its length a piece costs that runs through a box: more than any way round it. */
const CROSSING = 1000
const SAME = 0.01

const HEADINGS: readonly Heading[] = ['n', 'e', 's', 'w']
const STEP: readonly Vec[] = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
]

/** Start of a search that has no heading yet. */
const ANY = 4

const numberOf = (heading: Heading | null): number => (heading === null ? ANY : HEADINGS.indexOf(heading))
const opposite = (heading: number): number => (heading === ANY ? ANY : (heading + 2) % 4)

/** The coordinates at which a route may bend, along one axis. */
interface Lines {
  readonly at: readonly number[]
  /** Those in the middle between both ends. */
  readonly middle: ReadonlySet<number>
}

const middlesOf = (start: ElbowEnd, end: ElbowEnd, axis: 0 | 1): number[] => {
  const range = ({ box, exits }: ElbowEnd): Vec => {
    if (box) return axis === 0 ? [box.minX, box.maxX] : [box.minY, box.maxY]
    const at = exits[0]?.at[axis] ?? 0
    return [at, at]
  }
  const [a, b] = [range(start), range(end)]
  if (a[1] <= b[0]) return [(a[1] + b[0]) / 2]
  return b[1] <= a[0] ? [(b[1] + a[0]) / 2] : []
}

const indexOf = (lines: readonly number[], value: number): number =>
  lines.findIndex((line) => Math.abs(line - value) <= SAME)

const linesOf = (
  start: ElbowEnd,
  end: ElbowEnd,
  fixed: readonly FixedSegment[],
  margin: number,
  axis: 0 | 1,
): Lines => {
  const middles = middlesOf(start, end, axis)
  const values = [...middles]
  for (const { exits, box } of [start, end]) {
    for (const { at, heading } of exits) {
      values.push(at[axis])
      const step = STEP[numberOf(heading)]?.[axis] ?? 0
      if (step !== 0) values.push(at[axis] + step * margin)
    }
    if (box && axis === 0) values.push(box.minX - margin, box.maxX + margin)
    if (box && axis === 1) values.push(box.minY - margin, box.maxY + margin)
  }
  for (const segment of fixed) if ((segment.axis === 'x') === (axis === 0)) values.push(segment.at)
  values.sort((a, b) => a - b)
  const at = values.filter((value, index) => index === 0 || value - (values[index - 1] ?? 0) > SAME)
  return { at, middle: new Set(middles.map((value) => indexOf(at, value))) }
}

/** How long the part of an upright or level piece is that lies inside of a box. */
const lengthInside = (box: Box, a: Vec, b: Vec): number => {
  const width = Math.min(Math.max(a[0], b[0]), box.maxX) - Math.max(Math.min(a[0], b[0]), box.minX)
  const height = Math.min(Math.max(a[1], b[1]), box.maxY) - Math.max(Math.min(a[1], b[1]), box.minY)
  if (a[0] === b[0]) return a[0] > box.minX && a[0] < box.maxX ? Math.max(0, height) : 0
  return a[1] > box.minY && a[1] < box.maxY ? Math.max(0, width) : 0
}

/** States that wait for their turn, cheapest first; of equal ones, the one that came first. */
class Queue {
  readonly #heap: { readonly state: number; readonly cost: number; readonly turn: number }[] = []
  #turns = 0

  push(state: number, cost: number): void {
    const heap = this.#heap
    const entry = { state, cost, turn: this.#turns++ }
    let index = heap.length
    heap.push(entry)
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#before(index, parent)) break
      this.#swap(index, parent)
      index = parent
    }
  }

  pop(): { readonly state: number; readonly cost: number } | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (heap.length === 0 || last === undefined) return first
    heap[0] = last
    let index = 0
    for (;;) {
      const left = 2 * index + 1
      const child = left + 1 < heap.length && this.#before(left + 1, left) ? left + 1 : left
      if (child >= heap.length || !this.#before(child, index)) return first
      this.#swap(index, child)
      index = child
    }
  }

  #before(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]]
    if (!one || !other) return false
    return one.cost < other.cost || (one.cost === other.cost && one.turn < other.turn)
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap
    const [one, other] = [heap[a], heap[b]]
    if (one && other) [heap[a], heap[b]] = [other, one]
  }
}

/**
 * The search for one route: a state is a crossing of two lines, the heading in which it was reached and the number of
 * fixed segments behind it.
 */
class Search {
  readonly #columns: Lines
  readonly #rows: Lines
  readonly #fixed: readonly FixedSegment[]
  readonly #fixedLines: readonly number[]
  readonly #boxes: readonly Box[]
  readonly #near: readonly Box[]
  readonly #start: ElbowEnd
  readonly #goals = new Map<number, ReadonlySet<number>>()
  readonly #cost: Float64Array
  readonly #before: Int32Array
  readonly #queue = new Queue()

  constructor(start: ElbowEnd, end: ElbowEnd, fixed: readonly FixedSegment[], margin: number) {
    this.#start = start
    this.#fixed = fixed
    this.#columns = linesOf(start, end, fixed, margin, 0)
    this.#rows = linesOf(start, end, fixed, margin, 1)
    this.#fixedLines = fixed.map(({ axis, at }) =>
      indexOf((axis === 'x' ? this.#columns : this.#rows).at, at),
    )
    this.#boxes = [start.box, end.box].filter((box) => box !== null)
    this.#near = this.#boxes.map((box) => expand(box, margin - 1))
    const states = this.#columns.at.length * this.#rows.at.length * 5 * (fixed.length + 1)
    this.#cost = new Float64Array(states).fill(Number.POSITIVE_INFINITY)
    this.#before = new Int32Array(states).fill(-1)
    for (const { at, heading } of end.exits) this.#addGoal(this.#node(at), opposite(numberOf(heading)))
  }

  /** The crossings that the cheapest route passes; null when there is none. */
  run(): Vec[] | null {
    for (const { at, heading } of this.#start.exits) {
      this.#reach(this.#state(this.#node(at), ANY, 0), 0, -1, numberOf(heading))
    }
    for (let next = this.#queue.pop(); next; next = this.#queue.pop()) {
      const { state, cost } = next
      if (cost > (this.#cost[state] ?? 0)) continue
      if (this.#isGoal(state)) return this.#trace(state)
      this.#expand(state, cost)
    }
    return null
  }

  /** With `only`, the one heading in which the route may leave its first crossing. */
  #reach(state: number, cost: number, from: number, only = ANY): void {
    if (cost >= (this.#cost[state] ?? 0) && from !== -1) return
    this.#cost[state] = cost
    this.#before[state] = from
    if (only === ANY) this.#queue.push(state, cost)
    else this.#leave(state, cost, only)
  }

  #expand(state: number, cost: number): void {
    const heading = this.#headingOf(state)
    for (let next = 0; next < 4; next++) {
      if (heading === ANY || next !== opposite(heading)) this.#leave(state, cost, next)
    }
  }

  #leave(state: number, cost: number, heading: number): void {
    const node = this.#nodeOf(state)
    const width = this.#columns.at.length
    const [column, row] = [node % width, Math.floor(node / width)]
    const [dx, dy] = STEP[heading] ?? [0, 0]
    const [nextColumn, nextRow] = [column + dx, row + dy]
    if (this.#columns.at[nextColumn] === undefined || this.#rows.at[nextRow] === undefined) return
    const passed = this.#passedOf(state)
    const line = dx === 0 ? column : row
    const isFixed = this.#fixed[passed]?.axis === (dx === 0 ? 'x' : 'y') && this.#fixedLines[passed] === line
    const next = this.#state(nextRow * width + nextColumn, heading, isFixed ? passed + 1 : passed)
    const from = this.#headingOf(state)
    const bends = from !== ANY && from !== heading
    const middle = (dx === 0 ? this.#columns : this.#rows).middle.has(line)
    const bend = bends ? BEND + (middle ? 0 : OFF_MIDDLE) : 0
    this.#reach(
      next,
      cost + bend + this.#price(this.#point(node), this.#point(nextRow * width + nextColumn)),
      state,
    )
  }

  #price(a: Vec, b: Vec): number {
    const length = Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1])
    let price = length
    for (const box of this.#near) price += lengthInside(box, a, b) * CLOSE
    for (const box of this.#boxes) price += lengthInside(box, a, b) * CROSSING
    return price
  }

  #addGoal(node: number, heading: number): void {
    const headings = new Set(this.#goals.get(node))
    this.#goals.set(node, headings.add(heading))
  }

  #isGoal(state: number): boolean {
    const headings = this.#goals.get(this.#nodeOf(state))
    if (!headings || this.#passedOf(state) < this.#fixed.length) return false
    const heading = this.#headingOf(state)
    return heading !== ANY && (headings.has(heading) || headings.has(ANY))
  }

  #trace(goal: number): Vec[] {
    const points: Vec[] = []
    for (let state = goal; state !== -1; state = this.#before[state] ?? -1) {
      points.unshift(this.#point(this.#nodeOf(state)))
    }
    return points
  }

  #node(at: Vec): number {
    return indexOf(this.#rows.at, at[1]) * this.#columns.at.length + indexOf(this.#columns.at, at[0])
  }

  #point(node: number): Vec {
    const width = this.#columns.at.length
    return [this.#columns.at[node % width] ?? 0, this.#rows.at[Math.floor(node / width)] ?? 0]
  }

  #state(node: number, heading: number, passed: number): number {
    return (passed * this.#columns.at.length * this.#rows.at.length + node) * 5 + heading
  }

  #headingOf(state: number): number {
    return state % 5
  }

  #nodeOf(state: number): number {
    return Math.floor(state / 5) % (this.#columns.at.length * this.#rows.at.length)
  }

  #passedOf(state: number): number {
    return Math.floor(state / 5 / (this.#columns.at.length * this.#rows.at.length))
  }
}

/** Without points in the middle of straight pieces. */
const cornersOf = (points: readonly Vec[]): Vec[] =>
  points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]]
    if (!before || !after) return true
    const level = Math.abs(before[1] - point[1]) <= SAME && Math.abs(point[1] - after[1]) <= SAME
    const upright = Math.abs(before[0] - point[0]) <= SAME && Math.abs(point[0] - after[0]) <= SAME
    return !level && !upright
  })

const plain = (start: ElbowEnd, end: ElbowEnd): Vec[] => {
  const from: Vec = start.exits[0]?.at ?? [0, 0]
  const to: Vec = end.exits[0]?.at ?? [0, 0]
  return cornersOf([from, [to[0], from[1]], to])
}

/**
 * The corners of a route at right angles from one end to the other that goes round what is at its ends, keeps fixed
 * segments in their sequence, bends little and is short: the cheapest way in the grid of lines through the ends, round
 * the boxes and midway between them (A. Wybrow et al., "Orthogonal Connector Routing", 2010). Deterministic. Where there
 * is no way round, it crosses as little as it can.
 */
export const elbowRoute = (
  start: ElbowEnd,
  end: ElbowEnd,
  fixed: readonly FixedSegment[] = [],
  margin = ELBOW_MARGIN,
): Vec[] => {
  const found = new Search(start, end, fixed, margin).run()
  return found && found.length >= 2 ? cornersOf(found) : plain(start, end)
}

/** An end that nothing is at. */
export const freeEnd = (at: Vec): ElbowEnd => ({ exits: [{ at, heading: null }], box: null })

/** Whether all pieces between these points are upright or level. */
export const isOrthogonal = (points: readonly Vec[]): boolean =>
  points.every((point, index) => {
    const before = points[index - 1] ?? point
    return Math.abs(before[0] - point[0]) <= SAME || Math.abs(before[1] - point[1]) <= SAME
  })
