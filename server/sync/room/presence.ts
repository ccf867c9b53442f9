import * as decoding from 'lib0/decoding'
import type { Identity } from '../../../whiteboard/collab/protocol.ts'
import type { Limits } from '../limits.ts'
import { timeOfDay } from '../ports.ts'
import { type PresenceEntry, presenceFrame } from '../wire.ts'

export type PresenceOutcome =
  /** `entry`: for everybody else; null when there is nothing to say. `shown`: the client id that was taken just now. */
  | { readonly type: 'taken'; readonly entry: PresenceEntry | null; readonly shown: number | null }
  | { readonly type: 'malformed' }

/** Who is in a room and what they show. `Owner` stands for a connection. */
export interface Presence<Owner> {
  take(owner: Owner, identity: Identity, payload: Uint8Array): PresenceOutcome
  /** The owner is gone: what tells the others, if it was visible. */
  remove(owner: Owner): PresenceEntry | null
  /** What somebody shows now, or shows no longer (a state of `null`); null for who never showed anything. */
  entryOf(owner: Owner): PresenceEntry | null
  /** Everybody's state but the owner's own; null when there is none. */
  others(owner: Owner): Uint8Array | null
}

interface Seat {
  readonly client: number
  /** Added to what the client says its clock is. */
  readonly since: number
  readonly personId: string
  clock: number
  /** JSON with the identity in it; null while the client shows nothing. */
  state: string | null
}

const ignored: PresenceOutcome = { type: 'taken', entry: null, shown: null }
const malformed: PresenceOutcome = { type: 'malformed' }
const NOBODY = 'null'
const HIGHEST_CLOCK = 2 ** 31
const EPOCH = Date.UTC(2026, 0, 1)

const isSound = (value: unknown, depth: number): boolean => {
  if (typeof value !== 'object' || value === null) return true
  if (depth === 0) return false
  return Object.entries(value).every(([key, inner]) => key !== '__proto__' && isSound(inner, depth - 1))
}

/** The state with `user` as the server knows it; null when it is no object, nested too deeply, or no JSON. */
const withIdentity = (json: string, identity: Identity, depth: number): string | null => {
  try {
    const state: unknown = JSON.parse(json)
    if (typeof state !== 'object' || state === null || Array.isArray(state)) return null
    return isSound(state, depth) ? JSON.stringify({ ...state, user: identity }) : null
  } catch {
    return null
  }
}

/** Clients compare clocks to tell new from old: it must rise with every entry, whatever the client claims. */
const nextClock = ({ clock, since }: Seat, claimed: number): number =>
  claimed < HIGHEST_CLOCK ? Math.max(clock + 1, since + claimed) : clock + 1

interface RawEntry {
  readonly client: number
  readonly clock: number
  readonly state: Uint8Array
}

/** Null when the payload does not decode or has more than `maxEntries`. */
const readEntries = (payload: Uint8Array, maxEntries: number): RawEntry[] | null => {
  try {
    const decoder = decoding.createDecoder(payload)
    const count = decoding.readVarUint(decoder)
    if (count > maxEntries) return null
    const entries: RawEntry[] = []
    for (let index = 0; index < count; index++) {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      entries.push({ client, clock, state: decoding.readVarUint8Array(decoder) })
    }
    return decoding.hasContent(decoder) ? null : entries
  } catch {
    return null
  }
}

const text = new TextDecoder()

/**
 * Each connection has one client id, the first that it shows a state under. Entries for other ids are dropped without a
 * word, since plain y-websocket clients repeat what they hear. An id that was somebody's a moment ago is only given to the
 * same person again: otherwise such a repetition, late, would take it over. The same goes for an id that somebody has
 * drawn under.
 *
 * Clients do not forget what clocks they have seen, and say theirs anew when they come back; so what goes out rises by the
 * time too, with which it is higher after a restart than before.
 *
 * @param personOf whose a client id is in the document; undefined while it is nobody's
 * @param now the time of day, in milliseconds
 */
export const createPresence = <Owner>(
  limits: Limits,
  personOf: (client: number) => string | undefined,
  now: () => number = timeOfDay.now,
): Presence<Owner> => {
  const seats = new Map<Owner, Seat>()
  const holders = new Map<number, Owner>()
  const departed = new Map<number, { personId: string; clock: number }>()

  const give = (owner: Owner, seat: Seat): Seat => {
    seats.set(owner, seat)
    holders.set(seat.client, owner)
    return seat
  }

  /** Who reconnects is here before the old connection is known to be dead: their seat moves with them. */
  const takeOver = (owner: Owner, holder: Owner, identity: Identity): Seat | undefined => {
    const seat = seats.get(holder)
    if (seat?.personId !== identity.id) return undefined
    seats.delete(holder)
    return give(owner, seat)
  }

  const bind = (owner: Owner, identity: Identity, client: number): Seat | undefined => {
    const holder = holders.get(client)
    if (holder !== undefined) return takeOver(owner, holder, identity)
    if ((personOf(client) ?? identity.id) !== identity.id) return undefined
    const before = departed.get(client)
    if (before && before.personId !== identity.id) return undefined
    departed.delete(client)
    const since = Math.max(0, Math.floor((now() - EPOCH) / 1000))
    return give(owner, { client, since, personId: identity.id, clock: before?.clock ?? 0, state: null })
  }

  const ownEntry = (owner: Owner, identity: Identity, entries: readonly RawEntry[]) => {
    const seat = seats.get(owner)
    if (seat) {
      return { seat, isFresh: false, entry: entries.find(({ client }) => client === seat.client) }
    }
    for (const entry of entries) {
      if (entry.state.length === NOBODY.length && text.decode(entry.state) === NOBODY) continue
      const fresh = bind(owner, identity, entry.client)
      if (fresh) return { seat: fresh, isFresh: true, entry }
    }
    return undefined
  }

  const toEntry = ({ client, clock, state }: Seat): PresenceEntry => ({
    client,
    clock,
    state: state ?? NOBODY,
  })

  return {
    take: (owner, identity, payload) => {
      const entries = readEntries(payload, limits.presenceEntries)
      if (!entries) return malformed
      const own = ownEntry(owner, identity, entries)
      if (!own?.entry || own.entry.state.length > limits.presence) return ignored
      const { seat, entry } = own
      const json = text.decode(entry.state)
      const state = json === NOBODY ? null : withIdentity(json, identity, limits.presenceDepth)
      if (json !== NOBODY && state === null) return malformed
      if (state === null && seat.state === null) return ignored
      seat.clock = nextClock(seat, entry.clock)
      seat.state = state
      return { type: 'taken', entry: toEntry(seat), shown: own.isFresh ? seat.client : null }
    },
    remove: (owner) => {
      const seat = seats.get(owner)
      if (!seat) return null
      seats.delete(owner)
      holders.delete(seat.client)
      const wasVisible = seat.state !== null
      const gone: Seat = { ...seat, clock: seat.clock + 1, state: null }
      departed.set(gone.client, { personId: gone.personId, clock: gone.clock })
      const oldest = departed.keys().next()
      if (departed.size > limits.departedMemory && !oldest.done) departed.delete(oldest.value)
      return wasVisible ? toEntry(gone) : null
    },
    entryOf: (owner) => {
      const seat = seats.get(owner)
      return seat ? toEntry(seat) : null
    },
    others: (owner) => {
      const entries: PresenceEntry[] = []
      for (const [other, { client, clock, state }] of seats) {
        if (other !== owner && state !== null) entries.push({ client, clock, state })
      }
      return entries.length > 0 ? presenceFrame(entries) : null
    },
  }
}
