import type { Figure, Figures } from './figures.ts'
import { broken, type Compared, type RowName, titles } from './limits.ts'
import type { SubjectName } from './subject.ts'

/** Figures by number of elements, row and page. */
export type Results = Map<number, Map<RowName, Map<SubjectName, Figures>>>

const figuresOf = (
  results: Results,
  count: number,
  subject: SubjectName,
  row: RowName,
): Figures | undefined => results.get(count)?.get(row)?.get(subject)

const units: readonly (readonly [Figure, (value: number) => string])[] = [
  ['rate', (value) => `${value.toFixed(0)} f/s`],
  ['frame', (value) => `p95 ${value.toFixed(1)}`],
  ['longest', (value) => `max ${value.toFixed(0)}`],
  ['latency', (value) => `${value.toFixed(1)} ms`],
  ['time', (value) => `${value.toFixed(0)} ms`],
  ['work', (value) => `${value.toFixed(1)} ms/event`],
  ['processor', (value) => `cpu ${value.toFixed(1)}`],
  ['rest', (value) => `rest ${value.toFixed(0)}`],
  ['task', (value) => (value > 0 ? `task ${value.toFixed(0)}` : '')],
  ['megabytes', (value) => `${value.toFixed(0)} MB`],
  ['canvases', (value) => `canvases ${value.toFixed(0)} MB`],
  ['blank', (value) => `blank ${value.toFixed(2)} %`],
  ['late', (value) => `late ${value.toFixed(3)} %`],
]

const told = (figures: Figures | undefined, names: readonly Figure[] = units.map(([name]) => name)): string =>
  units
    .flatMap(([name, tell]) => {
      const value = figures?.[name]
      return value === undefined || !names.includes(name) ? [] : tell(value)
    })
    .filter((text) => text !== '')
    .join(', ')

/** What is told of the baselines. */
const BRIEF: readonly Figure[] = ['rate', 'time', 'work', 'processor', 'latency', 'megabytes']

const times = (ours: number | undefined, other: number | undefined): string =>
  ours === undefined || other === undefined ? '' : (ours / other).toFixed(1)

/** Of work by the clock, and of the processor's. */
const ratio = (ours: Figures | undefined, other: Figures | undefined): string =>
  [times(ours?.work, other?.work), times(ours?.processor, other?.processor)]
    .filter((text) => text !== '')
    .join(' / ')

const line = (cells: readonly string[]): string => {
  const widths = [44, 76, 36, 36, 11, 11]
  return cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join(' ')
    .trimEnd()
}

const compared = (results: Results, count: number, row: RowName): Compared => {
  const smallest = Math.min(...results.keys())
  return {
    tiles: figuresOf(results, count, 'tiles', row),
    smallest: smallest < count ? figuresOf(results, smallest, 'drawbridge', row) : undefined,
  }
}

const wrongWith = (results: Results, count: number, row: RowName): string[] => {
  const ours = figuresOf(results, count, 'drawbridge', row)
  return ours ? broken(row, ours, compared(results, count, row)) : ['not measured']
}

/** What stands over the rows of one number of elements. */
export const headingOf = (results: Results, count: number): string => {
  const least = Math.min(...results.keys()).toLocaleString('en')
  const title = `${count.toLocaleString('en')} elements`
  return line([title, 'Drawbridge', 'bare canvas, culled', 'tiles', '× tiles', `× ${least}`])
}

/** One row for people, and under it the limits that it breaks. */
export const linesOf = (results: Results, count: number, row: RowName): string => {
  const ours = figuresOf(results, count, 'drawbridge', row)
  const { tiles, smallest } = compared(results, count, row)
  const canvas = told(figuresOf(results, count, 'canvas', row), BRIEF)
  const cells = [
    titles[row],
    told(ours),
    canvas,
    told(tiles, BRIEF),
    ratio(ours, tiles),
    ratio(ours, smallest),
  ]
  return [line(cells), ...wrongWith(results, count, row).map((wrong) => `    breaks a limit: ${wrong}`)].join(
    '\n',
  )
}

/** How many rows break a limit. */
export const failures = (results: Results, rows: readonly RowName[]): number =>
  [...results.keys()].flatMap((count) => rows.filter((row) => wrongWith(results, count, row).length > 0))
    .length

/** The same for machines. */
export const jsonOf = (results: Results): object[] =>
  [...results].flatMap(([count, measured]) =>
    [...measured].map(([row, pages]) => {
      const wrong = wrongWith(results, count, row)
      return { count, row, title: titles[row], ...Object.fromEntries(pages), wrong }
    }),
  )
