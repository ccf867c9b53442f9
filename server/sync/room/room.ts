import { CloseCode } from '../../../whiteboard/collab/protocol.ts'
import type { Log } from '../../log.ts'
import type { Claim } from '../gate/owners.ts'
import type { Limits } from '../limits.ts'
import type { BoardLink, LinkedRoom } from '../nodes/board-link.ts'
import type { SavedUpdate } from '../nodes/node-wire.ts'
import { type Clock, partsOf, type RoomStorage, type StoredDocument } from '../ports.ts'
import { Answers } from '../relay/answers.ts'
import { EncodedState } from '../relay/encoded-state.ts'
import { Relay } from '../relay/relay.ts'
import type { Novelty } from '../relay/update-join.ts'
import { RoomCompaction } from '../saving/compaction.ts'
import { nobody } from '../saving/save-target.ts'
import type { Saver } from '../saving/saver.ts'
import type { Clearing } from './clearing.ts'
import type { BoardDocument } from './document.ts'
import { type EditedRoom, Editing } from './editing.ts'
import type { Labour } from './labour.ts'
import type { IncomingUpdate, Member, UpdateOutcome } from './member.ts'
import { Repairs } from './repairs.ts'
import { RoomPresence } from './room-presence.ts'
import { SizeWatch } from './size-watch.ts'

export interface RoomOptions {
  readonly boardId: string
  readonly document: BoardDocument
  readonly storage: RoomStorage
  readonly saver: Saver
  /** To the other nodes that have the board open; closed with the room. */
  readonly link: BoardLink
  readonly limits: Limits
  readonly clock: Clock
  /** What people's updates cost. */
  readonly labour: Labour
  readonly log: Log
  /** Somebody's update changed the board. */
  readonly onWrote: (boardId: string, personId: string) => void
  /** Called before what cleared the board is on its way to the log. */
  readonly onCleared: (clearing: Clearing) => void
  /** The document can no longer be trusted: all members have been sent away, and the room must not be joined again. */
  readonly onBroken: (room: Room) => void
}

/** One open board: its document, who is there, and how much log has grown since its snapshot. */
export class Room implements EditedRoom {
  readonly boardId: string
  private readonly members = new Set<Member>()
  private readonly presence: RoomPresence
  private readonly repairs: Repairs
  private readonly encoded: EncodedState
  private readonly answers: Answers<Member>
  private readonly relay: Relay<Member>
  private readonly options: RoomOptions
  private readonly document: BoardDocument
  private readonly compaction: RoomCompaction
  private readonly sizes: SizeWatch<Member>
  private readonly editing: Editing
  private broken = false
  private isTakingSaved = false

  /** @param stored what the document was read from; not kept, for it may be large */
  constructor(options: RoomOptions, stored: StoredDocument) {
    this.options = options
    this.boardId = options.boardId
    this.document = options.document
    this.presence = new RoomPresence({
      ...options,
      members: this.members,
      // Stored before they draw: what others have of it may get lost here, and must not become theirs who bring it back.
      onClaimed: () => options.saver.add(this, null, nobody, 0),
    })
    this.relay = new Relay(this.members, options.clock, options.limits)
    this.repairs = new Repairs(options.clock, options.limits)
    const { document, clock, limits } = options
    const whole = stored.entries.length === 0 ? (stored.snapshot?.data ?? null) : null
    this.encoded = new EncodedState(document, clock, limits, whole)
    this.answers = new Answers(clock, limits, (...asked) => this.catchUp(...asked))
    this.sizes = new SizeWatch({
      bytes: partsOf(stored).reduce((sum, { length }) => sum + length, 0),
      limits,
      clock,
      members: this.members,
      measure: () => this.document.missingFrom().length,
    })
    this.editing = new Editing(this, { ...options, sizes: this.sizes, repairs: this.repairs })
    this.compaction = new RoomCompaction({
      boardId: options.boardId,
      stored,
      storage: options.storage,
      limits,
      log: options.log,
      state: () => this.wholeState(),
      saved: () => options.saver.saved(options.boardId),
      takeIn: (stored) => this.takeIn(stored),
    })
    options.document.onCleared(() => {
      // What was saved elsewhere was told there.
      if (!this.isTakingSaved) options.onCleared({ boardId: this.boardId, seq: this.compaction.newest })
    })
    options.link.attach(this.asLinked())
  }

  get size(): number {
    return this.members.size
  }

  has(member: Member): boolean {
    return this.members.has(member)
  }

  join(member: Member): void {
    this.members.add(member)
    this.sizes.joined(member)
    if (this.options.saver.isFailing(this.boardId)) member.notify({ type: 'storage', failing: true })
    this.presence.joined(member)
  }

  leave(member: Member): void {
    if (!this.members.delete(member)) return
    this.repairs.remove(member)
    this.sizes.left(member)
    this.answers.remove(member)
    this.presence.left(member)
  }

  stateVector(): Uint8Array {
    return this.document.stateVector()
  }

  /** The state vector of who has got all updates but what is being passed on. */
  position(): Uint8Array {
    return this.document.stateVector(this.relay.undelivered())
  }

  /** Sends what somebody lacks who has `stateVector`. */
  catchUp(member: Member, stateVector: Uint8Array): void {
    const answer = (): void => member.answer(this.encoded.answer(stateVector), stateVector)
    const ready = this.encoded.prepare(stateVector)
    if (!ready) answer()
    else void ready.then(() => this.members.has(member) && answer())
  }

  /** The same when they ask for it, which they may do as often as they like. */
  bringUpToDate(member: Member, stateVector: Uint8Array): void {
    this.answers.ask(member, stateVector)
  }

  /** How many client ids its document has. */
  get clients(): number {
    return this.document.clients
  }

  countElements(): number {
    return this.document.countElements()
  }

  /** Applies an editor's update and puts it on its way to the others and to the disk. */
  update(author: Member, incoming: IncomingUpdate): UpdateOutcome {
    if (this.broken) return 'broken'
    if (this.options.saver.isFull(this.boardId)) return 'overloaded'
    return this.editing.take(author, incoming)
  }

  /** Passes on what the document has since now. `frame` is the author's, where it says just that. */
  spread(author: Member | null, novelty: Novelty, frame: Uint8Array | null = null): void {
    this.encoded.grown(novelty)
    this.sizes.grown(novelty)
    this.relay.pass(author, { novelty, frame })
    this.repairs.grown()
  }

  /** False when the payload does not decode. */
  takePresence(member: Member, payload: Uint8Array): boolean {
    return this.presence.take(member, payload)
  }

  /** Answers a question, even with nobody: clients also ask to find out whether the connection still works. */
  sendPresence(member: Member): void {
    this.presence.answer(member)
  }

  moveOwnership(from: string, to: string): void {
    this.document.moveOwnership(from, to)
  }

  claims(): readonly Claim[] {
    return this.document.claims()
  }

  committed(saved: readonly SavedUpdate[]): void {
    for (const { owners } of saved) if (owners.length > 0) this.document.claimsStored(owners.length)
    this.addToLog(saved)
    this.options.link.committed(saved)
  }

  storageFailing(failing: boolean): void {
    for (const member of this.members) member.notify({ type: 'storage', failing })
  }

  boardGone(): void {
    this.endAll(CloseCode.boardGone, 'board is gone')
  }

  endAll(code: CloseCode, reason: string): void {
    for (const member of [...this.members]) member.end(code, reason)
  }

  /** Replaces the log by a snapshot, if there is any log. Never rejects: a failure leaves the log as it is. */
  compact(): Promise<void> {
    return this.compaction.run()
  }

  destroy(): void {
    this.relay.stop()
    this.presence.stop()
    this.encoded.stop()
    this.answers.stop()
    this.options.link.close()
    this.repairs.stop()
    this.sizes.stop()
    this.document.destroy()
  }

  /** Null when it can no longer be trusted. */
  private async wholeState(): Promise<Uint8Array | null> {
    if (this.broken) return null
    const measured = this.sizes.measuring()
    const whole = await this.document.encode()
    // Asked again, for it may have broken meanwhile.
    if (this.broken) return null
    measured(whole.length)
    return whole
  }

  private asLinked(): LinkedRoom {
    return {
      ...this.presence.remote,
      takeSaved: (update) => this.broken || this.takeSaved(update),
      readLogAgain: () => (this.broken ? Promise.resolve() : this.compaction.catchUp()),
      ownPresence: () => this.presence.own(),
    }
  }

  /** False when it builds on what is not here yet, or an id is somebody else's here: what is stored decides. */
  private takeSaved(saved: SavedUpdate): boolean {
    const isAgreed = saved.owners.every(
      ([client, person]) => (this.document.ownerOf(client) ?? person) === person,
    )
    const outcome = this.elsewhere(() => this.document.takeSaved(saved.data, new Map(saved.owners)))
    if (outcome === null) return true
    if (outcome.type !== 'applied') return false
    if (outcome.novelty) this.spread(null, outcome.novelty)
    this.addToLog([saved])
    return isAgreed
  }

  private addToLog(saved: readonly SavedUpdate[]): void {
    this.compaction.add(saved)
  }

  /** What another server has stored meanwhile. */
  private takeIn(stored: StoredDocument): void {
    const news = this.elsewhere(() => this.document.takeIn(stored))
    if (news) this.spread(null, { update: news, isAll: true, runs: null, deletes: [] })
  }

  /** A change that was made at another server; null when the document broke. */
  private elsewhere<Result>(change: () => Result): Result | null {
    this.isTakingSaved = true
    const result = this.guarded(change)
    this.isTakingSaved = false
    return result
  }

  /** Gives the room up, and returns null, when `change` breaks the document. */
  guarded<Result>(change: () => Result): Result | null {
    try {
      return change()
    } catch (error) {
      this.broken = true
      this.options.log.error('An update broke a room', { boardId: this.boardId, error })
      this.endAll(CloseCode.internalError, 'room is reloaded')
      this.options.onBroken(this)
      return null
    }
  }
}
