import {
  type Command,
  commandTable,
  type InterfaceAction,
  interfaceTable,
  shortcuts,
  type ToolId,
} from '../../whiteboard/index.ts'

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform)

const MAC_NAMES: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' }
const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
}

/** `Ctrl+Shift+Z` as the caps of a keyboard of this device: `['⌘', '⇧', 'Z']` on a Mac. Browser only. */
export const keyCaps = (keys: string): string[] => {
  const parts = keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+')
  const names = isMac() ? { ...NAMES, ...MAC_NAMES } : NAMES
  return parts.map((part) => names[part] ?? part)
}

/** The first keys of a command, as the table of commands has them. */
export const commandKeys = (command: Command): string | undefined => commandTable[command].keys[0]

/** The same of what the page round the canvas does. */
export const actionKeys = (action: InterfaceAction): string | undefined => interfaceTable[action].keys[0]

/** All keys of a tool, the letter first. */
export const toolKeys = (tool: ToolId): readonly string[] =>
  shortcuts.find(({ action }) => action.type === 'tool' && action.tool === tool)?.keys ?? []
