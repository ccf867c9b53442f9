import { FRAME_TYPE, isFrame } from '../../model/derive.ts'
import type { Element, ElementId, Patch } from '../../model/element.ts'
import { contentOf, fittedFrame, framePlan } from '../../model/plans/framing.ts'
import type { Command } from '../../tools/commands.ts'
import { nextFrameName } from '../../tools/frame.ts'
import type { EditorCore } from '../core.ts'
import { newElement } from '../new-element.ts'
import { applyPatches, type Definitions, selected } from './definition.ts'

/** Board units between what is framed and its frame. */
const MARGIN = 32

const framesIn = (elements: readonly Element[]): readonly Element[] => elements.filter(isFrame)

const hasFrame = (core: EditorCore): boolean => framesIn(core.editable()).length > 0

/** Frames are not framed themselves. */
const framable = (core: EditorCore): readonly Element[] =>
  core.editable().filter((element) => !isFrame(element))

const frameSelection = (core: EditorCore): void => {
  const content = framable(core)
  const place = fittedFrame(content, MARGIN)
  if (!place) return
  const fields = { ...place, text: nextFrameName(core.board), fillStyle: 'none' }
  const frame = newElement(core, core.kinds.get(FRAME_TYPE), fields)
  const { order, patches } = framePlan(frame, core.board, content)
  core.transact((edit) => {
    edit.create({ ...frame, order })
    for (const [id, patch] of patches) edit.update(id, patch)
  })
  core.focusedGroup = null
  core.select([frame.id])
}

/** Takes frames away and leaves what they carry, which is selected then. */
export const removeFrames = (core: EditorCore, frames: readonly Element[]): void => {
  const content = frames.flatMap(({ id }) => contentOf(core.board, id))
  core.transact((edit) => {
    for (const { id } of content) edit.update(id, { frame: null })
    for (const { id } of frames) edit.remove(id)
  })
  core.select(content.map(({ id }) => id))
}

const fitFrames = (core: EditorCore): void => {
  const patches = new Map<ElementId, Patch>()
  for (const frame of framesIn(core.editable())) {
    const patch = fittedFrame(contentOf(core.board, frame.id), MARGIN)
    if (patch) patches.set(frame.id, patch)
  }
  applyPatches(core, patches)
}

const carried = (core: EditorCore): readonly Element[] =>
  framesIn(selected(core)).flatMap(({ id }) => contentOf(core.board, id))

type Names = Extract<Command, `frame-${string}`>

export const frameCommands: Definitions<Names> = {
  'frame-selection': { can: (core) => framable(core).length > 0, run: frameSelection },
  'frame-remove': { can: hasFrame, run: (core) => removeFrames(core, framesIn(core.editable())) },
  'frame-fit': { can: (core) => core.canEdit && hasFrame(core) && carried(core).length > 0, run: fitFrames },
  'frame-select-content': {
    can: (core) => carried(core).length > 0,
    run: (core) =>
      core.select(
        carried(core)
          .filter(({ locked }) => !locked)
          .map(({ id }) => id),
      ),
  },
}
