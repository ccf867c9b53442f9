import { duplicatePlan } from '../../model/plans/duplicate.ts'
import { withContents, withoutContents } from '../../model/plans/framing.ts'
import type { Command } from '../../tools/commands.ts'
import { copyAs, copySelection, cutSelection, pasteFromClipboard, removeEditable } from '../clipboard.ts'
import type { EditorCore } from '../core.ts'
import { type Definitions, hasEditable, hasSelection } from './definition.ts'

/** Where copies go, in board units down and to the right of the original. */
const DUPLICATE_OFFSET = [10, 10] as const

const duplicate = (core: EditorCore): void => {
  const originals = withContents(core.board, core.editable())
  const copies = duplicatePlan(originals, core.board.ordered, DUPLICATE_OFFSET, core.focusedGroup)
  core.transact((edit) => {
    for (const copy of copies) edit.create(copy)
  })
  core.select(withoutContents(copies).map(({ id }) => id))
}

type Names = Extract<
  Command,
  | 'undo'
  | 'redo'
  | 'delete'
  | 'duplicate'
  | 'copy'
  | 'cut'
  | `paste${'' | '-plain' | '-in-place'}`
  | `copy-as-${string}`
  | 'tool-lock-toggle'
>

const hasSomething = (core: EditorCore): boolean => core.board.size > 0

/** Undo, and what comes and goes. */
export const editCommands: Definitions<Names> = {
  undo: { can: (core) => core.canEdit && core.history.canUndo, run: (core) => core.history.undo() },
  redo: { can: (core) => core.canEdit && core.history.canRedo, run: (core) => core.history.redo() },
  delete: { can: hasEditable, run: removeEditable },
  duplicate: { can: hasEditable, run: duplicate },
  copy: { can: hasSelection, run: copySelection },
  cut: { can: hasEditable, run: cutSelection },
  paste: { can: (core) => core.canEdit, run: (core) => pasteFromClipboard(core) },
  'paste-plain': { can: (core) => core.canEdit, run: (core) => pasteFromClipboard(core, { plain: true }) },
  'paste-in-place': {
    can: (core) => core.canEdit,
    run: (core) => pasteFromClipboard(core, { inPlace: true }),
  },
  'copy-as-png': { can: hasSomething, run: (core) => copyAs(core, 'png') },
  'copy-as-svg': { can: hasSomething, run: (core) => copyAs(core, 'svg') },
  'copy-as-text': { can: hasSomething, run: (core) => copyAs(core, 'text') },
  'tool-lock-toggle': {
    can: (core) => core.canEdit,
    run: (core) => {
      core.toolLocked = !core.toolLocked
      core.stateChanged()
    },
  },
}
