import type { Element, Patches } from '../../model/element.ts'
import { elementsOf } from '../../model/picked.ts'
import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'

/** What a command does, and when it would do something. */
export interface CommandDefinition {
  can(core: EditorCore): boolean
  run(core: EditorCore): void
}

/** The commands of one file of this folder. */
export type Definitions<Names extends Command> = Readonly<Record<Names, CommandDefinition>>

export const always = (): boolean => true

export const hasEditable = (core: EditorCore): boolean => core.editable().length > 0

export const hasSelection = (core: EditorCore): boolean => core.selection.size > 0

/** What is selected, locked or not, in drawing order. */
export const selected = (core: EditorCore): readonly Element[] => elementsOf(core.board, core.selection)

/** Writes what a plan says, as one step of undo. */
export const applyPatches = (core: EditorCore, patches: Patches): void => {
  if (patches.size === 0) return
  core.transact((edit) => {
    for (const [id, patch] of patches) edit.update(id, patch)
  })
}
