import type { Bus, Subscription } from '../../bus/bus.ts'
import type { PresenceEntry } from '../wire.ts'
import { createCatchUp } from './catch-up.ts'
import {
  boardTopic,
  decodeBoardMessage,
  decodePresenceMessage,
  encodeBoardMessage,
  encodePresenceMessage,
  presenceTopic,
  type SavedUpdate,
} from './node-wire.ts'

/** Stands for one who is on the board at another node. */
export interface RemotePerson {
  readonly node: string
  readonly client: number
}

/** A room, as what comes from other nodes sees it. None of these throws. */
export interface LinkedRoom {
  /** Takes what another node has saved. False when what is stored has to be looked at, for it builds on what is not here. */
  takeSaved(update: SavedUpdate): boolean
  /** Reads what is stored and not here. Rejects when that cannot be done now. */
  readLogAgain(): Promise<void>
  /** The state has the identity in it that the other node let in. */
  showRemote(person: RemotePerson, entry: PresenceEntry): void
  hideRemote(person: RemotePerson): void
  /** What the people on this node show. */
  ownPresence(): PresenceEntry[]
}

/** What a room tells the other nodes. None of these throws or waits. */
export interface BoardLink {
  /** Resolves when it makes sense to load the board: what others save from then on is heard of. */
  readonly ready: Promise<void>
  /** The board is about to be read: what others saved so far will be in it. */
  loading(): void
  attach(room: LinkedRoom): void
  /** Rows of this node that have just been committed. */
  committed(updates: readonly SavedUpdate[]): void
  /** What people on this node show now; a state of `null` stands for one who has left. */
  showed(entries: readonly PresenceEntry[]): void
  /** Whether somebody else has the board open, so that saying something is worth it. */
  readonly hasPeers: boolean
  close(): void
}

export interface BoardLinkOptions {
  readonly boardId: string
  readonly bus: Bus
  /**
   * Where its count of rows begins: no lower than that of any board this node had open before. Others that missed that it was
   * closed and opened again would take a lower one for what they know.
   */
  readonly countFrom: number
  /** Bytes of an update above which others read it from the log. */
  readonly largest: number
  /** Runs `work` when it is its turn; see `catch-up.ts`. */
  readonly takeTurn: (work: () => Promise<void>) => Promise<void>
  readonly retryAfter: (failures: number, task: () => void) => () => void
  /** The node has said something. */
  readonly onHeard: (node: string) => void
  readonly onClose: () => void
}

/** Another node that has the board open. */
interface Peer {
  /** Of how many rows of it this node has heard. */
  counter: number
  readonly people: Map<number, { readonly person: RemotePerson; entry: PresenceEntry }>
}

const NOBODY = 'null'

/** A board that is open on this node, towards the other nodes. */
export class NodeBoardLink implements BoardLink {
  readonly boardId: string
  readonly ready: Promise<void>
  private readonly bus: Bus
  private readonly options: BoardLinkOptions
  private readonly peers = new Map<string, Peer>()
  private readonly subscriptions: readonly Subscription[]
  private readonly catchUp
  private room: LinkedRoom | null = null
  private isLoading = false
  private isClosed = false
  private rows: number

  constructor(options: BoardLinkOptions) {
    this.options = options
    this.rows = options.countFrom
    this.boardId = options.boardId
    this.bus = options.bus
    this.catchUp = createCatchUp({ ...options, work: async () => this.room?.readLogAgain() })
    const hear = (payload: Uint8Array, from: string): void => this.hear(payload, from)
    const hearPresence = (payload: Uint8Array, from: string): void => this.hearPresence(payload, from)
    this.subscriptions = [
      this.bus.subscribe(boardTopic(this.boardId), { message: hear, restored: () => this.restored() }),
      this.bus.subscribe(presenceTopic(this.boardId), { message: hearPresence, restored: () => {} }),
    ]
    this.ready = Promise.all(this.subscriptions.map(({ ready }) => ready)).then(() => this.say('hello'))
  }

  get hasPeers(): boolean {
    return this.peers.size > 0
  }

  /** Rises with each row that is committed. */
  get counter(): number {
    return this.rows
  }

  loading(): void {
    this.isLoading = true
  }

  attach(room: LinkedRoom): void {
    this.room = room
    for (const { people } of this.peers.values()) {
      for (const { person, entry } of people.values()) room.showRemote(person, entry)
    }
    this.catchUp.start()
  }

  committed(updates: readonly SavedUpdate[]): void {
    for (const update of updates) {
      const counter = ++this.rows
      if (!this.hasPeers) continue
      if (update.data.length > this.options.largest) this.say('here')
      else this.bus.publish(boardTopic(this.boardId), encodeBoardMessage({ type: 'update', counter, update }))
    }
  }

  showed(entries: readonly PresenceEntry[]): void {
    if (this.hasPeers && entries.length > 0) this.sayPresence(entries, false)
  }

  /** Everybody who is here, for those who have missed something. */
  showAll(): void {
    if (this.hasPeers && this.room) this.sayPresence(this.room.ownPresence(), true)
  }

  /** The node has the board open, and has committed so many rows. */
  announced(node: string, counter: number): void {
    this.heard(node, counter)
  }

  /** The node does not have the board open any more, or is gone. */
  left(node: string): void {
    const peer = this.peers.get(node)
    if (!peer) return
    this.peers.delete(node)
    for (const { person } of peer.people.values()) this.room?.hideRemote(person)
    // What it saved last may not have been heard of.
    this.catchUp.missed()
  }

  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.bus.publish(boardTopic(this.boardId), encodeBoardMessage({ type: 'bye' }))
    for (const subscription of this.subscriptions) subscription.end()
    this.catchUp.stop()
    this.options.onClose()
  }

  private say(type: 'hello' | 'here'): void {
    this.bus.publish(boardTopic(this.boardId), encodeBoardMessage({ type, counter: this.rows }))
  }

  private sayPresence(entries: readonly PresenceEntry[], isWhole: boolean): void {
    const payload = encodePresenceMessage({ isWhole, entries })
    this.bus.publish(presenceTopic(this.boardId), payload, { expendable: true })
  }

  /** Who was cut off knows neither what others saved nor who is there. */
  private restored(): void {
    if (this.isClosed) return
    this.say('hello')
    this.showAll()
    this.catchUp.missed()
  }

  private hear(payload: Uint8Array, from: string): void {
    const message = decodeBoardMessage(payload)
    if (!message || this.isClosed) return
    switch (message.type) {
      case 'bye':
        this.left(from)
        break
      case 'update':
        this.hearUpdate(from, message.counter, message.update)
        break
      case 'hello':
        // Who has been cut off and is known from before has missed who is here, too.
        this.left(from)
        this.heard(from, message.counter)
        this.say('here')
        break
      case 'here':
        this.heard(from, message.counter)
    }
  }

  private hearUpdate(from: string, counter: number, update: SavedUpdate): void {
    // What it brings is known as soon as it is taken, so only what lies before it can be missing.
    const peer = this.heard(from, counter - 1)
    peer.counter = Math.max(peer.counter, counter)
    if (!this.room?.takeSaved(update)) this.catchUp.missed()
  }

  /** Remembers the node, and notices when it has committed more than was heard of. */
  private heard(node: string, counter: number): Peer {
    this.options.onHeard(node)
    const known = this.peers.get(node)
    // Before the board is read there is nothing to miss: what is committed will be read.
    if (this.isLoading && counter > (known?.counter ?? 0)) this.catchUp.missed()
    if (known) {
      known.counter = Math.max(known.counter, counter)
      return known
    }
    const peer: Peer = { counter, people: new Map() }
    this.peers.set(node, peer)
    this.showAll()
    return peer
  }

  private hearPresence(payload: Uint8Array, from: string): void {
    const message = decodePresenceMessage(payload)
    if (!message || this.isClosed) return
    const { people } = this.heard(from, 0)
    const present = new Set<number>()
    for (const entry of message.entries) {
      if (entry.state === NOBODY) continue
      present.add(entry.client)
      const person = people.get(entry.client)?.person ?? { node: from, client: entry.client }
      people.set(entry.client, { person, entry })
      this.room?.showRemote(person, entry)
    }
    const gone = message.isWhole
      ? [...people.keys()].filter((client) => !present.has(client))
      : message.entries.filter(({ state }) => state === NOBODY).map(({ client }) => client)
    for (const client of gone) this.hide(people, client)
  }

  private hide(people: Peer['people'], client: number): void {
    const known = people.get(client)
    if (!known) return
    people.delete(client)
    this.room?.hideRemote(known.person)
  }
}
