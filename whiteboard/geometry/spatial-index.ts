import { intersects } from './box.ts'
import { clamp } from './clamp.ts'
import type { Box } from './types.ts'

/** Finds keys by the boxes they cover. */
export interface SpatialIndex<Key> {
  /** Adds the key, or moves it to a new box. */
  set(key: Key, box: Box): void
  delete(key: Key): void
  /** Calls `visit` for each key whose box meets `box`, in no particular order. */
  query(box: Box, visit: (key: Key) => void): void
  box(key: Key): Box | undefined
  clear(): void
  readonly size: number
}

/** The side of the smallest cells, in board units. */
const SMALLEST_CELL = 64
const LEVELS = 20
/** Makes cell numbers positive; with the smallest cells this reaches 67 million units from the origin. */
const CELL_OFFSET = 2 ** 20
const CELL_STRIDE = 2 ** 21

interface Entry {
  readonly box: Box
  readonly level: number
  readonly cell: number
}

type Cells<Key> = Map<number, Set<Key>>

const cellNumber = (value: number, side: number): number =>
  clamp(Math.floor(value / side) + CELL_OFFSET, 0, CELL_STRIDE - 1)

/** The lowest level whose cells are at least as large as the box. */
const levelOf = (box: Box): number => {
  const side = Math.max(box.maxX - box.minX, box.maxY - box.minY)
  const level = side <= SMALLEST_CELL ? 0 : Math.ceil(Math.log2(side / SMALLEST_CELL))
  return Math.min(LEVELS - 1, level)
}

/**
 * A loose grid of several levels (after Thatcher Ulrich, "Loose Octrees", 2000): a key lies in the one cell that holds
 * its box's centre, on the level whose cells are as large as the box, so it reaches at most half a cell beyond its own.
 * Adding and moving cost the same on any board, and large boxes do not slow down small queries.
 */
export const createSpatialIndex = <Key>(): SpatialIndex<Key> => new LooseGrid<Key>()

class LooseGrid<Key> implements SpatialIndex<Key> {
  readonly #entries = new Map<Key, Entry>()
  readonly #levels: Cells<Key>[] = Array.from({ length: LEVELS }, () => new Map())

  get size(): number {
    return this.#entries.size
  }

  set(key: Key, box: Box): void {
    const level = levelOf(box)
    const side = SMALLEST_CELL * 2 ** level
    const x = cellNumber((box.minX + box.maxX) / 2, side)
    const cell = x * CELL_STRIDE + cellNumber((box.minY + box.maxY) / 2, side)
    const current = this.#entries.get(key)
    if (current?.level !== level || current.cell !== cell) this.delete(key)
    this.#entries.set(key, { box, level, cell })
    const cells = this.#levels[level]
    const keys = cells?.get(cell)
    if (keys) keys.add(key)
    else cells?.set(cell, new Set([key]))
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#entries.delete(key)
    const cells = this.#levels[entry.level]
    const keys = cells?.get(entry.cell)
    keys?.delete(key)
    if (keys?.size === 0) cells?.delete(entry.cell)
  }

  query(box: Box, visit: (key: Key) => void): void {
    this.#levels.forEach((cells, level) => {
      if (cells.size > 0) this.#queryLevel(cells, level, box, visit)
    })
  }

  box(key: Key): Box | undefined {
    return this.#entries.get(key)?.box
  }

  clear(): void {
    this.#entries.clear()
    for (const cells of this.#levels) cells.clear()
  }

  #queryLevel(cells: Cells<Key>, level: number, box: Box, visit: (key: Key) => void): void {
    const side = SMALLEST_CELL * 2 ** level
    const minX = cellNumber(box.minX - side / 2, side)
    const maxX = cellNumber(box.maxX + side / 2, side)
    const minY = cellNumber(box.minY - side / 2, side)
    const maxY = cellNumber(box.maxY + side / 2, side)
    if ((maxX - minX + 1) * (maxY - minY + 1) > cells.size) {
      for (const keys of cells.values()) this.#visitCell(keys, box, visit)
      return
    }
    for (let x = minX; x <= maxX; x++) {
      for (let y = minY; y <= maxY; y++) this.#visitCell(cells.get(x * CELL_STRIDE + y), box, visit)
    }
  }

  #visitCell(keys: Set<Key> | undefined, box: Box, visit: (key: Key) => void): void {
    if (!keys) return
    for (const key of keys) {
      const entry = this.#entries.get(key)
      if (entry && intersects(entry.box, box)) visit(key)
    }
  }
}
