import { toWorld } from '../../geometry/camera.ts'
import { screenPoint } from '../../geometry/types.ts'
import type { EditorCore } from '../core.ts'
import { BoardImages } from './images.ts'

/** Text that stands for elements; a picture beside it in the clipboard only shows what they look like. */
const isElements = (text: string): boolean => /^\s*\{\s*"type"\s*:/.test(text)

/** Puts images that were copied elsewhere on the board; false when the clipboard holds something else. */
export const pasteImages = (core: EditorCore, clipboard: DataTransfer | null): boolean => {
  const images = BoardImages.imagesAmong(clipboard?.files ?? [])
  if (!core.images || !core.canEdit || images.length === 0) return false
  if (isElements(clipboard?.getData('text/plain') ?? '')) return false
  void core.images.add(images, core.input.hover?.world ?? null)
  return true
}

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
