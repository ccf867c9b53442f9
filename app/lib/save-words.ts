import type { OfflineCause, SyncStatus } from '../../whiteboard/index.ts'

export type SaveKind = 'connecting' | 'saving' | 'saved' | 'offline' | 'not-saved' | 'ended'

export interface SaveWords {
  readonly kind: SaveKind
  /** On the chip. */
  readonly short: string
  /** When asked. */
  readonly long: string
}

const changes = (count: number): string => (count === 1 ? '1 change' : `${count} changes`)

const where = (deviceCopy: boolean): string => (deviceCopy ? 'only on this device' : 'only in this tab')

const kept = (deviceCopy: boolean): string =>
  deviceCopy
    ? 'It is kept here, even if you close this page, and sent by itself as soon as that works.'
    : 'This browser keeps nothing for us, so leave this tab open until it is sent.'

/** What the chip says, and what happened. */
const CAUSES: Record<OfflineCause, readonly [short: string, why: string]> = {
  unreachable: ['Offline', 'The server cannot be reached.'],
  'no-network': ['Offline', 'This device has no network.'],
  restarting: ['Reconnecting', 'The server is restarting and will be back in a moment.'],
  overloaded: ['Reconnecting', 'The server has too much to do just now.'],
  'too-fast': ['Reconnecting', 'More was sent from here than the server takes at once.'],
}

const offline = (cause: OfflineCause, unsaved: number, deviceCopy: boolean): SaveWords => {
  const [short, why] = CAUSES[cause]
  const place = where(deviceCopy)
  return unsaved === 0
    ? { kind: 'offline', short, long: `${why} Go on drawing: your work is sent by itself once it is back.` }
    : {
        kind: 'offline',
        short: `${short}, ${changes(unsaved)} ${place}`,
        long: `${why} What you drew is ${place}. ${kept(deviceCopy)}`,
      }
}

const OPENING: SaveWords = { kind: 'connecting', short: 'Opening', long: 'The board is about to be shown.' }

/**
 * What the small state of the board says. `deviceCopy`: whether changes are also kept on this device; `shown`: whether
 * the board is seen, for until then nobody would believe that it is saved.
 */
export const saveWords = (status: SyncStatus, deviceCopy: boolean, shown: boolean): SaveWords => {
  const { unsaved } = status
  switch (status.state) {
    case 'connecting': {
      const mine = unsaved === 0 ? '' : ` ${changes(unsaved)} still ${where(deviceCopy)}.`
      return { kind: 'connecting', short: 'Connecting', long: `Looking for the server.${mine}` }
    }
    case 'offline':
      return offline(status.cause, unsaved, deviceCopy)
    case 'ended':
      return { kind: 'ended', short: 'Not connected', long: 'This board is no longer connected.' }
    case 'online':
      if (status.storageFailing) {
        const long = `The server cannot write just now and keeps trying. ${changes(unsaved)} ${where(deviceCopy)}.`
        return { kind: 'not-saved', short: 'Not saved', long }
      }
      if (unsaved === 0 && !shown) return OPENING
      return unsaved === 0
        ? { kind: 'saved', short: 'Saved', long: 'Everything is stored on the server.' }
        : { kind: 'saving', short: 'Saving', long: `Sending ${changes(unsaved)} to the server.` }
  }
}
