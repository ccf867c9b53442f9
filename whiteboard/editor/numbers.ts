import { applyDraft } from '../model/apply-draft.ts'
import type { ElementId, Patch } from '../model/element.ts'
import {
  type NumberKey,
  type Numbers,
  numbersPlan,
  parseNumberChange,
  readNumbers,
} from '../model/plans/numbers.ts'
import { applyPatches } from './commands/definition.ts'
import type { EditorCore } from './core.ts'

/** The numbers of what is selected and may be changed, as it is shown while it is dragged. */
export interface NumberFields {
  read(): Numbers | null
  /** Does what was written into a field, in one step of undo; false when it cannot be read. */
  write(key: NumberKey, written: string): boolean
}

export const createNumberFields = (core: EditorCore): NumberFields => ({
  read: () => {
    const { changed } = applyDraft(core.draft, core.board, core.kinds)
    return readNumbers(
      core.editable().map((element) => changed.get(element.id) ?? element),
      core.kinds,
    )
  },
  write: (key, written) => {
    const change = parseNumberChange(written)
    if (!change) return false
    core.machine.cancel()
    core.finishTyping()
    const elements = core.editable()
    const patches = numbersPlan(elements, core.kinds, key, change)
    const resizes = key === 'width' || key === 'height'
    applyPatches(
      core,
      resizes
        ? new Map([...patches].map(([id, patch]): [ElementId, Patch] => [id, fitted(core, id, patch)]))
        : patches,
    )
    return true
  },
})

/** Text that wraps differently in another width needs another height. */
const fitted = (core: EditorCore, id: ElementId, patch: Patch): Patch => {
  const element = core.board.get(id)
  if (!element) return patch
  const { position = element.position } = patch
  return {
    ...patch,
    ...core.kinds.get(element.type).fitted?.({ ...element, ...patch }, core.measure),
    position,
  }
}
