import type { SizeLevel } from './protocol.ts'
import type { OfflineCause, SyncEnd, SyncStatus } from './types.ts'

/** What the server says of a board while there is a connection to it. */
export interface Connected {
  readonly storageFailing: boolean
  readonly size?: SizeLevel | undefined
}

/** Where the client is; a timer belongs to the phase that waits for it. */
export type Phase =
  | { readonly type: 'new' }
  /** Reading the device and asking for a ticket. */
  | { readonly type: 'asking'; readonly cancel: () => void }
  /** A socket is under way, up to the moment when both sides have the same state. */
  | ({ readonly type: 'joining'; readonly cancel: () => void; readonly welcomed: boolean } & Connected)
  | ({ readonly type: 'online'; readonly since: number } & Connected)
  | { readonly type: 'waiting'; readonly cancel: () => void; readonly retryAt: number }
  | { readonly type: 'ended'; readonly reason: SyncEnd }
  | { readonly type: 'disposed' }

/** What the interface is told of a phase. */
export interface Circumstances {
  readonly unsaved: number
  /** Why the client is on its own, as far as it has been since it was last connected; null when it was not. */
  readonly cause: OfflineCause | null
}

/** After a failed attempt, trying again counts as offline until the server has answered. */
export const statusOf = (phase: Phase, { unsaved, cause }: Circumstances): SyncStatus => {
  const trying: SyncStatus = cause
    ? { state: 'offline', unsaved, retryAt: null, cause }
    : { state: 'connecting', unsaved }
  switch (phase.type) {
    case 'new':
      return { state: 'connecting', unsaved }
    case 'asking':
      return trying
    case 'joining':
      return phase.welcomed ? { state: 'connecting', unsaved } : trying
    case 'online':
      return { state: 'online', unsaved, storageFailing: phase.storageFailing, size: phase.size }
    case 'waiting':
      return cause ? { state: 'offline', unsaved, retryAt: phase.retryAt, cause } : trying
    case 'ended':
      return { state: 'ended', reason: phase.reason, unsaved }
    case 'disposed':
      return { state: 'offline', unsaved, retryAt: null, cause: cause ?? 'unreachable' }
  }
}

export const isSameStatus = (a: SyncStatus, b: SyncStatus): boolean => JSON.stringify(a) === JSON.stringify(b)
