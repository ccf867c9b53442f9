import { clamp } from './clamp.ts'
import type { Box } from './types.ts'

/** Finds things by the boxes they cover. Things are numbered from 0, without large gaps. */
export interface SpatialIndex {
  /** Adds the thing, or moves it to a new box. */
  set(thing: number, box: Box): void
  delete(thing: number): void
  /** Calls `visit` for each thing whose box meets `box`, in no particular order. */
  query(box: Box, visit: (thing: number) => void): void
  box(thing: number): Box | undefined
  /** The smallest box round all; null for none. */
  bounds(): Box | null
  readonly size: number
}

/** The side of the smallest cells, in board units. */
const SMALLEST_CELL = 64
const LEVELS = 20
/** Cells from the origin in each direction; with the smallest ones this reaches 67 million units. */
const FARTHEST_CELL = 2 ** 20

const NONE = -1
/** The level of numbers that stand for nothing. */
const ABSENT = 255
const SMALLEST_CAPACITY = 64

const cellNumber = (value: number, side: number): number =>
  clamp(Math.floor(value / side), -FARTHEST_CELL, FARTHEST_CELL)

/** The lowest level whose cells are at least as large as the box. */
const levelOf = (box: Box): number => {
  const side = Math.max(box.maxX - box.minX, box.maxY - box.minY)
  const level = side <= SMALLEST_CELL ? 0 : Math.ceil(Math.log2(side / SMALLEST_CELL))
  return Math.min(LEVELS - 1, level)
}

const sideOf = (level: number): number => SMALLEST_CELL * 2 ** level

/**
 * A loose grid of several levels (after Thatcher Ulrich, "Loose Octrees", 2000): a thing lies in the one cell that holds
 * its box's centre, on the level whose cells are as large as the box, so it reaches at most half a cell beyond its own.
 * Adding and moving cost the same on any board, and large boxes do not slow down small queries. All of it is in arrays of
 * numbers, so that tens of thousands of boxes are no work for the garbage collector.
 */
export const createSpatialIndex = (): SpatialIndex => new LooseGrid()

class LooseGrid implements SpatialIndex {
  size = 0
  /** Of each thing: its box, and its cell. */
  #boxes = new Float64Array(0)
  #levels = new Uint8Array(0)
  #columns = new Int32Array(0)
  #rows = new Int32Array(0)
  /** Cells are lists, found by a hash of their place; cells of one hash share a list. */
  #heads = new Int32Array(0)
  #next = new Int32Array(0)
  #previous = new Int32Array(0)
  /** How many things there are on each level. */
  readonly #counts = new Int32Array(LEVELS)
  /** One more than the largest number in use so far. */
  #end = 0
  /** Undefined when a change has made it unknown. */
  #bounds: Box | null | undefined = null

  set(thing: number, box: Box): void {
    if (thing >= this.#levels.length) this.#grow(thing + 1)
    const level = levelOf(box)
    const side = sideOf(level)
    const column = cellNumber((box.minX + box.maxX) / 2, side)
    const row = cellNumber((box.minY + box.maxY) / 2, side)
    this.#noteBounds(thing, box)
    const isInPlace =
      this.#levels[thing] === level && this.#columns[thing] === column && this.#rows[thing] === row
    if (!isInPlace) {
      this.#take(thing)
      this.#levels[thing] = level
      this.#columns[thing] = column
      this.#rows[thing] = row
      this.#put(thing)
    }
    const at = 4 * thing
    this.#boxes[at] = box.minX
    this.#boxes[at + 1] = box.minY
    this.#boxes[at + 2] = box.maxX
    this.#boxes[at + 3] = box.maxY
  }

  delete(thing: number): void {
    if (!this.#has(thing)) return
    if (this.#isAtEdge(thing)) this.#bounds = undefined
    this.#take(thing)
    this.#levels[thing] = ABSENT
  }

  query(box: Box, visit: (thing: number) => void): void {
    if (this.#cellsIn(box) > this.size) {
      for (let thing = 0; thing < this.#end; thing++) {
        if (this.#levels[thing] !== ABSENT && this.#meets(thing, box)) visit(thing)
      }
      return
    }
    for (let level = 0; level < LEVELS; level++) {
      if (this.#counts[level] !== 0) this.#queryLevel(level, box, visit)
    }
  }

  box(thing: number): Box | undefined {
    if (!this.#has(thing)) return undefined
    const boxes = this.#boxes
    const at = 4 * thing
    return {
      minX: boxes[at] as number,
      minY: boxes[at + 1] as number,
      maxX: boxes[at + 2] as number,
      maxY: boxes[at + 3] as number,
    }
  }

  bounds(): Box | null {
    if (this.#bounds === undefined) this.#bounds = this.#measure()
    return this.#bounds
  }

  #has(thing: number): boolean {
    return thing < this.#end && this.#levels[thing] !== ABSENT
  }

  #meets(thing: number, box: Box): boolean {
    const boxes = this.#boxes
    const at = 4 * thing
    return (
      (boxes[at] as number) <= box.maxX &&
      (boxes[at + 1] as number) <= box.maxY &&
      (boxes[at + 2] as number) >= box.minX &&
      (boxes[at + 3] as number) >= box.minY
    )
  }

  /** How many cells a query has to look into. */
  #cellsIn(box: Box): number {
    let cells = 0
    for (let level = 0; level < LEVELS; level++) {
      if (this.#counts[level] === 0) continue
      const side = sideOf(level)
      cells += ((box.maxX - box.minX) / side + 2) * ((box.maxY - box.minY) / side + 2)
    }
    return cells
  }

  #queryLevel(level: number, box: Box, visit: (thing: number) => void): void {
    const side = sideOf(level)
    const minColumn = cellNumber(box.minX - side / 2, side)
    const maxColumn = cellNumber(box.maxX + side / 2, side)
    const minRow = cellNumber(box.minY - side / 2, side)
    const maxRow = cellNumber(box.maxY + side / 2, side)
    for (let column = minColumn; column <= maxColumn; column++) {
      for (let row = minRow; row <= maxRow; row++) this.#queryCell(level, column, row, box, visit)
    }
  }

  #queryCell(level: number, column: number, row: number, box: Box, visit: (thing: number) => void): void {
    let thing = this.#heads[this.#hash(level, column, row)] as number
    while (thing !== NONE) {
      const isHere =
        this.#columns[thing] === column && this.#rows[thing] === row && this.#levels[thing] === level
      if (isHere && this.#meets(thing, box)) visit(thing)
      thing = this.#next[thing] as number
    }
  }

  #hash(level: number, column: number, row: number): number {
    const mixed = Math.imul(column, 0x9e3779b1) ^ Math.imul(row, 0x85ebca77) ^ Math.imul(level, 0xc2b2ae3d)
    return (mixed ^ (mixed >>> 15)) & (this.#heads.length - 1)
  }

  #hashOf(thing: number): number {
    return this.#hash(
      this.#levels[thing] as number,
      this.#columns[thing] as number,
      this.#rows[thing] as number,
    )
  }

  /** Puts a thing into the list of its cell. */
  #put(thing: number): void {
    this.#link(thing)
    const level = this.#levels[thing] as number
    this.#counts[level] = (this.#counts[level] as number) + 1
    this.size++
    if (thing >= this.#end) this.#end = thing + 1
  }

  #link(thing: number): void {
    const hash = this.#hashOf(thing)
    const head = this.#heads[hash] as number
    this.#next[thing] = head
    this.#previous[thing] = NONE
    if (head !== NONE) this.#previous[head] = thing
    this.#heads[hash] = thing
  }

  /** Takes a thing out of the list that it is in, if it is in one. */
  #take(thing: number): void {
    const level = this.#levels[thing] as number
    if (level === ABSENT) return
    const [next, previous] = [this.#next[thing] as number, this.#previous[thing] as number]
    if (next !== NONE) this.#previous[next] = previous
    if (previous !== NONE) this.#next[previous] = next
    else this.#heads[this.#hashOf(thing)] = next
    this.#counts[level] = (this.#counts[level] as number) - 1
    this.size--
  }

  /** Bounds grow with what comes; when something at their edge moves in, they are measured anew. */
  #noteBounds(thing: number, box: Box): void {
    const bounds = this.#bounds
    if (bounds === undefined) return
    if (this.#has(thing) && this.#isAtEdge(thing)) this.#bounds = undefined
    else if (bounds === null) this.#bounds = { ...box }
    else if (
      !(
        box.minX >= bounds.minX &&
        box.minY >= bounds.minY &&
        box.maxX <= bounds.maxX &&
        box.maxY <= bounds.maxY
      )
    ) {
      this.#bounds = {
        minX: Math.min(bounds.minX, box.minX),
        minY: Math.min(bounds.minY, box.minY),
        maxX: Math.max(bounds.maxX, box.maxX),
        maxY: Math.max(bounds.maxY, box.maxY),
      }
    }
  }

  #isAtEdge(thing: number): boolean {
    const bounds = this.#bounds
    if (!bounds) return true
    const boxes = this.#boxes
    const at = 4 * thing
    return (
      boxes[at] === bounds.minX ||
      boxes[at + 1] === bounds.minY ||
      boxes[at + 2] === bounds.maxX ||
      boxes[at + 3] === bounds.maxY
    )
  }

  #measure(): Box | null {
    if (this.size === 0) return null
    const boxes = this.#boxes
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let thing = 0; thing < this.#end; thing++) {
      if (this.#levels[thing] === ABSENT) continue
      const at = 4 * thing
      minX = Math.min(minX, boxes[at] as number)
      minY = Math.min(minY, boxes[at + 1] as number)
      maxX = Math.max(maxX, boxes[at + 2] as number)
      maxY = Math.max(maxY, boxes[at + 3] as number)
    }
    return { minX, minY, maxX, maxY }
  }

  /** Makes room for twice as many things, and spreads those that are there over as many lists. */
  #grow(least: number): void {
    let capacity = Math.max(SMALLEST_CAPACITY, this.#levels.length)
    while (capacity < least) capacity *= 2
    const before = this.#levels.length
    this.#boxes = enlarged(this.#boxes, new Float64Array(4 * capacity))
    this.#levels = enlarged(this.#levels, new Uint8Array(capacity)).fill(ABSENT, before)
    this.#columns = enlarged(this.#columns, new Int32Array(capacity))
    this.#rows = enlarged(this.#rows, new Int32Array(capacity))
    this.#next = new Int32Array(capacity)
    this.#previous = new Int32Array(capacity)
    this.#heads = new Int32Array(capacity).fill(NONE)
    for (let thing = 0; thing < this.#end; thing++) {
      if (this.#levels[thing] !== ABSENT) this.#link(thing)
    }
  }
}

const enlarged = <Numbers extends Float64Array | Int32Array | Uint8Array>(
  numbers: Numbers,
  larger: Numbers,
): Numbers => {
  larger.set(numbers)
  return larger
}
