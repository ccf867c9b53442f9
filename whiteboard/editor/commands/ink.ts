import type { Element } from '../../model/element.ts'
import { isCutStroke, splitStrokePlan } from '../../model/plans/split-ink.ts'
import type { EditorCore } from '../core.ts'
import type { Definitions } from './definition.ts'

const cutStrokes = (core: EditorCore): readonly Element[] => core.editable().filter(isCutStroke)

/** What is left of erased strokes becomes strokes of their own, which are selected. */
const splitStrokes = (core: EditorCore): void => {
  const strokes = cutStrokes(core)
  const pieces = strokes.map((stroke) => splitStrokePlan(stroke, core.board.ordered))
  core.transact((edit) => {
    for (const { id } of strokes) edit.remove(id)
    for (const piece of pieces.flat()) edit.create(piece)
  })
  const split = new Set(strokes.map(({ id }) => id))
  const others = [...core.selection].filter((id) => !split.has(id))
  core.select([...others, ...pieces.flat().map(({ id }) => id)])
}

/** For strokes that were erased in part. */
export const inkCommands: Definitions<'split-strokes'> = {
  'split-strokes': { can: (core) => cutStrokes(core).length > 0, run: splitStrokes },
}
