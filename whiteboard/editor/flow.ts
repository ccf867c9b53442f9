import { boundsOf } from '../geometry/transform.ts'
import type { Binding } from '../model/binding.ts'
import { deriveElement } from '../model/derive.ts'
import type { Element, Route } from '../model/element.ts'
import type { Side } from '../model/plans/beside.ts'
import { growthPlan } from '../model/plans/grow.ts'
import type { EditorCore } from './core.ts'
import { newElement } from './new-element.ts'
import { bringIntoView } from './showing.ts'

/** Flowcharts have arrows at right angles, unless another kind was chosen last. */
export const flowRoute = (core: EditorCore): Route => {
  const kind = core.kinds.get('arrow')
  const { route } = core.styleMemory.styleFor(kind)
  return route === kind.defaults.route ? 'elbow' : route
}

/** Grows a flowchart from an element to one side by a connected element of the same look, and selects that. */
export const growFlow = (core: EditorCore, element: Element, side: Side, { writes = false } = {}): void => {
  if (!core.canEdit) return
  core.finishTyping()
  const growth = growthPlan(element, side, core.board, core.kinds)
  const next = newElement(core, core.kinds.get(element.type), growth.next)
  const end: Binding = { element: next.id, anchor: growth.endAnchor, mode: 'outline' }
  const arrow = newElement(core, core.kinds.get('arrow'), {
    ...growth.arrow,
    route: flowRoute(core),
    start: growth.start,
    end,
  })
  const lookup = (id: Element['id']) => (id === next.id ? next : core.board.get(id))
  const drawn = deriveElement({ ...arrow, position: next.position }, lookup, core.kinds)
  core.transact((edit) => {
    edit.create(next)
    edit.create(drawn)
  })
  core.select([next.id])
  const made = core.board.get(next.id) ?? next
  bringIntoView(core, boundsOf(made))
  if (writes) core.startTyping(made)
}
