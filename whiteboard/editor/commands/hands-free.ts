import { boxCenter, boxHeight, boxWidth } from '../../geometry/box.ts'
import { radians, type Vec, worldPoint } from '../../geometry/types.ts'
import { add, rotateAround } from '../../geometry/vector.ts'
import type { ElementId, Patch } from '../../model/element.ts'
import { directionVector, type ResizeDirection, selectionFrame } from '../../model/handles.ts'
import { resizePlan } from '../../model/plans/resize.ts'
import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'
import { newElement } from '../new-element.ts'
import { applyPatches, type CommandDefinition, type Definitions, hasEditable } from './definition.ts'

/** Board units by which a key moves a side. */
const STEP = 10

/** Moves the right or lower side of what is selected by `amount`, as if its handle was pulled. */
const pullSide = (direction: ResizeDirection & ('e' | 's'), amount: number): CommandDefinition => ({
  can: hasEditable,
  run: (core) => {
    const elements = core.editable()
    const frame = selectionFrame(elements, core.kinds)
    if (!frame) return
    const length = direction === 'e' ? boxWidth(frame.box) : boxHeight(frame.box)
    if (length + amount < 1) return
    const [x, y] = directionVector[direction]
    const center = boxCenter(frame.box)
    const side: Vec = [
      center[0] + x * (boxWidth(frame.box) / 2 + amount),
      center[1] + y * (boxHeight(frame.box) / 2 + amount),
    ]
    const to = rotateAround(side, center, frame.rotation)
    const patches = resizePlan(elements, core.kinds, frame, direction, worldPoint(to[0], to[1]))
    const fitted = elements.map((element): [ElementId, Patch] => {
      const patch = patches.get(element.id) ?? {}
      const fit = core.kinds.get(element.type).fitted?.({ ...element, ...patch }, core.measure)
      return [element.id, { ...patch, ...fit }]
    })
    applyPatches(core, new Map(fitted))
  },
})

/** The two that an arrow would join: both selected, or the one chosen before and the one selected now. */
const endsToConnect = (core: EditorCore): readonly [ElementId, ElementId] | null => {
  const ids = [...core.selection].filter((id) => canBind(core, id))
  const [first, second] = ids.length === 1 ? [core.connectingFrom, ids[0]] : ids
  const isPair = ids.length <= 2 && first && second && first !== second
  return isPair && core.board.get(first) ? [first, second] : null
}

const canBind = (core: EditorCore, id: ElementId): boolean => {
  const element = core.board.get(id)
  return element !== undefined && core.kinds.get(element.type).resize !== 'points'
}

const connect = (core: EditorCore): void => {
  const ends = endsToConnect(core)
  if (!ends) {
    core.connectFrom([...core.selection].find((id) => canBind(core, id)) ?? null)
    return
  }
  const [from, to] = ends.map((id) => core.board.get(id))
  if (!from || !to) return
  const middles = [from, to].map(({ position, size }) => add(position, [size[0] / 2, size[1] / 2]))
  const left = Math.min(...middles.map(([x]) => x))
  const top = Math.min(...middles.map(([, y]) => y))
  const bound = (element: ElementId) => ({ element, anchor: [0.5, 0.5], mode: 'outline' })
  const arrow = newElement(core, core.kinds.get('arrow'), {
    position: worldPoint(left, top),
    size: [
      Math.abs((middles[0]?.[0] ?? 0) - (middles[1]?.[0] ?? 0)),
      Math.abs((middles[0]?.[1] ?? 0) - (middles[1]?.[1] ?? 0)),
    ],
    rotation: radians(0),
    points: middles.map(([x, y]) => [x - left, y - top]),
    start: bound(from.id),
    end: bound(to.id),
  })
  core.connectFrom(null)
  core.transact((edit) => edit.create(arrow))
  core.select([arrow.id])
}

type Names = Extract<Command, `grow-${string}` | `shrink-${string}` | 'connect'>

/** What the mouse does by dragging, for those who work with the keyboard. */
export const handsFreeCommands: Definitions<Names> = {
  'grow-width': pullSide('e', STEP),
  'shrink-width': pullSide('e', -STEP),
  'grow-height': pullSide('s', STEP),
  'shrink-height': pullSide('s', -STEP),
  connect: {
    can: (core) => core.canEdit && [...core.selection].some((id) => canBind(core, id)),
    run: connect,
  },
}
