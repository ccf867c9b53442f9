import type { Limits } from '../limits.ts'
import type { BoardLink, LinkedRoom, RemotePerson } from '../nodes/board-link.ts'
import { createRemotePresence } from '../nodes/remote-presence.ts'
import type { Clock } from '../ports.ts'
import { type PresenceChange, PresenceRelay } from '../relay/presence-relay.ts'
import { toMessage } from '../socket.ts'
import { type PresenceEntry, presenceFrame } from '../wire.ts'
import type { BoardDocument } from './document.ts'
import type { Member } from './member.ts'
import { createPresence } from './presence.ts'

export interface RoomPresenceOptions {
  readonly document: BoardDocument
  readonly members: ReadonlySet<Member>
  readonly link: BoardLink
  readonly clock: Clock
  readonly limits: Limits
  /** Client ids have an owner since now, which is to be stored. */
  readonly onClaimed: () => void
}

/** What the people on a board show each other: those who are connected here, and those of other nodes. */
export class RoomPresence {
  /** How people of other nodes come and go. */
  readonly remote: Pick<LinkedRoom, 'showRemote' | 'hideRemote'>
  private readonly presence
  private readonly relay: PresenceRelay<Member | RemotePerson, Member>
  private readonly options: RoomPresenceOptions

  constructor(options: RoomPresenceOptions) {
    this.options = options
    const { document, members, clock, limits } = options
    this.presence = createPresence<Member | RemotePerson>(limits, (client) => document.ownerOf(client))
    this.relay = new PresenceRelay(members, clock, limits, (changes) => this.tellNodes(changes))
    this.remote = createRemotePresence(
      this.presence,
      (...change) => this.relay.pass(...change),
      (client, personId) => document.reserve(client, personId),
    )
  }

  joined(member: Member): void {
    const frame = this.presence.others(member)
    if (frame) member.send(frame)
  }

  left(member: Member): void {
    const gone = this.presence.remove(member)
    if (gone) this.relay.pass(member, gone)
  }

  /** False when the payload does not decode. */
  take(member: Member, payload: Uint8Array): boolean {
    const outcome = this.presence.take(member, member.identity, payload)
    if (outcome.type === 'malformed') return false
    if (outcome.shown !== null) this.keepFor(member, outcome.shown)
    if (outcome.entry) this.relay.pass(member, outcome.entry)
    return true
  }

  /** Tells somebody who asks what all others show, even if that is nobody. */
  answer(member: Member): void {
    member.show(toMessage(this.presence.others(member) ?? presenceFrame([])))
  }

  /** What those who are connected here show. */
  own(): PresenceEntry[] {
    return [...this.options.members].flatMap((member) => this.presence.entryOf(member) ?? [])
  }

  stop(): void {
    this.relay.stop()
  }

  private keepFor({ canWrite, identity }: Member, client: number): void {
    const { document, onClaimed } = this.options
    if (!canWrite) {
      document.reserve(client, identity.id)
      return
    }
    document.claim(client, identity.id)
    if (document.claims().length > 0) onClaimed()
  }

  private tellNodes(changes: readonly PresenceChange<Member | RemotePerson>[]): void {
    const { link } = this.options
    if (link.hasPeers) link.showed(changes.flatMap(({ owner, entry }) => ('node' in owner ? [] : entry)))
  }
}
