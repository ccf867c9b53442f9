import { download, fileName } from '../../../lib/download.ts'
import { notify } from '../../ui/toasts.tsx'
import type { OpenBoard } from '../session-context.tsx'

/** Downloads the board as a file of our own. */
export const saveAsFile = async ({ session: { editor } }: OpenBoard): Promise<void> => {
  try {
    download(await editor.files.exportFile({ format: 'json' }), fileName('drawbridge'))
    notify({ text: 'Downloaded. The board itself is saved all the time.' })
  } catch {
    notify({ kind: 'failed', text: 'The file could not be made. Try again in a moment.' })
  }
}
