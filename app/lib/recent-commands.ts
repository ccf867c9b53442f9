const KEY = 'drawbridge.recent-commands'
const MOST = 8

/** The names of the commands that were chosen last from the palette in this browser, the last one first. Never throws. */
export const recall = (): readonly string[] => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

/** Never throws. */
export const remember = (name: string): void => {
  try {
    localStorage.setItem(
      KEY,
      JSON.stringify([name, ...recall().filter((each) => each !== name)].slice(0, MOST)),
    )
  } catch {
    // Storage is forbidden or full: nothing is remembered.
  }
}
