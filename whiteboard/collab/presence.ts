import type { Awareness } from 'y-protocols/awareness'
import type { KindRegistry } from '../model/kind.ts'
import type { LocalPresence, Peer } from '../model/presence.ts'
import { browserClock, type Clock } from './clock.ts'
import { InkTails } from './ink-tails.ts'
import { encodePresence, parsePeer } from './peers.ts'
import { throttled } from './throttle.ts'

/** Shortest time between two states that are sent, in milliseconds: 30 a second. */
const SEND_INTERVAL = 33
/** The same while nobody is there to see it: whoever comes finds something to begin with. */
const SEND_INTERVAL_ALONE = 500
/** Shortest time between two reports of peers, in milliseconds: about a frame, however many peers move. */
const REPORT_INTERVAL = 16
/** Peers that are shown; the rest are passed over. */
const MAX_PEERS = 1000

/** What this person shows to others, and what others show. */
export interface Presence {
  /** Shows this from now on: at once when a draft ended, otherwise with the next state that may be sent. */
  show(presence: LocalPresence): void
  /** Everybody else here; the array and its unchanged entries keep their identity. */
  readonly peers: readonly Peer[]
  subscribe(listener: () => void): () => void
  dispose(): void
}

export interface PresenceOptions {
  readonly awareness: Awareness
  /** The types of elements, for reading peers' drafts. */
  readonly kinds: KindRegistry
  readonly clock?: Clock
}

/** What awareness tells of other clients, by their ids. */
interface StateChanges {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

export const createPresence = ({ awareness, kinds, clock = browserClock }: PresenceOptions): Presence => {
  const listeners = new Set<() => void>()
  const parsed = new WeakMap<object, Peer | null>()
  const tails = new InkTails()
  let local: LocalPresence | null = null
  let sent = ''
  let peers: readonly Peer[] = []

  const send = (): void => {
    if (!local) return
    const state = encodePresence(local, kinds, tails)
    const text = JSON.stringify(state)
    if (text === sent) return
    sent = text
    awareness.setLocalState(state)
  }

  /** States are replaced, never changed, so each is read once. */
  const read = (clientId: number, state: object): Peer | null => {
    const known = parsed.get(state)
    if (known !== undefined) return known
    const previous = peers.find((each) => each.clientId === clientId)
    const peer = parsePeer(clientId, state, kinds, previous)
    parsed.set(state, peer)
    return peer
  }

  const report = (): void => {
    const next: Peer[] = []
    for (const [clientId, state] of awareness.getStates()) {
      if (clientId === awareness.clientID || next.length >= MAX_PEERS) continue
      const peer = typeof state === 'object' && state !== null ? read(clientId, state) : null
      if (peer) next.push(peer)
    }
    const isSame = next.length === peers.length && next.every((peer, index) => peer === peers[index])
    if (isSame) return
    peers = next
    for (const listener of [...listeners]) listener()
  }

  const isAlone = (): boolean => awareness.getStates().size <= (awareness.getLocalState() === null ? 0 : 1)
  const sending = throttled(clock, () => (isAlone() ? SEND_INTERVAL_ALONE : SEND_INTERVAL), send)
  const reporting = throttled(clock, () => REPORT_INTERVAL, report)
  /** The change that the draft led to has just arrived, too: for one frame more, it would be shown on top of that. */
  const endedDraft = (clientId: number): boolean => {
    const { draft } = peers.find((peer) => peer.clientId === clientId) ?? {}
    return Boolean(draft) && !awareness.getStates().get(clientId)?.draft
  }
  const onChange = ({ added, updated, removed }: StateChanges, origin: unknown): void => {
    if (origin === 'local') return
    // What was held back while nobody was there.
    if (added.length > 0) sending.hurry()
    if (updated.some(endedDraft) || removed.some(endedDraft)) reporting.flush()
    else reporting.request()
  }
  awareness.on('change', onChange)
  report()

  return {
    show(presence) {
      const ended = Boolean(local?.draft) && !presence.draft
      local = presence
      if (ended) sending.flush()
      else sending.request()
    },
    get peers() {
      return peers
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    dispose() {
      awareness.off('change', onChange)
      sending.stop()
      reporting.stop()
      listeners.clear()
    },
  }
}
