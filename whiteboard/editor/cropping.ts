import type { ElementId } from '../model/element.ts'
import { onDemand } from '../render/overlay.ts'
import { paintCropping } from '../render/overlay-cropping.ts'
import { cropGesture } from '../tools/gestures/crop.ts'
import { createContext } from './context.ts'
import type { EditorCore } from './core.ts'

/** Begins to crop an element, if it is one that can be cropped. */
export const beginCropping = (core: EditorCore, id: ElementId): void => {
  onDemand.paintCropping = paintCropping
  const gesture = cropGesture(createContext(core), id)
  if (gesture) core.machine.begin(gesture)
}
