import * as encoding from 'lib0/encoding'
import { FrameKind } from '../../../whiteboard/collab/protocol.ts'
import type { Limits } from '../limits.ts'
import { type Clock, LONG_AGO } from '../ports.ts'
import { type Message, toMessage } from '../socket.ts'
import { type PresenceEntry, writePresenceEntry } from '../wire.ts'

export interface Onlooker {
  /** Sends what may be left out for one who is slow: newer will come. */
  show(message: Message): void
}

/** What somebody shows now; `owner` need not be a member. */
export interface PresenceChange<Owner> {
  readonly owner: Owner
  readonly entry: PresenceEntry
}

const NOBODY = 'null'

/** Entries one after the other, each encoded once, of which frames without one of them are cut. */
class PresenceBody {
  private readonly bytes: Uint8Array
  /** Where each entry begins, and where the last one ends. */
  private readonly offsets: number[] = []

  constructor(entries: readonly PresenceEntry[]) {
    const encoder = encoding.createEncoder()
    for (const entry of entries) {
      this.offsets.push(encoding.length(encoder))
      writePresenceEntry(encoder, entry)
    }
    this.offsets.push(encoding.length(encoder))
    this.bytes = encoding.toUint8Array(encoder)
  }

  /** A frame of all entries, or of all but one. */
  message(left = -1): Message {
    const count = this.offsets.length - 1
    const from = this.offsets[left] ?? this.bytes.length
    const to = left < 0 ? from : (this.offsets[left + 1] as number)
    const head = encoding.encode((encoder) => encoding.writeVarUint(encoder, left < 0 ? count : count - 1))
    const length = head.length + this.bytes.length - (to - from)
    const prefix = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, FrameKind.awareness)
      encoding.writeVarUint(encoder, length)
    })
    const frame = new Uint8Array(prefix.length + length)
    frame.set(prefix, 0)
    frame.set(head, prefix.length)
    frame.set(this.bytes.subarray(0, from), prefix.length + head.length)
    frame.set(this.bytes.subarray(to), prefix.length + head.length + from)
    return toMessage(frame)
  }
}

/**
 * Shows everybody what the others show now. After a rest at once; what comes within a short while after it goes out as one
 * frame with the newest state of each, and nobody gets their own. Of a great many only some are shown at a time, in turn.
 */
export class PresenceRelay<Owner, Member extends Owner & Onlooker> {
  /** By client; in the order in which they began to wait. */
  private readonly changes = new Map<number, PresenceChange<Owner>>()
  private restsFrom = LONG_AGO
  private cancel: (() => void) | null = null
  private readonly members: ReadonlySet<Member>
  private readonly clock: Clock
  private readonly limits: Limits
  private readonly onShown: (changes: readonly PresenceChange<Owner>[]) => void

  /** @param onShown told what has just been shown to the members */
  constructor(
    members: ReadonlySet<Member>,
    clock: Clock,
    limits: Limits,
    onShown: (changes: readonly PresenceChange<Owner>[]) => void,
  ) {
    this.members = members
    this.clock = clock
    this.limits = limits
    this.onShown = onShown
  }

  pass(owner: Owner, entry: PresenceEntry): void {
    this.changes.set(entry.client, { owner, entry })
    if (this.cancel) return
    const wait = this.restsFrom - this.clock.now()
    if (wait <= 0) this.flush()
    else this.cancel = this.clock.after(wait, () => this.flush())
  }

  stop(): void {
    this.cancel?.()
    this.changes.clear()
  }

  private flush(): void {
    this.cancel = null
    const changes = this.take()
    const { presencePerReceiver, presenceLongest } = this.limits
    const pause = Math.min(presenceLongest, presencePerReceiver * this.members.size)
    this.restsFrom = this.clock.now() + pause
    if (this.changes.size > 0) this.cancel = this.clock.after(pause, () => this.flush())
    this.send(changes)
    this.onShown(changes)
  }

  /** Those whose turn it is; that somebody is gone is always told. */
  private take(): PresenceChange<Owner>[] {
    const taken: PresenceChange<Owner>[] = []
    let shown = 0
    for (const [client, change] of this.changes) {
      const isGone = change.entry.state === NOBODY
      if (!isGone && shown === this.limits.presenceShown) continue
      if (!isGone) shown++
      taken.push(change)
      this.changes.delete(client)
    }
    return taken
  }

  private send(changes: readonly PresenceChange<Owner>[]): void {
    const body = new PresenceBody(changes.map(({ entry }) => entry))
    const places = new Map<Owner, number>(changes.map(({ owner }, place) => [owner, place]))
    let all: Message | null = null
    for (const member of this.members) {
      const own = places.get(member)
      if (own === undefined) {
        all ??= body.message()
        member.show(all)
      } else if (changes.length > 1) member.show(body.message(own))
    }
  }
}
