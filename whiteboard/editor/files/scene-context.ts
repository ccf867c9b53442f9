import type { ExportContext } from '../../formats/excalidraw/export.ts'
import type { WriteContext } from '../../formats/excalidraw/write-base.ts'
import type { EditorCore } from '../core.ts'

/** What reading and writing Excalidraw needs of the board. */
export const writeContext = ({ kinds, measure }: EditorCore): WriteContext => ({ kinds, measure })

export const exportContext = (core: EditorCore): ExportContext => ({
  ...writeContext(core),
  lookup: (id) => core.board.get(id),
})
