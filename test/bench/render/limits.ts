import type { Figure, Figures } from './figures.ts'

/** The rows of the table, in the order in which they are measured. */
export const rowNames = [
  'open',
  'open-again',
  'heap',
  'pan',
  'drag',
  'fit',
  'pan-fit',
  'zoom-in',
  'zoom-out',
  'drag-fit',
  'select-all',
  'drag-all',
  'ink',
  'people',
  'look',
  'heap-end',
] as const

export type RowName = (typeof rowNames)[number]

export const titles: Readonly<Record<RowName, string>> = {
  open: 'open: bytes to complete paint',
  'open-again': 'open, with a copy on the device',
  heap: 'JS heap, after opening',
  pan: 'pan at 100 %',
  drag: 'drag one at 100 %',
  fit: 'zoom to fit: to complete paint',
  'pan-fit': 'pan, everything in view',
  'zoom-in': 'zoom, fit to 100 %',
  'zoom-out': 'zoom, 100 % to fit',
  'drag-fit': 'drag one, everything in view',
  'select-all': 'select all',
  'drag-all': 'drag all',
  ink: 'ink at 100 %: pointer to paint',
  people: '20 people move things in view',
  look: 'blank while moving, changed after "painted"',
  'heap-end': 'JS heap, at the end',
}

/** One bound of what our page may come to. */
interface Limit {
  readonly figure: Figure
  readonly most?: number
  readonly least?: number
  /** At most that many times what the tiles page takes. */
  readonly timesTiles?: number
  /** At most that many times what the smallest board of the run takes. */
  readonly timesSmallest?: number
}

const noLongTask: Limit = { figure: 'task', most: 100 }

/** Work is compared by the processor's time, which stays the same whatever else the machine does. */
const smooth: readonly Limit[] = [
  { figure: 'frame', most: 17 },
  { figure: 'processor', timesTiles: 2 },
  { figure: 'processor', timesSmallest: 1.3 },
  { figure: 'rest', most: 300 },
  noLongTask,
]

/** What is wanted; the limits hold at every number of elements up to 50,000. */
export const limits: Readonly<Record<RowName, readonly Limit[]>> = {
  open: [{ figure: 'time', most: 1000 }, noLongTask],
  'open-again': [{ figure: 'time', most: 1000 }, noLongTask],
  heap: [{ figure: 'megabytes', most: 150 }],
  pan: smooth,
  drag: smooth,
  fit: [{ figure: 'time', most: 1000 }, noLongTask],
  'pan-fit': smooth,
  'zoom-in': smooth,
  'zoom-out': smooth,
  'drag-fit': smooth,
  'select-all': [{ figure: 'time', most: 100 }, noLongTask],
  'drag-all': [{ figure: 'rate', least: 30 }, noLongTask],
  ink: [{ figure: 'latency', most: 20 }, { figure: 'processor', timesSmallest: 1.3 }, noLongTask],
  people: [{ figure: 'rate', least: 55 }, noLongTask],
  look: [
    { figure: 'blank', most: 0 },
    { figure: 'late', most: 0 },
  ],
  'heap-end': [{ figure: 'megabytes', most: 150 }],
}

/** The same row of the tiles page, and of our own page with the fewest elements. */
export interface Compared {
  readonly tiles: Figures | undefined
  readonly smallest: Figures | undefined
}

/** Two digits after the point are all that is told. */
const rounded = (value: number): number => Math.round(value * 100) / 100

const brokenBy = (limit: Limit, ours: Figures, { tiles, smallest }: Compared): string | null => {
  const { figure, most, least, timesTiles, timesSmallest } = limit
  const value = ours[figure]
  if (value === undefined) return null
  if (!Number.isFinite(value)) return `${figure} unknown`
  const bounds = [
    most,
    timesTiles && tiles?.[figure] !== undefined ? timesTiles * tiles[figure] : undefined,
    timesSmallest && smallest?.[figure] !== undefined ? timesSmallest * smallest[figure] : undefined,
  ]
  const above = bounds.find((bound) => bound !== undefined && rounded(value) > rounded(bound))
  if (above !== undefined) return `${figure} ${rounded(value)} > ${rounded(above)}`
  return least !== undefined && value < least ? `${figure} ${rounded(value)} < ${least}` : null
}

/** What is wrong with our figures of a row; nothing when all limits hold. */
export const broken = (row: RowName, ours: Figures, compared: Compared): string[] =>
  limits[row].flatMap((limit) => brokenBy(limit, ours, compared) ?? [])
