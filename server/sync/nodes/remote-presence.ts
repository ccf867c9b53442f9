import * as encoding from 'lib0/encoding'
import type { Identity } from '../../../whiteboard/collab/protocol.ts'
import type { Presence } from '../room/presence.ts'
import { type PresenceEntry, writePresence } from '../wire.ts'
import type { LinkedRoom, RemotePerson } from './board-link.ts'

const toPayload = (entry: PresenceEntry): Uint8Array =>
  encoding.encode((encoder) => writePresence(encoder, [entry]))

/** Null for what no node of ours says. */
const identityIn = (state: string): Identity | null => {
  try {
    const { user } = JSON.parse(state) as { user?: Identity }
    return typeof user?.id === 'string' ? user : null
  } catch {
    return null
  }
}

/**
 * Shows people of other nodes in a room: each is somebody there like those who are connected to this node.
 *
 * @param reserve keeps a client id for the person, before those here who see it could write under it
 */
export const createRemotePresence = <Owner>(
  presence: Presence<Owner | RemotePerson>,
  pass: (person: RemotePerson, entry: PresenceEntry) => void,
  reserve: (client: number, personId: string) => void,
): Pick<LinkedRoom, 'showRemote' | 'hideRemote'> => ({
  showRemote: (person, entry) => {
    const identity = identityIn(entry.state)
    if (!identity) return
    const outcome = presence.take(person, identity, toPayload(entry))
    if (outcome.type !== 'taken') return
    if (outcome.shown !== null) reserve(outcome.shown, identity.id)
    if (outcome.entry) pass(person, outcome.entry)
  },
  hideRemote: (person) => {
    const gone = presence.remove(person)
    if (gone) pass(person, gone)
  },
})
