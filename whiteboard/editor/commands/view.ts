import { unionAll } from '../../geometry/box.ts'
import { zoomAt } from '../../geometry/camera.ts'
import { boundsOf } from '../../geometry/transform.ts'
import { screenPoint } from '../../geometry/types.ts'
import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'
import { showBox } from '../showing.ts'
import { always, type Definitions, hasSelection, selected } from './definition.ts'

/** Zoom steps; the next one beyond the present zoom is taken. */
const ZOOM_STEPS = [
  0.02, 0.05, 0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32,
]

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

type Names = Extract<Command, `zoom-${string}` | 'snapping-toggle'>

/** What changes only what one sees. */
export const viewCommands: Definitions<Names> = {
  'snapping-toggle': {
    can: (core) => core.canEdit,
    run: (core) => {
      core.snapping = !core.snapping
      core.stateChanged()
    },
  },
  'zoom-in': { can: always, run: (core) => zoomStep(core, 1) },
  'zoom-out': { can: always, run: (core) => zoomStep(core, -1) },
  'zoom-reset': { can: always, run: (core) => zoomTo(core, 1) },
  'zoom-to-fit': { can: (core) => core.board.size > 0, run: (core) => showBox(core, core.board.bounds()) },
  'zoom-to-selection': {
    can: hasSelection,
    run: (core) => showBox(core, unionAll(selected(core).map(boundsOf)), { maxZoom: 4 }),
  },
}
