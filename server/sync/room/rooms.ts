import type { Log } from '../../log.ts'
import type { Limits } from '../limits.ts'
import { type NodeLinks, noLinks } from '../nodes/node-links.ts'
import type { Clock, RoomStorage } from '../ports.ts'
import type { Saver } from '../saving/saver.ts'
import type { Clearing } from './clearing.ts'
import { Labour } from './labour.ts'
import { Room } from './room.ts'
import { readStoredDocument } from './stored-document.ts'

/** A right to use a room, which keeps it open until released. Releasing twice does nothing. */
export interface Lease {
  readonly room: Room
  release(): void
}

export interface Rooms {
  /** @throws what the storage threw, DamagedSnapshotError among it */
  acquire(boardId: string): Promise<Lease>
  /** Loaded rooms, empty ones that are not yet saved and evicted included. */
  readonly size: number
  /** How many elements a board has that is open; null when it is not. */
  countElements(boardId: string): number | null
  /** What was one person's is another's from now on. */
  moveOwnership(from: string, to: string): void
  /** Compacts every room that has log. Call when nobody is left and all is saved. */
  close(): Promise<void>
}

interface Loading {
  readonly type: 'loading'
  readonly loaded: Promise<Room>
  leases: number
}

/** The life of a board in memory. There is never more than one document of a board. */
type Slot =
  | Loading
  | { readonly type: 'open'; readonly room: Room; leases: number }
  /** Nobody is there: saved, compacted, then forgotten, unless somebody comes first. */
  | { readonly type: 'draining'; readonly room: Room }
  /** Its document broke: whoever comes waits until its log is written, and loads anew. */
  | { readonly type: 'broken'; readonly gone: Promise<void> }

export interface RoomsOptions {
  readonly storage: RoomStorage
  readonly saver: Saver
  readonly limits: Limits
  readonly clock: Clock
  readonly log: Log
  /** What people's updates cost; told by the time that passes unless given. */
  readonly labour?: Labour
  /** To other nodes; there are none unless given. */
  readonly links?: NodeLinks
  /** Everybody may bring back what others wrote, after a loss of data. Off unless set. */
  readonly recoveryWindow?: boolean
  readonly onWrote?: (boardId: string, personId: string) => void
  readonly onCleared?: (clearing: Clearing) => void
  /** Everybody has left a board and all of it is saved; it had so many elements. */
  readonly onLeft?: (boardId: string, elements: number) => void
  /** How a stored document becomes a live one. */
  readonly read?: typeof readStoredDocument
}

class Registry implements Rooms {
  private readonly slots = new Map<string, Slot>()
  private readonly options: RoomsOptions
  private readonly labour: Labour

  constructor(options: RoomsOptions) {
    this.options = options
    this.labour = options.labour ?? new Labour(options.clock, options.limits)
  }

  get size(): number {
    return this.slots.size
  }

  async acquire(boardId: string): Promise<Lease> {
    for (;;) {
      const slot = this.slots.get(boardId)
      switch (slot?.type) {
        case undefined:
          return this.lease(await this.startLoading(boardId))
        case 'loading':
          slot.leases++
          return this.lease(await slot.loaded)
        case 'open':
          slot.leases++
          return this.lease(slot.room)
        case 'draining':
          this.slots.set(boardId, { type: 'open', room: slot.room, leases: 1 })
          return this.lease(slot.room)
        case 'broken':
          await slot.gone
      }
    }
  }

  countElements(boardId: string): number | null {
    const slot = this.slots.get(boardId)
    return slot?.type === 'open' || slot?.type === 'draining' ? slot.room.countElements() : null
  }

  moveOwnership(from: string, to: string): void {
    for (const slot of this.slots.values()) {
      if (slot.type === 'open' || slot.type === 'draining') slot.room.moveOwnership(from, to)
      else if (slot.type === 'loading')
        slot.loaded.then((room) => room.moveOwnership(from, to)).catch(() => {})
    }
  }

  async close(): Promise<void> {
    for (const slot of this.slots.values()) {
      if (slot.type === 'open' || slot.type === 'draining') await slot.room.compact()
    }
    this.slots.clear()
  }

  private startLoading(boardId: string): Promise<Room> {
    const loaded = this.load(boardId).then(
      (room) => {
        this.slots.set(boardId, { type: 'open', room, leases: slot.leases })
        return room
      },
      (error: unknown) => {
        this.slots.delete(boardId)
        throw error
      },
    )
    const slot: Loading = { type: 'loading', loaded, leases: 1 }
    this.slots.set(boardId, slot)
    return loaded
  }

  private async load(boardId: string): Promise<Room> {
    const { storage, saver, limits, clock, log, read = readStoredDocument } = this.options
    const link = (this.options.links ?? noLinks).open(boardId)
    try {
      await link.ready
      link.loading()
      const stored = await storage.load(boardId)
      const document = await read(boardId, stored, limits, this.options.recoveryWindow)
      const { onWrote = () => {}, onCleared = () => {} } = this.options
      const onBroken = (room: Room): void => this.retire(room)
      const { labour } = this
      const told = { onBroken, onWrote, onCleared }
      return new Room(
        { boardId, document, storage, saver, link, limits, clock, labour, log, ...told },
        stored,
      )
    } catch (error) {
      link.close()
      throw error
    }
  }

  private lease(room: Room): Lease {
    return new RoomLease(this, room)
  }

  /** One lease less. */
  release(room: Room): void {
    const slot = this.slots.get(room.boardId)
    if (slot?.type !== 'open' || slot.room !== room) return
    slot.leases--
    if (slot.leases === 0) void this.drain(room)
  }

  private async drain(room: Room): Promise<void> {
    const { saver, clock, limits } = this.options
    const slot: Slot = { type: 'draining', room }
    this.slots.set(room.boardId, slot)
    const steps = [
      () => new Promise<void>((resolve) => clock.after(limits.roomIdle, resolve)),
      () => saver.settled(room.boardId),
      () => room.compact(),
    ]
    for (const step of steps) {
      await step()
      if (this.slots.get(room.boardId) !== slot) return
    }
    this.slots.delete(room.boardId)
    this.options.onLeft?.(room.boardId, room.countElements())
    room.destroy()
  }

  private retire(room: Room): void {
    const gone = this.options.saver.settled(room.boardId).then(() => {
      this.slots.delete(room.boardId)
      room.destroy()
    })
    this.slots.set(room.boardId, { type: 'broken', gone })
  }
}

class RoomLease implements Lease {
  readonly room: Room
  private readonly registry: Registry
  private isReleased = false

  constructor(registry: Registry, room: Room) {
    this.registry = registry
    this.room = room
  }

  release(): void {
    if (this.isReleased) return
    this.isReleased = true
    this.registry.release(this.room)
  }
}

export const createRooms = (options: RoomsOptions): Rooms => new Registry(options)
