import { download, fileName } from '../../../lib/download.ts'
import { notify } from '../../ui/toasts.tsx'
import type { OpenBoard } from '../session-context.tsx'

/** Downloads the board as a file of our own. */
export const saveAsFile = async ({ session: { editor, sync } }: OpenBoard): Promise<void> => {
  try {
    download(await editor.files.exportFile({ format: 'json' }), fileName('drawbridge'))
    const isKeptUp = sync.status.state === 'online' && !sync.status.storageFailing
    notify({ text: isKeptUp ? 'Downloaded. The board itself is saved all the time.' : 'Downloaded' })
  } catch {
    notify({ kind: 'failed', text: 'The file could not be made. Try again in a moment.' })
  }
}
