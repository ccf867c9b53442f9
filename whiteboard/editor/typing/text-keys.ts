import type { Element } from '../../model/element.ts'
import { TAB } from '../../model/text/text-layout.ts'
import type { Command } from '../../tools/commands.ts'
import { matchShortcut } from '../../tools/shortcuts.ts'
import { canRun, runCommand } from '../commands/index.ts'
import { stepFontSize } from '../commands/text.ts'
import type { EditorCore } from '../core.ts'

/** What a key means while somebody types: all others write, or are the browser's. */
export type TypingKey = 'finish' | 'indent' | 'outdent' | { readonly command: Command }

const COMMANDS: ReadonlySet<Command> = new Set(['undo', 'redo', 'text-larger', 'text-smaller'])

const isCaption = (core: EditorCore, element: Element): boolean =>
  core.kinds.get(element.type).textSlot(element)?.caption === true

/** Escape and Ctrl+Enter finish, and Enter where there is one line only. Tab goes on to the next note, or indents. */
export const typingKey = (core: EditorCore, event: KeyboardEvent): TypingKey | null => {
  const element = core.typing?.element
  const held = event.ctrlKey || event.metaKey
  if (event.key === 'Escape') return 'finish'
  if (event.key === 'Enter' && (held || (element && isCaption(core, element)))) return 'finish'
  if (event.key === 'Tab' && !held && !event.altKey) return tabKey(core, event.shiftKey, element)
  if (!held) return null
  const action = matchShortcut(event)?.action
  return action?.type === 'command' && COMMANDS.has(action.command) ? { command: action.command } : null
}

const tabKey = (core: EditorCore, shift: boolean, element: Element | undefined): TypingKey => {
  if (element && isCaption(core, element)) return 'finish'
  const next: Command = shift ? 'add-note-below' : 'add-note-right'
  if (canRun(core, next)) return { command: next }
  return shift ? 'outdent' : 'indent'
}

/** Runs a command that typing allows; typing goes on after all but those that lead elsewhere. */
export const runWhileTyping = (core: EditorCore, command: Command): void => {
  if (command === 'text-larger') stepFontSize(core, 1)
  else if (command === 'text-smaller') stepFontSize(core, -1)
  else runCommand(core, command)
}

/** Puts spaces up to the next stop at the caret, or takes those away that stand at the beginning of its line. */
export const indentAtCaret = (area: HTMLTextAreaElement, direction: 'indent' | 'outdent'): void => {
  const { value, selectionStart: start, selectionEnd: end } = area
  const lineStart = value.lastIndexOf('\n', start - 1) + 1
  if (direction === 'indent') {
    const spaces = TAB.slice((start - lineStart) % TAB.length)
    area.setRangeText(spaces, start, end, 'end')
    return
  }
  const leading = /^ {0,4}/.exec(value.slice(lineStart))?.[0].length ?? 0
  area.setRangeText('', lineStart, lineStart + leading, 'preserve')
}
