import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type RowName, rowNames } from './limits.ts'

export interface Screen {
  readonly viewport: { readonly width: number; readonly height: number }
  readonly deviceScaleFactor: number
}

export interface Options {
  readonly counts: readonly number[]
  readonly rows: readonly RowName[]
  readonly rounds: number
  readonly screen: Screen
  /** Where the figures go, as JSON. */
  readonly out: string
  /** Folder for pictures of what was on the screen; null for none. */
  readonly frames: string | null
  /** Whether the baseline pages are measured too. */
  readonly baselines: boolean
}

const usage = `npm run bench:render -- [--counts 1000,10000,50000] [--rows open,pan,zoom] [--rounds 3]
  [--size 1280x800] [--ratio 1] [--out test-results/bench-render.json] [--frames DIR] [--alone]

rows: ${rowNames.join(', ')}; "zoom" means all that begin so. --alone leaves the baseline pages out.`

const numbers = (text: string, separator: string): number[] => text.split(separator).map(Number)

/** @throws with what may be said, when something else was said */
export const readOptions = (args: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      counts: { type: 'string', default: '1000,10000,50000' },
      rows: { type: 'string', default: rowNames.join(',') },
      rounds: { type: 'string', default: '3' },
      size: { type: 'string', default: '1280x800' },
      ratio: { type: 'string', default: '1' },
      out: { type: 'string', default: join('test-results', 'bench-render.json') },
      frames: { type: 'string' },
      alone: { type: 'boolean', default: false },
    },
  })
  const wanted = values.rows.split(',')
  const rows = rowNames.filter((name) => wanted.some((word) => name === word || name.startsWith(`${word}-`)))
  const counts = numbers(values.counts, ',')
  const [width = Number.NaN, height = Number.NaN] = numbers(values.size, 'x')
  const [rounds, ratio] = [Number(values.rounds), Number(values.ratio)]
  const isSaid = [...counts, width, height, rounds, ratio].every((number) => number > 0)
  if (!isSaid || rows.length === 0) throw new Error(usage)
  return {
    counts: counts.sort((a, b) => a - b),
    rows,
    rounds,
    screen: { viewport: { width, height }, deviceScaleFactor: ratio },
    out: values.out,
    frames: values.frames ?? null,
    baselines: !values.alone,
  }
}
