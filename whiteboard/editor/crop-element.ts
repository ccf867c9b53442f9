import type { ElementId } from '../model/element.ts'
import type { EditorCore } from './core.ts'

/** Begins to crop a picture, once what does it has been fetched, unless the person has gone on to something else. */
export const cropElement = (core: EditorCore, id: ElementId): void => {
  import('./cropping.ts').then(
    ({ beginCropping }) => {
      if (core.selection.size === 1 && core.selection.has(id) && !core.machine.busy) beginCropping(core, id)
    },
    () => undefined,
  )
}
