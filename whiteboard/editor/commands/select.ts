import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'
import { type Definitions, hasSelection, selected } from './definition.ts'

const selectAll = (core: EditorCore): void => {
  core.focusedGroup = null
  if (core.machine.tool !== 'select') core.setTool('select')
  core.select(core.board.ordered.filter(({ locked }) => !locked).map(({ id }) => id))
}

/** All elements of the types that are selected, one by one, whatever groups they are in. */
const selectSameType = (core: EditorCore): void => {
  const types = new Set(selected(core).map(({ type }) => type))
  const same = core.board.ordered.filter(({ type, locked }) => !locked && types.has(type))
  core.focusedGroup = null
  core.select(same.map(({ id }) => id))
}

type Names = Extract<Command, 'select-all' | 'select-none' | 'select-same-type'>

/** What is selected by command. */
export const selectCommands: Definitions<Names> = {
  'select-all': { can: (core) => core.board.size > 0, run: selectAll },
  'select-none': { can: hasSelection, run: (core) => core.select([]) },
  'select-same-type': { can: hasSelection, run: selectSameType },
}
