import type { Element } from '../element.ts'

/** The number that a name begins with; null for names that begin otherwise. */
const numberOf = ({ text }: Element): number | null => {
  const found = /^\s*(\d{1,6})/.exec(text)
  return found ? Number(found[1]) : null
}

const middleOf = ({ position, size }: Element): number => position[1] + size[1] / 2

const byPlace = (a: Element, b: Element): number => a.position[0] - b.position[0] || (a.id < b.id ? -1 : 1)

/**
 * Frames in the order in which they are presented: by their numbers if all names begin with one, otherwise as one reads,
 * in rows from the top, in a row from the left. What overlaps the first frame of a row by its middle is in that row.
 */
export const presentationOrder = (frames: readonly Element[]): readonly Element[] => {
  const numbers = new Map(frames.map((frame) => [frame, numberOf(frame)]))
  const fromTop = [...frames].sort((a, b) => middleOf(a) - middleOf(b) || byPlace(a, b))
  const rows: Element[][] = []
  for (const frame of fromTop) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (row && first && middleOf(frame) < first.position[1] + first.size[1]) row.push(frame)
    else rows.push([frame])
  }
  const read = rows.flatMap((row) => row.sort(byPlace))
  if ([...numbers.values()].includes(null)) return read
  return read.sort((a, b) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0))
}
