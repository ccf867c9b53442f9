import { useSyncExternalStore } from 'react'

/** What a person chose; `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark'
export type Theme = 'light' | 'dark'

/** `public/theme.js` reads the same key before the first paint. */
const KEY = 'drawbridge.theme'
const listeners = new Set<() => void>()
const systemDark = () => window.matchMedia('(prefers-color-scheme: dark)')

const read = (): ThemeChoice => {
  const set = document.documentElement.dataset.theme
  return set === 'light' || set === 'dark' ? set : 'system'
}

const shown = (): Theme => {
  const choice = read()
  if (choice !== 'system') return choice
  return systemDark().matches ? 'dark' : 'light'
}

/** Shows what was chosen on an earlier visit. */
export const applyStoredTheme = (): void => {
  try {
    const stored = localStorage.getItem(KEY)
    if (stored === 'light' || stored === 'dark') document.documentElement.dataset.theme = stored
  } catch {
    // Storage is forbidden: the system's theme it is.
  }
}

/** Takes effect at once, and again on the next visit. */
export const chooseTheme = (choice: ThemeChoice): void => {
  if (choice === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
  try {
    if (choice === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, choice)
  } catch {
    // Storage is forbidden: the choice holds until the page is left.
  }
  for (const listener of listeners) listener()
}

/** Dark where it is light now, and light where it is dark. */
export const turnTheme = (): void => chooseTheme(shown() === 'dark' ? 'light' : 'dark')

const subscribe = (listener: () => void): (() => void) => {
  const media = systemDark()
  listeners.add(listener)
  media.addEventListener('change', listener)
  return () => {
    listeners.delete(listener)
    media.removeEventListener('change', listener)
  }
}

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, read, () => 'system')

/** The theme that is on the screen now. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, shown, () => 'light')
