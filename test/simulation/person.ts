import * as Y from 'yjs'
import { type BoardSyncClient, createSyncClient } from '../../whiteboard/collab/sync-client.ts'
import type { TicketAnswer } from '../../whiteboard/collab/types.ts'
import type { BoardStore, History } from '../../whiteboard/model/board.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import type { ElementId } from '../../whiteboard/model/element.ts'
import { createHistory } from '../../whiteboard/model/history.ts'
import { testKinds } from '../support/kinds.ts'
import { generateScene } from '../support/scene-generator.ts'
import { Device, DeviceTab } from './device.ts'
import { type ClientEnd, Link, type Tap } from './network.ts'
import type { World } from './world.ts'

/** What a person needs of the world round them. */
export interface Surroundings {
  readonly world: World
  readonly boardId: string
  readonly tap: Tap
  requestTicket(personId: string): Promise<TicketAnswer>
  /** A connection has come as far as the server that its address names. */
  arrive(link: Link, url: string, ticket: string): void
  /** An honest person has made it, or taken it away. */
  created(id: ElementId): void
  removed(id: ElementId): void
}

/** A WebSocket of the browser. */
const socketClass = (surroundings: Surroundings, opened: (link: Link) => void): typeof WebSocket => {
  const { world, tap } = surroundings
  class BrowserSocket implements ClientEnd {
    static readonly OPEN = 1
    readonly OPEN = 1
    readyState = 0
    binaryType = 'blob'
    onopen: (() => void) | null = null
    onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
    onclose: ((event: { code: number }) => void) | null = null
    onerror: (() => void) | null = null
    private readonly link: Link

    constructor(url: string, protocols: readonly string[]) {
      this.link = new Link(world, this, tap)
      opened(this.link)
      const ticket = (protocols[1] ?? '').replace(/^ticket\./, '')
      world.after(world.between(1, 100), () => surroundings.arrive(this.link, url, ticket))
    }

    send(frame: Uint8Array): void {
      if (this.readyState === 1) this.link.toServer(frame)
    }

    close(): void {
      if (this.readyState === 3) return
      this.readyState = 3
      this.link.leave()
    }

    opened(): void {
      if (this.readyState !== 0) return
      this.readyState = 1
      this.onopen?.()
    }

    took(message: Uint8Array): void {
      this.opened()
      if (this.readyState === 1) this.onmessage?.({ data: message.slice().buffer as ArrayBuffer })
    }

    closed(code: number): void {
      if (this.readyState === 3) return
      this.readyState = 3
      this.onclose?.({ code })
    }
  }
  return BrowserSocket as unknown as typeof WebSocket
}

/** A board that is open in a browser. */
export interface Tab {
  readonly doc: Y.Doc
  readonly store: BoardStore
  readonly history: History
  readonly client: BoardSyncClient
}

/** Somebody with one device, who draws in one tab at a time. */
export class Person {
  readonly id: string
  readonly device = new Device()
  tab: Tab
  link: Link | null = null
  private readonly surroundings: Surroundings
  private count = 0

  constructor(id: string, surroundings: Surroundings) {
    this.id = id
    this.surroundings = surroundings
    this.tab = this.open()
  }

  /** The tab is gone without a word, and opened anew. */
  reload(): void {
    this.close()
    this.tab = this.open()
  }

  close(): void {
    this.link?.cut()
    const { client, store, history, doc } = this.tab
    client.dispose()
    history.dispose()
    store.dispose()
    doc.destroy()
  }

  private open(): Tab {
    const { world, boardId } = this.surroundings
    const doc = new Y.Doc()
    doc.clientID = 1 + world.below(2 ** 31)
    const client = createSyncClient({
      doc,
      boardId,
      requestTicket: () => this.surroundings.requestTicket(this.id),
      deviceCopy: new DeviceTab(this.device),
      clock: world,
      random: world.fraction,
      WebSocketPolyfill: socketClass(this.surroundings, (link) => {
        this.link = link
      }),
      onlineEvents: () => () => {},
    })
    // It goes by real time, of which there is none here.
    clearInterval(client.awareness._checkInterval as number)
    client.awareness.setLocalState({ cursor: [0, 0] })
    const store = createBoardStore(doc, testKinds)
    return { doc, client, store, history: createHistory(store, undefined, () => world.now()) }
  }

  /** Whether they may draw, as the interface would let them. */
  get mayDraw(): boolean {
    const { client } = this.tab
    return client.loaded && client.role !== 'viewer' && client.status.state !== 'ended'
  }

  act(): void {
    const { world } = this.surroundings
    if (!this.mayDraw) return
    this.count++
    const dice = world.below(100)
    if (dice < 25) this.create()
    else if (dice < 60) this.change()
    else if (dice < 70) this.type()
    else if (dice < 80) this.noting(() => this.remove())
    else if (dice < 88) this.noting(() => this.tab.history.undo())
    else if (dice < 92) this.noting(() => this.tab.history.redo())
    else this.tab.client.awareness.setLocalState({ cursor: [world.below(1000), world.below(1000)] })
  }

  /** Tells what has gone with it. */
  private noting(work: () => void): void {
    const { store } = this.tab
    const before = store.ordered
    work()
    for (const { id } of before) if (!store.get(id)) this.surroundings.removed(id)
  }

  private create(): void {
    const { world } = this.surroundings
    const { store, doc } = this.tab
    const made = generateScene({ count: 1 + world.below(3), seed: world.below(1e6), labelled: 0.3 })
    store.transact('user', (edit) => {
      for (const [index, element] of made.entries()) {
        const id = `${doc.clientID}-${this.count}-${index}` as ElementId
        edit.create({ ...element, id })
        this.surroundings.created(id)
      }
    })
  }

  private change(): void {
    const { world } = this.surroundings
    const { store } = this.tab
    const id = world.pick(store.ordered)?.id
    if (id === undefined) return
    const patches = [
      { position: [world.below(1000), world.below(1000)] },
      { size: [1 + world.below(300), 1 + world.below(300)] },
      { strokeWidth: world.below(9), locked: world.chance(0.5) },
      { groups: [`g${world.below(3)}`] },
    ]
    store.transact('user', (edit) => edit.update(id, world.pick(patches) ?? {}))
  }

  private type(): void {
    const { world } = this.surroundings
    const { store } = this.tab
    const id = world.pick(store.ordered)?.id
    if (id === undefined) return
    store.transact('user', () => {
      const text = store.text(id)
      text.insert(world.below(text.length + 1), `${this.count} `)
      if (text.length > 8) text.delete(world.below(4), 3)
    })
  }

  private remove(): void {
    const { world } = this.surroundings
    const { store } = this.tab
    const id = world.pick(store.ordered)?.id
    if (id !== undefined) store.transact('user', (edit) => edit.remove(id))
  }
}
