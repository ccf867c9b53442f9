import { contains } from '../geometry/box.ts'
import { fitBox, visibleBox } from '../geometry/camera.ts'
import type { Box } from '../geometry/types.ts'
import type { EditorCore } from './core.ts'

/** CSS pixels left free round what is shown whole. */
const FIT_MARGIN = 64

/** Brings all of `box` into view, at most at `maxZoom`. */
export const showBox = (core: EditorCore, box: Box | null, { maxZoom = 1, animate = true } = {}): void => {
  if (!box) return
  const camera = fitBox(box, core.camera.size, FIT_MARGIN, maxZoom)
  if (animate) core.camera.animateTo(camera)
  else core.camera.setCamera(camera)
}

/** Moves the view only if it does not show all of `box` yet; by default it comes no nearer. */
export const bringIntoView = (core: EditorCore, box: Box, maxZoom = core.camera.camera.zoom): void => {
  const { camera, size } = core.camera
  if (size[0] > 0 && !contains(visibleBox(camera, size), box)) showBox(core, box, { maxZoom })
}
