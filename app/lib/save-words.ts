import type { OfflineCause, SyncStatus } from '../../whiteboard/index.ts'

export type SaveKind = 'connecting' | 'saving' | 'saved' | 'offline' | 'not-saved' | 'ended'

/** What the small state of the board says on its chip; `saveSentence` has the whole of it. */
export interface SaveWords {
  readonly kind: SaveKind
  readonly short: string
}

export const changes = (count: number): string => (count === 1 ? '1 change' : `${count} changes`)

export const where = (deviceCopy: boolean): string =>
  deviceCopy ? 'only on this device' : 'only in this tab'

/** Whether the server is there, but has this client wait. */
const isWaitedFor = (cause: OfflineCause): boolean => cause !== 'unreachable' && cause !== 'no-network'

/**
 * `deviceCopy`: whether changes are also kept on this device; `shown`: whether the board is seen, for until then nobody
 * would believe that it is saved.
 */
export const saveWords = (status: SyncStatus, deviceCopy: boolean, shown: boolean): SaveWords => {
  const { unsaved } = status
  switch (status.state) {
    case 'connecting':
      return { kind: 'connecting', short: 'Connecting' }
    case 'offline': {
      const short = isWaitedFor(status.cause) ? 'Reconnecting' : 'Offline'
      const mine = unsaved === 0 ? '' : `, ${changes(unsaved)} ${where(deviceCopy)}`
      return { kind: 'offline', short: short + mine }
    }
    case 'ended':
      return { kind: 'ended', short: 'Not connected' }
    case 'online':
      if (status.storageFailing) return { kind: 'not-saved', short: 'Not saved' }
      if (status.size === 'full') return { kind: 'not-saved', short: 'Board full' }
      if (unsaved > 0) return { kind: 'saving', short: 'Saving' }
      if (shown && status.size === 'nearly-full') return { kind: 'saved', short: 'Saved, nearly full' }
      return shown ? { kind: 'saved', short: 'Saved' } : { kind: 'connecting', short: 'Opening' }
  }
}
