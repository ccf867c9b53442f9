/** What this browser keeps under a key, parsed; null for nothing, for what cannot be read, and where storage is forbidden. */
export const readKept = (key: string): unknown => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

/** Never throws: where storage is forbidden or full, nothing is kept, and what was chosen holds until the page is left. */
export const keep = (key: string, value: unknown): void => {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Storage is forbidden or full.
  }
}
