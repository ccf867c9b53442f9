/** Colours that were chosen beside the palettes, the last one first; kept on this device for all boards. */
const KEY = 'drawbridge.colors'
const LIMIT = 10

const isColor = (value: unknown): value is string => typeof value === 'string' && /^#[0-9a-f]{6}$/.test(value)

export const recentColors = (): readonly string[] => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isColor).slice(0, LIMIT) : []
  } catch {
    // Storage is forbidden, or holds something else: there are none.
    return []
  }
}

export const rememberColor = (color: string): void => {
  try {
    const colors = [color, ...recentColors().filter((each) => each !== color)]
    localStorage.setItem(KEY, JSON.stringify(colors.slice(0, LIMIT)))
  } catch {
    // Storage is forbidden or full: the colour is chosen all the same.
  }
}
