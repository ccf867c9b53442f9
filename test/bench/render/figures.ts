/** What is measured, each in its unit. */
export interface Figures {
  /** Frames a second. */
  readonly rate?: number
  /** Milliseconds between frames: of 95 in 100 at most, and the longest. */
  readonly frame?: number
  readonly longest?: number
  /** Milliseconds of the main thread for each event; of that, how many the processor was at it. */
  readonly work?: number
  readonly processor?: number
  /** Milliseconds of the longest task over 50 ms; 0 without one. */
  readonly task?: number
  /** Milliseconds from the last event until everything is sharp. */
  readonly rest?: number
  /** Milliseconds until it is done and drawn. */
  readonly time?: number
  /** Milliseconds from a pointer event to paint, of 95 in 100 at most. */
  readonly latency?: number
  /** Of objects in use, and of the pixels of canvases. */
  readonly megabytes?: number
  readonly canvases?: number
  /** Hundredths of what must be seen that stayed blank, in the worst picture. */
  readonly blank?: number
  /** Hundredths of the picture that changed after it was said to be complete. */
  readonly late?: number
}

export type Figure = keyof Figures

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

/** The least value that `part` of all do not exceed. */
export const quantile = (values: readonly number[], part: number): number =>
  sorted(values)[Math.max(0, Math.ceil(values.length * part) - 1)] ?? Number.NaN

const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Of each figure, the median of the rounds. */
export const medianOf = (rounds: readonly Figures[]): Figures => {
  const names = new Set(rounds.flatMap((round) => Object.keys(round) as Figure[]))
  return Object.fromEntries(
    [...names].map((name) => [name, median(rounds.flatMap((round) => round[name] ?? []))]),
  )
}

/** The time between frames, from when they began. */
export const frameFigures = (frames: readonly number[]): Figures => {
  const gaps = frames.slice(1).map((time, index) => time - (frames[index] ?? time))
  const [first = 0, last = 0] = [frames[0], frames.at(-1)]
  return {
    rate: last > first ? (gaps.length * 1000) / (last - first) : 0,
    frame: quantile(gaps, 0.95),
    longest: Math.max(0, ...gaps),
  }
}
