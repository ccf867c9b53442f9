import type { OfflineCause, SyncStatus } from '../../whiteboard/index.ts'
import { changes, where } from './save-words.ts'

const kept = (deviceCopy: boolean): string =>
  deviceCopy
    ? 'It is kept here, even if you close this page, and sent by itself as soon as that works.'
    : 'This browser keeps nothing for us, so leave this tab open until it is sent.'

const CAUSES: Record<OfflineCause, string> = {
  unreachable: 'The server cannot be reached.',
  'no-network': 'This device has no network.',
  restarting: 'The server is restarting and will be back in a moment.',
  overloaded: 'The server has too much to do just now.',
  'too-fast': 'More was sent from here than the server takes at once.',
}

const offline = (cause: OfflineCause, unsaved: number, deviceCopy: boolean): string =>
  unsaved === 0
    ? `${CAUSES[cause]} Go on drawing: your work is sent by itself once it is back.`
    : `${CAUSES[cause]} What you drew is ${where(deviceCopy)}. ${kept(deviceCopy)}`

const full = (unsaved: number, deviceCopy: boolean): string =>
  `This board has reached its largest size. ${changes(unsaved)} ${where(deviceCopy)}. Delete something large, and it is sent by itself within a few seconds; or go on with a new board.`

const NEARLY_FULL =
  'Everything is stored on the server. This board has nearly reached its largest size: soon nothing can be added to it. Delete what is not needed, or go on with a new board.'

const online = (unsaved: number, shown: boolean): string => {
  if (unsaved > 0) return `Sending ${changes(unsaved)} to the server.`
  return shown ? 'Everything is stored on the server.' : 'The board is about to be shown.'
}

/** What the small state of the board says when it is asked: what is the matter, where one's work is, and what to do. */
export const saveSentence = (status: SyncStatus, deviceCopy: boolean, shown: boolean): string => {
  const { unsaved } = status
  switch (status.state) {
    case 'connecting': {
      const mine = unsaved === 0 ? '' : ` ${changes(unsaved)} still ${where(deviceCopy)}.`
      return `Looking for the server.${mine}`
    }
    case 'offline':
      return offline(status.cause, unsaved, deviceCopy)
    case 'ended':
      return 'This board is no longer connected.'
    case 'online':
      if (status.storageFailing) {
        return `The server cannot write just now and keeps trying. ${changes(unsaved)} ${where(deviceCopy)}.`
      }
      if (status.size === 'full') return full(unsaved, deviceCopy)
      if (status.size === 'nearly-full' && unsaved === 0 && shown) return NEARLY_FULL
      return online(unsaved, shown)
  }
}
