import type { Element } from '../../model/element.ts'
import type { Side } from '../../model/plans/beside.ts'
import { canGrow } from '../../model/plans/grow.ts'
import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'
import { growFlow } from '../flow.ts'
import type { CommandDefinition, Definitions } from './definition.ts'

/** The one element that is selected, if a flowchart can grow from it. */
const selectedNode = (core: EditorCore): Element | null => {
  const [element, ...others] = core.selection.size === 1 ? core.editable() : []
  return element && others.length === 0 && canGrow(element, core.kinds) ? element : null
}

const grow = (side: Side): CommandDefinition => ({
  can: (core) => selectedNode(core) !== null,
  run: (core) => {
    const node = selectedNode(core)
    if (node) growFlow(core, node, side)
  },
})

/** Flowcharts grow from what is selected. */
export const flowCommands: Definitions<Extract<Command, `flow-${string}`>> = {
  'flow-right': grow('right'),
  'flow-below': grow('below'),
  'flow-left': grow('left'),
  'flow-above': grow('above'),
}
