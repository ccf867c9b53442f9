import { keep, readKept } from './kept.ts'

const KEY = 'drawbridge.recent-commands'
const MOST = 8

/** The names of the commands that were chosen last from the palette in this browser, the last one first. Never throws. */
export const recall = (): readonly string[] => {
  const stored = readKept(KEY)
  return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string').slice(0, MOST) : []
}

/** Never throws. */
export const remember = (name: string): void =>
  keep(KEY, [name, ...recall().filter((each) => each !== name)].slice(0, MOST))
