import type { SyncEnd, SyncStatus } from './types.ts'

/** Where the client is; a timer belongs to the phase that waits for it. */
export type Phase =
  | { readonly type: 'new' }
  /** Reading the device and asking for a ticket. */
  | { readonly type: 'asking'; readonly cancel: () => void }
  /** A socket is under way, up to the moment when both sides have the same state. */
  | {
      readonly type: 'joining'
      readonly cancel: () => void
      readonly welcomed: boolean
      readonly storageFailing: boolean
    }
  | { readonly type: 'online'; readonly since: number; readonly storageFailing: boolean }
  | { readonly type: 'waiting'; readonly cancel: () => void; readonly retryAt: number }
  | { readonly type: 'ended'; readonly reason: SyncEnd }
  | { readonly type: 'disposed' }

/**
 * What the interface is told of a phase.
 *
 * @param failures attempts since the last good connection; after the first, trying again counts as offline until the
 *   server has answered
 */
export const statusOf = (phase: Phase, failures: number, unsaved: number): SyncStatus => {
  switch (phase.type) {
    case 'new':
      return { state: 'connecting', unsaved }
    case 'asking':
      return failures === 0 ? { state: 'connecting', unsaved } : { state: 'offline', unsaved, retryAt: null }
    case 'joining':
      return failures === 0 || phase.welcomed
        ? { state: 'connecting', unsaved }
        : { state: 'offline', unsaved, retryAt: null }
    case 'online':
      return { state: 'online', unsaved, storageFailing: phase.storageFailing }
    case 'waiting':
      return { state: 'offline', unsaved, retryAt: phase.retryAt }
    case 'ended':
      return { state: 'ended', reason: phase.reason, unsaved }
    case 'disposed':
      return { state: 'offline', unsaved, retryAt: null }
  }
}

export const isSameStatus = (a: SyncStatus, b: SyncStatus): boolean => JSON.stringify(a) === JSON.stringify(b)
