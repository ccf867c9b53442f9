import type { SyncStatus } from '../../whiteboard/index.ts'

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
    ? 'It is kept here, even if you close this page, and sent as soon as the server can be reached.'
    : 'This browser keeps nothing for us, so leave this tab open until it is sent.'

const offline = (unsaved: number, deviceCopy: boolean): SaveWords => ({
  kind: 'offline',
  short: unsaved === 0 ? 'Offline' : `Offline, ${changes(unsaved)} ${where(deviceCopy)}`,
  long:
    unsaved === 0
      ? 'The server cannot be reached. Go on drawing: your work will be sent when it is back.'
      : `The server cannot be reached. What you drew is ${where(deviceCopy)}. ${kept(deviceCopy)}`,
})

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
      return offline(unsaved, deviceCopy)
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
