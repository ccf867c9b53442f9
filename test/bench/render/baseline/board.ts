import { type Box, overlaps, REACH, type Simple } from './drawing.ts'

/** Side of a cell of the index, in board units. */
const CELL = 512

/** The elements in drawing order, and a grid that knows which of them are where. */
export class Board {
  readonly elements: readonly Simple[]
  readonly #cells = new Map<string, Set<number>>()

  constructor(elements: readonly Simple[]) {
    this.elements = elements
    elements.forEach((element, index) => {
      for (const cell of this.#cellsOf(element)) cell.add(index)
    })
  }

  /** What touches the box, in drawing order. */
  within(box: Box): Simple[] {
    const found = new Set<number>()
    for (const key of keysOf(box)) for (const index of this.#cells.get(key) ?? []) found.add(index)
    return [...found]
      .sort((a, b) => a - b)
      .flatMap((index) => this.elements[index] ?? [])
      .filter((element) => overlaps(element, box))
  }

  /** The uppermost element whose box holds the point. */
  at(x: number, y: number): Simple | undefined {
    const inside = ({ x: left, y: top, width, height }: Simple): boolean =>
      x >= left && y >= top && x <= left + width && y <= top + height
    return this.within({ left: x, top: y, right: x, bottom: y }).findLast(inside)
  }

  moveTo(element: Simple, x: number, y: number): void {
    const index = this.elements.indexOf(element)
    for (const cell of this.#cellsOf(element)) cell.delete(index)
    element.x = x
    element.y = y
    for (const cell of this.#cellsOf(element)) cell.add(index)
  }

  moveAll(dx: number, dy: number): void {
    this.#cells.clear()
    this.elements.forEach((element, index) => {
      element.x += dx
      element.y += dy
      for (const cell of this.#cellsOf(element)) cell.add(index)
    })
  }

  bounds(): Box {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
    for (const { x, y, width, height } of this.elements) {
      box.left = Math.min(box.left, x)
      box.top = Math.min(box.top, y)
      box.right = Math.max(box.right, x + width)
      box.bottom = Math.max(box.bottom, y + height)
    }
    return box
  }

  #cellsOf(element: Simple): Set<number>[] {
    return keysOf(boxOf(element)).map((key) => {
      const cell = this.#cells.get(key) ?? new Set()
      this.#cells.set(key, cell)
      return cell
    })
  }
}

export const boxOf = ({ x, y, width, height }: Simple): Box => ({
  left: x - REACH,
  top: y - REACH,
  right: x + width + REACH,
  bottom: y + height + REACH,
})

const keysOf = ({ left, top, right, bottom }: Box): string[] => {
  const keys: string[] = []
  for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++)
    for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++)
      keys.push(`${column},${row}`)
  return keys
}
