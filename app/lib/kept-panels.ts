import type { InterfaceAction } from '../../whiteboard/index.ts'

const KEY = 'drawbridge.panels'

/** Panels that are open again on the next visit if they were left open. */
const KEPT: readonly InterfaceAction[] = ['minimap']

/** Which of them were open when a board was last left in this browser. Never throws. */
export const recallPanels = (): readonly InterfaceAction[] => {
  try {
    const open = (localStorage.getItem(KEY) ?? '').split(' ')
    return KEPT.filter((name) => open.includes(name))
  } catch {
    return []
  }
}

/** Never throws. */
export const keepPanels = (open: ReadonlySet<InterfaceAction>): void => {
  try {
    localStorage.setItem(KEY, KEPT.filter((name) => open.has(name)).join(' '))
  } catch {
    // Storage is forbidden: they are closed the next time.
  }
}
