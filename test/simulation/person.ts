import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { type BoardSyncClient, createSyncClient } from '../../whiteboard/collab/sync-client.ts'
import type { TicketAnswer } from '../../whiteboard/collab/types.ts'
import { kinds } from '../../whiteboard/elements/index.ts'
import type { BoardStore, History } from '../../whiteboard/model/board.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import type { ElementId } from '../../whiteboard/model/element.ts'
import { createHistory } from '../../whiteboard/model/history.ts'
import type { StoredBoard } from '../../whiteboard/model/plans/restore.ts'
import { BrowserSocket } from '../support/browser-socket.ts'
import { Device, DeviceTab } from './device.ts'
import { draw, restore, undoAndRedo } from './drawing.ts'
import { type ClientEnd, Link, type Tap } from './network.ts'
import { watchUndo } from './undo-watch.ts'
import type { World } from './world.ts'

/** What a person needs of the world round them. */
export interface Surroundings {
  readonly world: World
  readonly boardId: string
  readonly tap: Tap
  /** A fault that is put in on purpose: undo takes back whatever was done last, whoever did it. */
  readonly undoesAll: boolean
  requestTicket(personId: string): Promise<TicketAnswer>
  /** A connection has come as far as the server that its address names. */
  arrive(link: Link, url: string, ticket: string): void
  /** To which the board may be restored. */
  readonly versions: readonly StoredBoard[]
  /** An honest person has made it or brought it back, or taken it away. */
  came(id: ElementId): void
  went(id: ElementId): void
}

/** A WebSocket of the browser. */
const socketClass = (surroundings: Surroundings, opened: (link: Link) => void): typeof WebSocket => {
  const { world, tap } = surroundings
  class SimulatedSocket extends BrowserSocket implements ClientEnd {
    private readonly link: Link

    constructor(url: string, protocols: readonly string[]) {
      super()
      this.link = new Link(world, this, tap)
      opened(this.link)
      const ticket = (protocols[1] ?? '').replace(/^ticket\./, '')
      world.after(world.between(1, 100), () => surroundings.arrive(this.link, url, ticket))
    }

    protected carry(frame: Uint8Array): void {
      this.link.toServer(frame)
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
      this.deliver(message)
    }

    closed(code: number): void {
      if (this.readyState === 3) return
      this.readyState = 3
      this.onclose?.({ code })
    }
  }
  return SimulatedSocket as unknown as typeof WebSocket
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
    watchUndo(doc, (what) => world.violate(`I8: undo of ${this.id} ${what}`))
    const store = createBoardStore(doc, kinds)
    return { doc, client, store, history: this.openHistory(store) }
  }

  private openHistory(store: BoardStore): History {
    const { world, undoesAll } = this.surroundings
    const history = createHistory(store, undefined, () => world.now())
    if (!undoesAll) return history
    const careless = new Y.UndoManager(store.doc.getMap('elements'), {
      captureTimeout: 0,
      captureTransaction: () => true,
    })
    careless.trackedOrigins.add(Object).add(WebsocketProvider)
    return Object.assign(history, { undo: () => careless.undo(), redo: () => careless.redo() })
  }

  /** Whether they may draw, as the interface would let them. */
  get mayDraw(): boolean {
    const { client } = this.tab
    return client.loaded && client.role !== 'viewer' && client.status.state !== 'ended'
  }

  act(): void {
    const { world, versions } = this.surroundings
    if (!this.mayDraw) return
    this.count++
    const { tab } = this
    const drawing = { world, tab, step: this.count }
    const dice = world.below(100)
    if (dice < 76) this.noting(() => draw(drawing))
    else if (dice < 83) this.noting(() => tab.history.undo())
    else if (dice < 87) this.noting(() => tab.history.redo())
    else if (dice < 91) undoAndRedo(drawing, (work) => this.noting(work))
    else if (dice < 92) this.restore(world.pick(versions))
    else tab.client.awareness.setLocalState({ cursor: [world.below(1000), world.below(1000)] })
  }

  private restore(version: StoredBoard | undefined): void {
    if (!version) return
    this.noting(() => restore(this.tab, version))
    // Some of them may be new though they were there: of what cannot be changed to what it was a new one is made.
    for (const id of version.elements.keys()) this.surroundings.came(id as ElementId)
  }

  /** Tells what has come and gone with it. */
  private noting(work: () => void): void {
    const { store } = this.tab
    const before = store.ordered
    const known = new Set(before.map(({ id }) => id))
    work()
    for (const { id } of before) if (!store.get(id)) this.surroundings.went(id)
    for (const { id } of store.ordered) if (!known.has(id)) this.surroundings.came(id)
  }
}
