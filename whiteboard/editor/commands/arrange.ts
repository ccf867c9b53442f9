import { isFrame } from '../../model/derive.ts'
import type { Element, Patches } from '../../model/element.ts'
import { flipPlan } from '../../model/plans/flip.ts'
import { withContents } from '../../model/plans/framing.ts'
import { groupPlan, ungroupPlan } from '../../model/plans/group.ts'
import {
  bringForwardPlan,
  bringToFrontPlan,
  sendBackwardPlan,
  sendToBackPlan,
} from '../../model/plans/z-order.ts'
import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'
import {
  applyPatches,
  type CommandDefinition,
  type Definitions,
  hasEditable,
  hasSelection,
  selected,
} from './definition.ts'
import { removeFrames } from './frames.ts'

const toggleLock = (core: EditorCore): void => {
  const elements = selected(core)
  const locked = !elements.every((element) => element.locked)
  applyPatches(core, new Map(elements.map(({ id }) => [id, { locked }])))
}

const arrange = (
  plan: (ordered: readonly Element[], ids: ReadonlySet<Element['id']>) => Patches,
): CommandDefinition => ({
  can: hasEditable,
  run: (core) => {
    // A frame that went above what it carries would hide it.
    const ids = new Set(withContents(core.board, core.editable()).map(({ id }) => id))
    applyPatches(core, plan(core.board.ordered, ids))
  },
})

const flip = (direction: 'horizontal' | 'vertical'): CommandDefinition => ({
  can: hasEditable,
  run: (core) => applyPatches(core, flipPlan(core.editable(), core.kinds, direction)),
})

/** Takes groups apart; of frames that are in no group, what they carry is set free. */
const ungroup = (core: EditorCore): void => {
  const elements = core.editable()
  const patches = ungroupPlan(elements, core.focusedGroup)
  if (patches.size > 0) applyPatches(core, patches)
  else removeFrames(core, elements.filter(isFrame))
}

type Names = Extract<
  Command,
  'group' | 'ungroup' | 'lock-toggle' | `flip-${string}` | `bring-${string}` | `send-${string}`
>

/** Groups, locks, order, flips. */
export const arrangeCommands: Definitions<Names> = {
  group: {
    can: (core) => core.editable().length > 1,
    run: (core) => applyPatches(core, groupPlan(core.editable(), core.focusedGroup)),
  },
  ungroup: {
    can: (core) => core.editable().some((element) => element.groups.length > 0 || isFrame(element)),
    run: ungroup,
  },
  'lock-toggle': { can: (core) => core.canEdit && hasSelection(core), run: toggleLock },
  'flip-horizontal': flip('horizontal'),
  'flip-vertical': flip('vertical'),
  'bring-to-front': arrange(bringToFrontPlan),
  'bring-forward': arrange(bringForwardPlan),
  'send-backward': arrange(sendBackwardPlan),
  'send-to-back': arrange(sendToBackPlan),
}
