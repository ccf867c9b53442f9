import * as Y from 'yjs'
import { partsOf, type RoomStorage } from '../../server/sync/ports.ts'
import { MemoryRoomStorage } from '../support/memory-room-storage.ts'
import type { World } from './world.ts'

/** One database for all nodes: slow, at times failing, and with an open end when a node dies while it writes. */
export class Disk {
  /** While true every call fails. */
  isFailing = false
  /** How likely any one call fails, before or after it has done its work. */
  mishaps = 0
  private readonly world: World
  private readonly kept = new MemoryRoomStorage()

  constructor(world: World) {
    this.world = world
  }

  /** The storage as one node sees it. A call of a dead node is never answered; what it wrote may be there all the same. */
  of(isAlive: () => boolean): RoomStorage {
    const call = <Result>(work: () => Promise<Result>): Promise<Result> => this.call(isAlive, work)
    return {
      load: (boardId) => call(() => this.kept.load(boardId)),
      readLog: (boardId, known) => call(() => this.kept.readLog(boardId, known)),
      append: (updates) => call(() => this.kept.append(updates)),
      compact: (boardId, compaction) => call(() => this.kept.compact(boardId, compaction)),
    }
  }

  /** What a node that starts now would find. */
  async read(boardId: string): Promise<{ doc: Y.Doc; owners: ReadonlyMap<number, string> }> {
    const stored = await this.kept.load(boardId)
    const doc = new Y.Doc()
    doc.transact(() => {
      for (const part of partsOf(stored)) Y.applyUpdate(doc, part)
    })
    return { doc, owners: stored.owners }
  }

  /** @throws when there is no snapshot */
  damageSnapshot(boardId: string): void {
    this.kept.damageSnapshot(boardId)
  }

  private async call<Result>(isAlive: () => boolean, work: () => Promise<Result>): Promise<Result> {
    await this.world.pause(this.world.between(0.2, 20))
    if (!isAlive()) return this.never()
    if (this.isFailing || this.world.chance(this.mishaps)) throw new Error('The disk fails')
    const result = await work()
    await this.world.pause(this.world.between(0.2, 20))
    if (!isAlive()) return this.never()
    // Done, but the answer got lost: whoever asked must cope with having done it twice.
    if (this.world.chance(this.mishaps)) throw new Error('The answer of the disk got lost')
    return result
  }

  private never<Result>(): Promise<Result> {
    return new Promise<Result>(() => {})
  }
}
