import { toWorld } from '../../geometry/camera.ts'
import { screenPoint } from '../../geometry/types.ts'
import type { EditorCore } from '../core.ts'
import { BoardImages } from './images.ts'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true

/** Takes images that are dropped on the canvas. Files never replace the page, whatever they are. */
export const listenToDrops = (core: EditorCore, host: HTMLElement, signal: AbortSignal): void => {
  const over = (event: DragEvent): void => {
    if (!hasFiles(event) || event.defaultPrevented) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = core.canEdit ? 'copy' : 'none'
  }
  const drop = (event: DragEvent): void => {
    if (!hasFiles(event) || event.defaultPrevented) return
    event.preventDefault()
    const images = BoardImages.imagesAmong(event.dataTransfer?.files ?? [])
    const bounds = host.getBoundingClientRect()
    const at = screenPoint(event.clientX - bounds.left, event.clientY - bounds.top)
    void core.images?.add(images, toWorld(core.camera.camera, at))
  }
  host.addEventListener('dragover', over, { signal })
  host.addEventListener('drop', drop, { signal })
}
