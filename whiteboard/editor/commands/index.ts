import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'
import { alignCommands } from './align.ts'
import { arrangeCommands } from './arrange.ts'
import type { CommandDefinition } from './definition.ts'
import { editCommands } from './edit.ts'
import { flowCommands } from './flow.ts'
import { frameCommands } from './frames.ts'
import { handsFreeCommands } from './hands-free.ts'
import { imageCommands } from './images.ts'
import { inkCommands } from './ink.ts'
import { linkCommands } from './links.ts'
import { modeCommands } from './modes.ts'
import { selectCommands } from './select.ts'
import { styleCommands } from './style.ts'
import { textCommands } from './text.ts'
import { viewCommands } from './view.ts'

/** Every command; a new group of them is a file and a line here. */
const definitions: Readonly<Record<Command, CommandDefinition>> = {
  ...editCommands,
  ...selectCommands,
  ...arrangeCommands,
  ...alignCommands,
  ...handsFreeCommands,
  ...flowCommands,
  ...frameCommands,
  ...imageCommands,
  ...linkCommands,
  ...modeCommands,
  ...styleCommands,
  ...inkCommands,
  ...textCommands,
  ...viewCommands,
}

export const canRun = (core: EditorCore, command: Command): boolean => definitions[command].can(core)

/** Does nothing where the command does not apply. A gesture under way is cancelled first; undoing is that and no more. */
export const runCommand = (core: EditorCore, command: Command): void => {
  const isView = command in viewCommands
  const cancelled = !isView && core.machine.cancel()
  if (cancelled && command === 'undo') return
  if (!canRun(core, command)) return
  if (!isView && command !== 'undo' && command !== 'redo') core.finishTyping()
  definitions[command].run(core)
}
