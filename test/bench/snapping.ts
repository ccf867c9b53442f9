/** `npm run bench:snapping`: milliseconds per movement while something is dragged on a board of 50,000 elements. */
import { performance } from 'node:perf_hooks'
import { EditorDriver } from '../support/editor-driver.ts'
import { generateScene } from '../support/scene-generator.ts'

const COUNT = 50_000
const MOVES = 200

const measure = (zoom: number, snapping: boolean): { first: number; each: number; worst: number } => {
  const person = new EditorDriver({ snapping })
  person.board.transact('load', (edit) => {
    for (const element of generateScene({ count: COUNT })) edit.create(element)
  })
  person.editor.setCamera({ x: 1_000, y: 1_000, zoom })
  const element = person.board.query({ minX: 1_300, minY: 1_300, maxX: 1_600, maxY: 1_500 })[0]
  if (!element) throw new Error('Nothing to drag.')
  person.editor.select([element.id])
  const { position, size } = element
  const at = (part: number, axis: 0 | 1): number =>
    (position[axis] + size[axis] / 2 - 1_000) * zoom + part * (axis === 0 ? 3 : 1)
  person.down(at(0, 0), at(0, 1))
  const times: number[] = []
  for (let move = 1; move <= MOVES; move++) {
    const start = performance.now()
    person.move(at(move, 0), at(move, 1), { steps: 1 })
    times.push(performance.now() - start)
  }
  const [, first = 0, ...rest] = times
  const sorted = rest.sort((a, b) => a - b)
  return { first, each: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0 }
}

for (const zoom of [1, 0.2, 0.04]) {
  for (const snapping of [false, true]) {
    const { first, each, worst } = measure(zoom, snapping)
    const ms = (value: number): string => `${value.toFixed(2)} ms`
    console.log(
      `zoom ${zoom}, snapping ${snapping ? 'on ' : 'off'}: first ${ms(first)}, usual ${ms(each)}, worst ${ms(worst)}`,
    )
  }
}
