import type { Element } from './element.ts'

/** Those elements of a board that are of some sort, by their numbers. */
export interface Subset {
  /** Notes what stands under a number now; undefined: nothing. */
  note(number: number, element: Element | undefined): void
  /** Them all; the same array until one of them changes. */
  list(listed: (numbers: Iterable<number>) => readonly Element[]): readonly Element[]
}

/** So that what only few elements have is not looked for among all of them with every change. */
export const createSubset = (belongs: (element: Element) => boolean): Subset => {
  const numbers = new Set<number>()
  let list: readonly Element[] | null = null
  return {
    note: (number, element) => {
      const isIn = element !== undefined && belongs(element)
      if (!isIn && !numbers.delete(number)) return
      if (isIn) numbers.add(number)
      list = null
    },
    list: (listed) => {
      list ??= listed(numbers)
      return list
    },
  }
}
