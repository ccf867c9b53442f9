import { keep, readKept } from './kept.ts'

/** Colours that were chosen beside the palettes, the last one first; kept on this device for all boards. */
const KEY = 'drawbridge.colors'
const LIMIT = 10

const isColor = (value: unknown): value is string => typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value)

export const recentColors = (): readonly string[] => {
  const stored = readKept(KEY)
  return Array.isArray(stored) ? stored.filter(isColor).slice(0, LIMIT) : []
}

export const rememberColor = (color: string): void =>
  keep(KEY, [color, ...recentColors().filter((each) => each !== color)].slice(0, LIMIT))
