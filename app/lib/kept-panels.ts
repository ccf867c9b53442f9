import type { InterfaceAction } from '../../whiteboard/index.ts'
import { keep, readKept } from './kept.ts'

const KEY = 'drawbridge.panels'

/** Panels that are open again on the next visit if they were left open. */
const KEPT: readonly InterfaceAction[] = ['minimap']

/** Which of them were open when a board was last left in this browser. Never throws. */
export const recallPanels = (): readonly InterfaceAction[] => {
  const open = readKept(KEY)
  return Array.isArray(open) ? KEPT.filter((name) => open.includes(name)) : []
}

/** Never throws. */
export const keepPanels = (open: ReadonlySet<InterfaceAction>): void =>
  keep(
    KEY,
    KEPT.filter((name) => open.has(name)),
  )
