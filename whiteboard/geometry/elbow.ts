import { expand } from './box.ts'
import { PriorityQueue } from './priority-queue.ts'
import type { Box, Vec } from './types.ts'

/** A compass direction: y goes downwards, so north is up. */
export type Heading = 'n' | 'e' | 's' | 'w'

/** A place where a route may begin, and the direction in which it leaves there; null for any. */
export interface ElbowExit {
  readonly at: Vec
  /** Where the line begins, straight behind `at` and within the box, which it may cross up to there. Absent: at `at`. */
  readonly tip?: Vec
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
const ELBOW_MARGIN = 36

/** Board units between two boxes from which on a route bends there: its ends would be too short for heads in less. */
const LEAST_ROOM = 24

/** What a bend costs, as a length in board units. */
const BEND = 50
/** What a bend costs beside the middle of the room between both ends: it only decides between routes that are equal otherwise. */
const OFF_MIDDLE = 1
/** How many times its length a piece costs in addition that runs closer along a box than this part of the margin. */
const CLOSE = 1
const CLOSE_WITHIN = 0.6
/** How many times its length a piece costs that runs through a box: more than any way round it. */
const CROSSING = 1000
const SAME = 0.01

const HEADINGS: readonly Heading[] = ['n', 'e', 's', 'w']
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
  if (a[1] + LEAST_ROOM <= b[0]) return [(a[1] + b[0]) / 2]
  return b[1] + LEAST_ROOM <= a[0] ? [(b[1] + a[0]) / 2] : []
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
      const number = numberOf(heading)
      if (heading !== null && number % 2 !== axis)
        values.push(at[axis] + (number === 1 || number === 2 ? margin : -margin))
    }
    if (box && axis === 0) values.push(box.minX - margin, box.maxX + margin)
    if (box && axis === 1) values.push(box.minY - margin, box.maxY + margin)
  }
  for (const segment of fixed) if ((segment.axis === 'x') === (axis === 0)) values.push(segment.at)
  values.sort((a, b) => a - b)
  const at = values.filter((value, index) => index === 0 || value - (values[index - 1] ?? 0) > SAME)
  return { at, middle: new Set(middles.map((value) => indexOf(at, value))) }
}

/** How long the part of a piece from `from` to `to` is that lies inside of a box, at `across` on the other axis. */
const lengthInside = (box: Box, level: boolean, across: number, from: number, to: number): number => {
  if (level) {
    if (across <= box.minY || across >= box.maxY) return 0
    return Math.max(0, Math.min(to, box.maxX) - Math.max(from, box.minX))
  }
  if (across <= box.minX || across >= box.maxX) return 0
  return Math.max(0, Math.min(to, box.maxY) - Math.max(from, box.minY))
}

interface Goal {
  readonly column: number
  readonly row: number
  /** The heading in which the route arrives. */
  readonly heading: number
}

/**
 * The search for one route (A*): a state is a crossing of two lines, the heading in which it was reached and the number
 * of fixed segments behind it, as one number. Its arrays are read where they were written: no index is out of range.
 */
class Search {
  readonly #xs: readonly number[]
  readonly #ys: readonly number[]
  readonly #middleColumns: ReadonlySet<number>
  readonly #middleRows: ReadonlySet<number>
  readonly #fixed: readonly FixedSegment[]
  readonly #fixedLines: readonly number[]
  readonly #start: ElbowEnd
  readonly #goals: readonly Goal[]
  /** What the piece costs that leads from a crossing to the right, and down. */
  readonly #level: Float64Array
  readonly #upright: Float64Array
  readonly #cost: Float64Array
  readonly #before: Int32Array
  readonly #done: Uint8Array
  readonly #queue = new PriorityQueue()

  constructor(start: ElbowEnd, end: ElbowEnd, fixed: readonly FixedSegment[], margin: number) {
    const columns = linesOf(start, end, fixed, margin, 0)
    const rows = linesOf(start, end, fixed, margin, 1)
    this.#start = start
    this.#fixed = fixed
    this.#xs = columns.at
    this.#ys = rows.at
    this.#middleColumns = columns.middle
    this.#middleRows = rows.middle
    this.#fixedLines = fixed.map(({ axis, at }) => indexOf((axis === 'x' ? columns : rows).at, at))
    this.#goals = end.exits.map(({ at, heading }) => ({
      column: indexOf(columns.at, at[0]),
      row: indexOf(rows.at, at[1]),
      heading: opposite(numberOf(heading)),
    }))
    const nodes = columns.at.length * rows.at.length
    const states = nodes * 5 * (fixed.length + 1)
    this.#level = new Float64Array(nodes)
    this.#upright = new Float64Array(nodes)
    this.#cost = new Float64Array(states).fill(Number.POSITIVE_INFINITY)
    this.#before = new Int32Array(states).fill(-1)
    this.#done = new Uint8Array(states)
    this.#price(
      [start.box, end.box].filter((box) => box !== null),
      margin,
    )
  }

  /** The crossings that the cheapest route passes; null when there is none. */
  run(): Vec[] | null {
    for (const { at, heading } of this.#start.exits) {
      const state = (indexOf(this.#ys, at[1]) * this.#xs.length + indexOf(this.#xs, at[0])) * 5 + ANY
      this.#cost[state] = 0
      if (heading === null) this.#queue.push(state, 0)
      else this.#leave(state, numberOf(heading))
    }
    while (this.#queue.size > 0) {
      const state = this.#queue.pop()
      if (this.#done[state] === 1) continue
      this.#done[state] = 1
      if (this.#isGoal(state)) return this.#trace(state)
      const heading = state % 5
      for (let next = 0; next < 4; next++) {
        if (heading === ANY || next !== (heading + 2) % 4) this.#leave(state, next)
      }
    }
    return null
  }

  #price(boxes: readonly Box[], margin: number): void {
    const near = boxes.map((box) => expand(box, margin * CLOSE_WITHIN))
    const price = (level: boolean, across: number, from: number, to: number): number => {
      let cost = to - from
      for (const box of near) cost += lengthInside(box, level, across, from, to) * CLOSE
      for (const box of boxes) cost += lengthInside(box, level, across, from, to) * CROSSING
      return cost
    }
    const width = this.#xs.length
    this.#ys.forEach((y, row) => {
      this.#xs.forEach((x, column) => {
        const [right, below] = [this.#xs[column + 1], this.#ys[row + 1]]
        if (right !== undefined) this.#level[row * width + column] = price(true, y, x, right)
        if (below !== undefined) this.#upright[row * width + column] = price(false, x, y, below)
      })
    })
  }

  /** Takes one step from a state in a direction, if there is a line to step to. */
  #leave(state: number, heading: number): void {
    const width = this.#xs.length
    const nodes = width * this.#ys.length
    const node = Math.floor(state / 5) % nodes
    const passed = Math.floor(state / 5 / nodes)
    const column = node % width
    const row = (node - column) / width
    const isLevel = heading % 2 === 1
    const step = heading === 1 || heading === 2 ? 1 : -1
    const place = (isLevel ? column : row) + step
    if (place < 0 || place >= (isLevel ? width : this.#ys.length)) return
    const next = isLevel ? node + step : node + step * width
    const line = isLevel ? row : column
    const isFixed = this.#fixed[passed]?.axis === (isLevel ? 'y' : 'x') && this.#fixedLines[passed] === line
    const reached = ((isFixed ? passed + 1 : passed) * nodes + next) * 5 + heading
    const prices = isLevel ? this.#level : this.#upright
    const price = prices[step === 1 ? node : next] as number
    const cost = (this.#cost[state] as number) + price + this.#bend(state % 5, heading, line)
    if (cost >= (this.#cost[reached] as number)) return
    this.#cost[reached] = cost
    this.#before[reached] = state
    this.#done[reached] = 0
    this.#queue.push(reached, cost + this.#atLeast(next, heading))
  }

  #bend(from: number, heading: number, line: number): number {
    if (from === ANY || from === heading) return 0
    const middles = heading % 2 === 1 ? this.#middleRows : this.#middleColumns
    return middles.has(line) ? BEND : BEND + OFF_MIDDLE
  }

  /** What the rest of a route costs at least. */
  #atLeast(node: number, heading: number): number {
    const column = node % this.#xs.length
    const row = (node - column) / this.#xs.length
    let least = Number.POSITIVE_INFINITY
    for (const goal of this.#goals) {
      const dx = (this.#xs[goal.column] as number) - (this.#xs[column] as number)
      const dy = (this.#ys[goal.row] as number) - (this.#ys[row] as number)
      const isStraight =
        heading % 2 === 1 ? dy === 0 && dx * (2 - heading) >= 0 : dx === 0 && dy * (heading - 1) >= 0
      least = Math.min(least, Math.abs(dx) + Math.abs(dy) + (isStraight ? 0 : BEND))
    }
    return least
  }

  #isGoal(state: number): boolean {
    const nodes = this.#xs.length * this.#ys.length
    const node = Math.floor(state / 5) % nodes
    const heading = state % 5
    if (heading === ANY || Math.floor(state / 5 / nodes) < this.#fixed.length) return false
    return this.#goals.some(
      (goal) =>
        goal.row * this.#xs.length + goal.column === node &&
        (goal.heading === heading || goal.heading === ANY),
    )
  }

  #trace(goal: number): Vec[] {
    const width = this.#xs.length
    const nodes = width * this.#ys.length
    const points: Vec[] = []
    for (let state = goal; state !== -1; state = this.#before[state] as number) {
      const node = Math.floor(state / 5) % nodes
      points.push([this.#xs[node % width] as number, this.#ys[Math.floor(node / width)] as number])
    }
    return points.reverse()
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
  const found = new Search(start, end, fixed, fittingMargin(start.box, end.box, margin)).run()
  if (!found || found.length < 2) return plain(start, end)
  const corners = cornersOf(found)
  const [from, to] = [corners[0] as Vec, corners.at(-1) as Vec]
  return [tipAt(from, start), ...corners.slice(1, -1), tipAt(to, end)]
}

const tipAt = (at: Vec, { exits }: ElbowEnd): Vec => {
  const isThere = (exit: ElbowExit): boolean =>
    Math.abs(exit.at[0] - at[0]) <= SAME && Math.abs(exit.at[1] - at[1]) <= SAME
  return exits.find(isThere)?.tip ?? at
}

/** Between boxes that stand near each other, a route keeps to the middle; round those that it has no room between, it goes. */
const fittingMargin = (one: Box | null, other: Box | null, margin: number): number => {
  if (!one || !other) return margin
  const across = Math.max(other.minX - one.maxX, one.minX - other.maxX)
  const down = Math.max(other.minY - one.maxY, one.minY - other.maxY)
  const apart = Math.max(across, down)
  return apart > LEAST_ROOM ? Math.min(apart / 2, margin) : margin
}

/** An end that nothing is at. */
export const freeEnd = (at: Vec): ElbowEnd => ({ exits: [{ at, heading: null }], box: null })

/** Whether all pieces between these points are upright or level. */
export const isOrthogonal = (points: readonly Vec[]): boolean =>
  points.every((point, index) => {
    const before = points[index - 1] ?? point
    return Math.abs(before[0] - point[0]) <= SAME || Math.abs(before[1] - point[1]) <= SAME
  })
