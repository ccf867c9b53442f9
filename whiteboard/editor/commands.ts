import { unionAll } from '../geometry/box.ts'
import { fitBox, zoomAt } from '../geometry/camera.ts'
import { boundsOf } from '../geometry/transform.ts'
import { type Box, screenPoint } from '../geometry/types.ts'
import type { Element, Patches } from '../model/element.ts'
import { duplicatePlan } from '../model/plans/duplicate.ts'
import { flipPlan } from '../model/plans/flip.ts'
import { groupPlan, ungroupPlan } from '../model/plans/group.ts'
import {
  bringForwardPlan,
  bringToFrontPlan,
  sendBackwardPlan,
  sendToBackPlan,
} from '../model/plans/z-order.ts'
import type { Command } from '../tools/contract.ts'
import { elementsOf } from '../tools/selection.ts'
import { copySelection, cutSelection, pasteFromClipboard, removeEditable } from './clipboard.ts'
import type { EditorCore } from './core.ts'

interface CommandDefinition {
  can(core: EditorCore): boolean
  run(core: EditorCore): void
}

/** Where copies go, in board units down and to the right of the original. */
const DUPLICATE_OFFSET = [10, 10] as const
/** Zoom steps; the next one beyond the present zoom is taken. */
const ZOOM_STEPS = [
  0.02, 0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32,
]

/** CSS pixels left free round what is shown whole. */
const FIT_MARGIN = 64

const selected = (core: EditorCore): readonly Element[] => elementsOf(core.board, core.selection)

const hasEditable = (core: EditorCore): boolean => core.editable().length > 0

const hasSelection = (core: EditorCore): boolean => core.selection.size > 0

export const applyPatches = (core: EditorCore, patches: Patches): void => {
  if (patches.size === 0) return
  core.transact((edit) => {
    for (const [id, patch] of patches) edit.update(id, patch)
  })
}

const duplicate = (core: EditorCore): void => {
  const copies = duplicatePlan(core.editable(), core.board.ordered, DUPLICATE_OFFSET, core.focusedGroup)
  core.transact((edit) => {
    for (const copy of copies) edit.create(copy)
  })
  core.select(copies.map(({ id }) => id))
}

const toggleLock = (core: EditorCore): void => {
  const elements = selected(core)
  const locked = !elements.every((element) => element.locked)
  applyPatches(core, new Map(elements.map(({ id }) => [id, { locked }])))
}

const selectAll = (core: EditorCore): void => {
  core.focusedGroup = null
  if (core.machine.tool !== 'select') core.setTool('select')
  core.select(core.board.ordered.filter(({ locked }) => !locked).map(({ id }) => id))
}

const arrange = (
  plan: (ordered: readonly Element[], ids: ReadonlySet<Element['id']>) => Patches,
): CommandDefinition => ({
  can: hasEditable,
  run: (core) => {
    const ids = new Set(core.editable().map(({ id }) => id))
    applyPatches(core, plan(core.board.ordered, ids))
  },
})

const flip = (direction: 'horizontal' | 'vertical'): CommandDefinition => ({
  can: hasEditable,
  run: (core) => applyPatches(core, flipPlan(core.editable(), core.kinds, direction)),
})

const zoomStep = (core: EditorCore, direction: 1 | -1): void => {
  const { zoom } = core.camera.camera
  const steps = direction === 1 ? ZOOM_STEPS : ZOOM_STEPS.toReversed()
  const next = steps.find((step) => (step / zoom - 1) * direction > 0.01) ?? zoom
  zoomTo(core, next)
}

const zoomTo = (core: EditorCore, zoom: number): void => {
  const [width, height] = core.camera.size
  core.camera.animateTo(zoomAt(core.camera.camera, screenPoint(width / 2, height / 2), zoom))
}

/** Brings all of `box` into view, at most at `maxZoom`. */
export const showBox = (core: EditorCore, box: Box | null, { maxZoom = 1, animate = true } = {}): void => {
  if (!box) return
  const camera = fitBox(box, core.camera.size, FIT_MARGIN, maxZoom)
  if (animate) core.camera.animateTo(camera)
  else core.camera.setCamera(camera)
}

const always = (): boolean => true

const definitions: Readonly<Record<Command, CommandDefinition>> = {
  undo: { can: (core) => core.canEdit && core.history.canUndo, run: (core) => core.history.undo() },
  redo: { can: (core) => core.canEdit && core.history.canRedo, run: (core) => core.history.redo() },
  delete: { can: hasEditable, run: removeEditable },
  duplicate: { can: hasEditable, run: duplicate },
  'select-all': { can: (core) => core.board.size > 0, run: selectAll },
  'select-none': { can: hasSelection, run: (core) => core.select([]) },
  copy: { can: hasSelection, run: copySelection },
  cut: { can: hasEditable, run: cutSelection },
  paste: { can: (core) => core.canEdit, run: pasteFromClipboard },
  group: {
    can: (core) => core.editable().length > 1,
    run: (core) => applyPatches(core, groupPlan(core.editable(), core.focusedGroup)),
  },
  ungroup: {
    can: (core) => core.editable().some(({ groups }) => groups.length > 0),
    run: (core) => applyPatches(core, ungroupPlan(core.editable(), core.focusedGroup)),
  },
  'lock-toggle': { can: (core) => core.canEdit && hasSelection(core), run: toggleLock },
  'flip-horizontal': flip('horizontal'),
  'flip-vertical': flip('vertical'),
  'bring-to-front': arrange(bringToFrontPlan),
  'bring-forward': arrange(bringForwardPlan),
  'send-backward': arrange(sendBackwardPlan),
  'send-to-back': arrange(sendToBackPlan),
  'zoom-in': { can: always, run: (core) => zoomStep(core, 1) },
  'zoom-out': { can: always, run: (core) => zoomStep(core, -1) },
  'zoom-reset': { can: always, run: (core) => zoomTo(core, 1) },
  'zoom-to-fit': { can: (core) => core.board.size > 0, run: (core) => showBox(core, core.board.bounds()) },
  'zoom-to-selection': {
    can: hasSelection,
    run: (core) => showBox(core, unionAll(selected(core).map(boundsOf)), { maxZoom: 4 }),
  },
  'tool-lock-toggle': {
    can: (core) => core.canEdit,
    run: (core) => {
      core.toolLocked = !core.toolLocked
      core.stateChanged()
    },
  },
}

export const canRun = (core: EditorCore, command: Command): boolean => definitions[command].can(core)

/** Does nothing where the command does not apply. A gesture under way is cancelled first; undoing is that and no more. */
export const runCommand = (core: EditorCore, command: Command): void => {
  const isView = command.startsWith('zoom')
  const cancelled = !isView && core.machine.cancel()
  if (cancelled && command === 'undo') return
  if (!canRun(core, command)) return
  if (!isView && command !== 'undo' && command !== 'redo') core.finishTyping()
  definitions[command].run(core)
}
