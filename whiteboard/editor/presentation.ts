import { boxAt } from '../geometry/box.ts'
import { type Camera, fitBox, MAX_ZOOM } from '../geometry/camera.ts'
import { isFrame } from '../model/derive.ts'
import type { ElementId } from '../model/element.ts'
import type { EditorCore } from './core.ts'

/** CSS pixels left free round a presented frame. */
const MARGIN = 12

/** What each editor looked at before its presentation began. */
const views = new WeakMap<EditorCore, Camera>()

/** Shows one frame alone and whole; null ends the presentation and goes back to where it began. */
export const present = (core: EditorCore, id: ElementId | null): void => {
  const frame = id === null ? undefined : core.board.get(id)
  if (!frame || !isFrame(frame)) {
    leave(core)
    return
  }
  if (core.modes.presenting === null) views.set(core, core.camera.camera)
  core.select([])
  core.setModes({ presenting: frame.id })
  const camera = fitBox(boxAt(frame.position, frame.size), core.camera.size, MARGIN, MAX_ZOOM)
  core.camera.animateTo(camera)
}

const leave = (core: EditorCore): void => {
  if (core.modes.presenting === null) return
  core.setModes({ presenting: null })
  const before = views.get(core)
  views.delete(core)
  if (before) core.camera.animateTo(before)
}
