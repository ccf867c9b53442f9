import { CloseCode, type Identity, type Notice } from '../../../whiteboard/collab/protocol.ts'
import type { Log } from '../../log.ts'
import type { Incomplete } from '../connection/writing.ts'
import type { Claim } from '../gate/owners.ts'
import type { Limits } from '../limits.ts'
import type { BoardLink, LinkedRoom, RemotePerson } from '../nodes/board-link.ts'
import type { SavedUpdate } from '../nodes/node-wire.ts'
import { createRemotePresence } from '../nodes/remote-presence.ts'
import type { Clock, RoomStorage, StoredDocument } from '../ports.ts'
import { Answers } from '../relay/answers.ts'
import { EncodedState } from '../relay/encoded-state.ts'
import { type Onlooker, type PresenceChange, PresenceRelay } from '../relay/presence-relay.ts'
import { Relay } from '../relay/relay.ts'
import { RoomCompaction } from '../saving/compaction.ts'
import type { Author, Saver, SaveTarget } from '../saving/saver.ts'
import { type Message, toMessage } from '../socket.ts'
import { onlyDeletes, presenceFrame, updateFrame } from '../wire.ts'
import type { Clearing } from './clearing.ts'
import type { ApplyOutcome, BoardDocument } from './document.ts'
import type { Labour } from './labour.ts'
import { createPresence } from './presence.ts'
import { Repairs, type Waiting } from './repairs.ts'
import { SizeWatch } from './size-watch.ts'

/** What a room knows of a connection. None of these throws. */
export interface Member extends Author, Waiting, Onlooker {
  readonly identity: Identity
  readonly canWrite: boolean
  send(frame: Uint8Array): void
  /** Sends a change of the board; who is too slow to get it catches up later. */
  deliver(message: Message): void
  /** Sends what somebody lacks who has `stateVector`. */
  answer(messages: readonly Message[], stateVector: Uint8Array): void
  notify(notice: Notice): void
  end(code: CloseCode, reason: string): void
}

/** An update frame as it came. */
export interface IncomingUpdate {
  /** The whole frame: passed on as it is when it is an update already. */
  readonly frame: Uint8Array
  readonly update: Uint8Array
  readonly isStep2: boolean
  /** Which of the author's update frames this is, from 1. */
  readonly number: number
  /** Whether to take what is admissible of it when not all is. */
  readonly takesPart: boolean
}

export type UpdateOutcome = Exclude<ApplyOutcome['type'], 'applied'> | 'accepted' | 'overloaded' | 'broken'

export const isIncomplete = (outcome: UpdateOutcome): outcome is Incomplete =>
  outcome === 'gap' || outcome === 'early-delete' || outcome === 'foreign'

export interface RoomOptions {
  readonly boardId: string
  readonly document: BoardDocument
  readonly stored: StoredDocument
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

/** Waits for no acknowledgement. */
const nobody: Author = { acknowledge: () => {} }

/** One open board: its document, who is there, and how much log has grown since its snapshot. */
export class Room implements SaveTarget {
  readonly boardId: string
  private readonly members = new Set<Member>()
  private readonly presence
  private readonly repairs: Repairs
  private readonly encoded: EncodedState
  private readonly answers: Answers<Member>
  private readonly presenceRelay: PresenceRelay<Member | RemotePerson, Member>
  private readonly relay: Relay<Member>
  private readonly options: RoomOptions
  private readonly document: BoardDocument
  private readonly compaction: RoomCompaction
  private readonly sizes: SizeWatch<Member>
  private broken = false
  private isTakingSaved = false

  constructor(options: RoomOptions) {
    this.options = options
    this.boardId = options.boardId
    this.document = options.document
    this.presence = createPresence<Member | RemotePerson>(options.limits, (client) =>
      options.document.ownerOf(client),
    )
    this.relay = new Relay(this.members, options.clock, options.limits)
    this.presenceRelay = new PresenceRelay(this.members, options.clock, options.limits, (changes) =>
      this.tellNodes(changes),
    )
    this.repairs = new Repairs(options.clock, options.limits)
    const { document, clock, limits, stored } = options
    const whole = stored.entries.length === 0 ? (stored.snapshot?.data ?? null) : null
    this.encoded = new EncodedState(document, clock, limits, whole)
    this.answers = new Answers(clock, limits, (...asked) => this.catchUp(...asked))
    this.sizes = new SizeWatch({
      stored,
      limits,
      clock,
      members: this.members,
      measure: () => this.document.missingFrom().length,
    })
    this.compaction = new RoomCompaction({
      ...options,
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

  join(member: Member): void {
    this.members.add(member)
    this.sizes.joined(member)
    if (this.options.saver.isFailing(this.boardId)) member.notify({ type: 'storage', failing: true })
    const frame = this.presence.others(member)
    if (frame) member.send(frame)
  }

  leave(member: Member): void {
    if (!this.members.delete(member)) return
    this.repairs.remove(member)
    this.sizes.left(member)
    this.answers.remove(member)
    const gone = this.presence.remove(member)
    if (gone) this.presenceRelay.pass(member, gone)
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
    member.answer(this.encoded.answer(stateVector), stateVector)
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
    if (this.sizes.isRefused(author) && onlyDeletes(incoming.update))
      return this.takeDeletions(author, incoming)
    const outcome = this.take(author, incoming)
    if (outcome === 'accepted' && incoming.isStep2) {
      this.repairs.remove(author)
      this.sizes.accepted(author)
    }
    if (outcome === 'full' || (isIncomplete(outcome) && this.sizes.isRefused(author))) {
      return this.takeDeletions(author, incoming)
    }
    if (isIncomplete(outcome) && incoming.takesPart) return this.takePart(author, incoming, outcome)
    return outcome
  }

  private take(author: Member, incoming: IncomingUpdate): UpdateOutcome {
    // An answer may bring what others wrote and this server lost, under ids that it lost with it.
    const mayClaim = !incoming.isStep2 && !incoming.takesPart
    const { id } = author.identity
    const fits = (bytes: number): boolean => this.sizes.fits(author, bytes)
    const { update } = incoming
    const outcome = this.timed(author, update, () =>
      this.guarded(() => this.document.apply(update, id, mayClaim, fits)),
    )
    if (outcome === null) return 'broken'
    if (outcome.type !== 'applied') return outcome.type
    const { novelty } = outcome
    if (novelty) {
      this.options.onWrote(this.boardId, author.identity.id)
      this.encoded.grown(novelty)
      this.sizes.grown(novelty)
      this.relay.pass(author, { novelty, frame: novelty.isAll && !incoming.isStep2 ? incoming.frame : null })
      this.repairs.grown()
    }
    this.options.saver.add(this, novelty, author, incoming.number)
    return 'accepted'
  }

  /** What an honest client sends may hold what others wrote and this server has not got. */
  private takePart(author: Member, incoming: IncomingUpdate, outcome: Incomplete): UpdateOutcome {
    if (this.members.has(author)) this.repairs.add(author)
    const update = this.timed(author, incoming.update, () =>
      this.document.partOf(incoming.update, author.identity.id),
    )
    if (!update) return outcome
    const taken = this.take(author, { ...incoming, update, frame: updateFrame(update) })
    return taken === 'accepted' ? outcome : taken
  }

  /** Of what there is no room for, or builds on that, what makes room: the whole elements that it deletes. */
  private takeDeletions(author: Member, incoming: IncomingUpdate): UpdateOutcome {
    const update = this.timed(author, incoming.update, () => this.document.deletionsOf(incoming.update))
    if (!update) return 'full'
    const taken = this.take(author, { ...incoming, update, frame: updateFrame(update), isStep2: false })
    return taken === 'accepted' ? 'full' : taken
  }

  /** Ends who keeps the process busier than anybody may, once their update is done with. */
  private timed<Result>(author: Member, { length }: Uint8Array, work: () => Result): Result {
    const { labour } = this.options
    const { id } = author.identity
    const result = labour.time(id, length, work)
    if (labour.isTooMuch(id)) author.end(CloseCode.rateLimited, 'updates take too much work')
    return result
  }

  private wholeState(): Uint8Array | null {
    if (this.broken) return null
    const whole = this.document.missingFrom()
    this.sizes.measured(whole.length)
    return whole
  }

  /** False when the payload does not decode. */
  takePresence(member: Member, payload: Uint8Array): boolean {
    const outcome = this.presence.take(member, member.identity, payload)
    if (outcome.type === 'malformed') return false
    if (outcome.shown !== null) {
      if (member.canWrite) this.keepFor(member, outcome.shown)
      else this.document.reserve(outcome.shown, member.identity.id)
    }
    if (outcome.entry) this.presenceRelay.pass(member, outcome.entry)
    return true
  }

  /**
   * Whose a client id is is stored before they draw under it: what they drew, and others have, may get lost with the server
   * before it is saved, and must not become the others' who bring it back.
   */
  private keepFor(member: Member, client: number): void {
    this.document.claim(client, member.identity.id)
    if (this.document.claims().length > 0) this.options.saver.add(this, null, nobody, 0)
  }

  /** Answers a question, even with nobody: clients also ask to find out whether the connection still works. */
  sendPresence(member: Member): void {
    member.show(toMessage(this.presence.others(member) ?? presenceFrame([])))
  }

  moveOwnership(from: string, to: string): void {
    this.document.moveOwnership(from, to)
  }

  claims(): readonly Claim[] {
    return this.document.claims()
  }

  committed(saved: readonly SavedUpdate[]): void {
    this.document.claimsStored(saved.reduce((count, { owners }) => count + owners.length, 0))
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
    this.presenceRelay.stop()
    this.encoded.stop()
    this.answers.stop()
    this.options.link.close()
    this.repairs.stop()
    this.sizes.stop()
    this.document.destroy()
  }

  /** What people who are connected here show now. */
  private tellNodes(changes: readonly PresenceChange<Member | RemotePerson>[]): void {
    const { link } = this.options
    if (link.hasPeers) link.showed(changes.flatMap(({ owner, entry }) => ('node' in owner ? [] : entry)))
  }

  private asLinked(): LinkedRoom {
    const remote = createRemotePresence(
      this.presence,
      (...change) => this.presenceRelay.pass(...change),
      (client, personId) => this.document.reserve(client, personId),
    )
    return {
      ...remote,
      takeSaved: (update) => this.broken || this.takeSaved(update),
      readLogAgain: () => (this.broken ? Promise.resolve() : this.compaction.catchUp()),
      ownPresence: () => [...this.members].flatMap((member) => this.presence.entryOf(member) ?? []),
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
    if (outcome.novelty) {
      this.encoded.grown(outcome.novelty)
      this.sizes.grown(outcome.novelty)
      this.relay.pass(null, { novelty: outcome.novelty, frame: null })
      this.repairs.grown()
    }
    this.addToLog([saved])
    return isAgreed
  }

  private addToLog(saved: readonly SavedUpdate[]): void {
    const bytes = saved.reduce((sum, { data }) => sum + data.length, 0)
    this.compaction.add(
      saved.map(({ seq }) => seq),
      bytes,
    )
  }

  /** What another server has stored meanwhile. */
  private takeIn(stored: StoredDocument): void {
    const news = this.elsewhere(() => this.document.takeIn(stored))
    if (!news) return
    const novelty = { update: news, isAll: true, runs: null, deletes: [] }
    this.encoded.forget()
    this.sizes.grown(novelty)
    this.relay.pass(null, { novelty, frame: null })
    this.repairs.grown()
  }

  /** A change that was made at another server; null when the document broke. */
  private elsewhere<Result>(change: () => Result): Result | null {
    this.isTakingSaved = true
    const result = this.guarded(change)
    this.isTakingSaved = false
    return result
  }

  /** Gives the room up, and returns null, when `change` breaks the document. */
  private guarded<Result>(change: () => Result): Result | null {
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
