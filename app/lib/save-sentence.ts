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

/** "2 changes are only on this device." */
const mine = (unsaved: number, deviceCopy: boolean): string =>
  `${changes(unsaved)} ${unsaved === 1 ? 'is' : 'are'} ${where(deviceCopy)}.`

const stored = (deviceCopy: boolean): string =>
  deviceCopy
    ? 'All of it is kept here, even if you close this page, and stored by itself as soon as that works.'
    : 'This browser keeps nothing for us, so leave this tab open until it is stored.'

const cannotWrite = (unsaved: number, deviceCopy: boolean): string => {
  const what =
    unsaved === 0
      ? 'Go on drawing: your work is stored by itself as soon as that works.'
      : `${mine(unsaved, deviceCopy)} ${stored(deviceCopy)}`
  return `The server cannot write just now and keeps trying. ${what}`
}

const full = (unsaved: number, deviceCopy: boolean): string =>
  `This board has reached its largest size. ${unsaved === 0 ? '' : `${mine(unsaved, deviceCopy)} `}Delete something large, and it is sent by itself within a few seconds; or go on with a new board.`

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
    case 'connecting':
      return `Looking for the server.${unsaved === 0 ? '' : ` ${mine(unsaved, deviceCopy)}`}`
    case 'offline':
      return offline(status.cause, unsaved, deviceCopy)
    case 'ended':
      return 'This board is no longer connected.'
    case 'online':
      if (status.storageFailing) return cannotWrite(unsaved, deviceCopy)
      if (status.size === 'full') return full(unsaved, deviceCopy)
      if (status.size === 'nearly-full' && unsaved === 0 && shown) return NEARLY_FULL
      return online(unsaved, shown)
  }
}
