import { LateCode } from '../../model/late-code.ts'
import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'
import type { CommandDefinition, Definitions } from './definition.ts'
import { editCommands } from './edit.ts'
import type { lateCommands } from './late.ts'
import { modeCommands } from './modes.ts'
import { selectCommands } from './select.ts'
import { viewCommands } from './view.ts'

type LateCommand = keyof typeof lateCommands

/** Commands that are here with the board; a new group of them is a file and a line here, or in `late.ts`. */
const first: Definitions<Exclude<Command, LateCommand>> = {
  ...editCommands,
  ...selectCommands,
  ...modeCommands,
  ...viewCommands,
}

const late = new LateCode<Definitions<LateCommand>>(async () => (await import('./late.ts')).lateCommands)

const isFirst = (command: Command): command is keyof typeof first => command in first

const definitionOf = (command: Command): CommandDefinition | undefined =>
  isFirst(command) ? first[command] : late.here?.[command]

/** Fetches the commands that can do nothing before something is selected; rejects when they cannot be had now. */
export const fetchLateCommands = (): Promise<unknown> => late.fetch()

/** Whether every command is here. */
export const hasAllCommands = (): boolean => late.here !== null

/** Has all commands come, and tells the interface then: what can be done may be more. */
export const completeCommands = (core: EditorCore): void => {
  fetchLateCommands().then(
    () => core.stateChanged(),
    // Asked for again by the next of them that is wanted.
    () => undefined,
  )
}

/** Whether the command would do something; one that is not here yet is fetched, and would not. */
export const canRun = (core: EditorCore, command: Command): boolean => {
  const definition = definitionOf(command)
  if (!definition) completeCommands(core)
  return definition?.can(core) ?? false
}

/**
 * Does nothing where the command does not apply. A gesture under way is cancelled first; undoing is that and no more. A
 * command that has not been fetched runs when it has come.
 */
export const runCommand = (core: EditorCore, command: Command): void => {
  const definition = definitionOf(command)
  if (!definition) {
    fetchLateCommands().then(
      () => runCommand(core, command),
      () => core.tell('This could not be loaded. Are you offline?', true),
    )
    return
  }
  const isView = command in viewCommands
  const cancelled = !isView && core.machine.cancel()
  if (cancelled && command === 'undo') return
  if (!definition.can(core)) return
  if (!isView && command !== 'undo' && command !== 'redo') core.finishTyping()
  definition.run(core)
}
