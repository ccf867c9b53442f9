import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryRoomStorage } from '../../../test/support/memory-room-storage.ts'
import { createLog } from '../../log.ts'
import { withDefaults } from '../limits.ts'
import { partsOf, type StoredDocument } from '../ports.ts'
import { RoomCompaction } from './compaction.ts'

const log = createLog('silent')
const limits = withDefaults({ compactAfterRows: 1000, compactAfterBytes: 1000 })

/** A server's room, whose document is a set of bytes. */
class Copy {
  readonly bytes = new Set<number>()
  readonly storage: MemoryRoomStorage
  readonly compaction: RoomCompaction
  /** Resolves once all that is in the document is saved. */
  saved: Promise<void> = Promise.resolve()
  /** Resolves once its state is made, which holds what the document had before that. */
  made: Promise<void> = Promise.resolve()

  constructor(storage: MemoryRoomStorage, stored: StoredDocument) {
    this.storage = storage
    this.takeIn(stored)
    const state = async () => {
      const bytes = [...this.bytes].sort((a, b) => a - b)
      await this.made
      return Uint8Array.from(bytes)
    }
    const takeIn = (found: StoredDocument) => this.takeIn(found)
    const told = { state, saved: () => this.saved, takeIn }
    this.compaction = new RoomCompaction({ boardId: 'board', stored, storage, limits, log, ...told })
  }

  /** What the room's people draw: committed, and known to the room. */
  async draw(...bytes: number[]): Promise<void> {
    for (const byte of bytes) this.bytes.add(byte)
    const data = Uint8Array.from(bytes)
    const [seq = 0] = await this.storage.append([{ boardId: 'board', data }])
    this.compaction.add([{ seq, data }])
  }

  private takeIn(stored: StoredDocument): void {
    for (const part of partsOf(stored)) for (const byte of part) this.bytes.add(byte)
  }
}

const storedBytes = async (storage: MemoryRoomStorage) =>
  [...new Set(partsOf(await storage.load('board')).flatMap((part) => [...part]))].sort((a, b) => a - b)

describe('the compaction of a room', () => {
  let storage: MemoryRoomStorage
  const open = async () => new Copy(storage, await storage.load('board'))
  beforeEach(() => {
    storage = new MemoryRoomStorage()
  })

  it('S65 comes when the log has grown long, and later where the snapshot is large', async () => {
    const copy = await open()
    await copy.draw(...Array.from({ length: 999 }, (_, index) => index % 7))
    expect(storage.kept('board').snapshots).toBe(0)
    await copy.draw(1)
    await copy.compaction.run()
    expect(storage.kept('board').snapshots).toBe(1)
    const state = new Uint8Array(40_000)
    const base = (await storage.load('board')).snapshot?.seq ?? null
    await storage.compact('board', { basedOn: base, covers: [], state })
    const large = await open()
    await large.draw(...new Uint8Array(9_999))
    expect(storage.logLength('board')).toBe(1)
    await large.draw(1)
    await large.compaction.run()
    expect(storage.logLength('board')).toBe(0)
  })

  it('S121 PE9 takes in what another server has stored before it makes a snapshot after its', async () => {
    const [here, there] = [await open(), await open()]
    await here.draw(1)
    await there.draw(2)
    await there.compaction.run()
    await there.draw(3)
    await there.compaction.run()
    await here.draw(4)
    await here.compaction.run()
    expect([...here.bytes].sort()).toEqual([1, 2, 3, 4])
    expect(await storedBytes(storage)).toEqual([1, 2, 3, 4])
    await here.compaction.run()
    expect(storage.logLength('board')).toBe(0)
    expect(await storedBytes(storage)).toEqual([1, 2, 3, 4])
  })

  it('S121 keeps what is committed while it catches up', async () => {
    const [here, there] = [await open(), await open()]
    await there.draw(1)
    await there.compaction.run()
    await here.draw(2)
    const compacting = here.compaction.run()
    await here.draw(3)
    await compacting
    await here.compaction.run()
    expect(await storedBytes(storage)).toEqual([1, 2, 3])
    expect(storage.logLength('board')).toBe(0)
  })

  it('S121 PE9 writes nothing in place of a snapshot that it heard of while it waited', async () => {
    const [here, there] = [await open(), await open()]
    await here.draw(1)
    let go = (): void => {}
    here.saved = new Promise((resolve) => {
      go = resolve
    })
    const compacting = here.compaction.run()
    await there.draw(2)
    await there.compaction.catchUp()
    await there.compaction.run()
    await here.compaction.catchUp()
    go()
    await compacting
    expect(await storedBytes(storage)).toEqual([1, 2])
  })

  it('S68 S120 keeps what is committed while it makes the state', async () => {
    const copy = await open()
    await copy.draw(1)
    let go = (): void => {}
    copy.made = new Promise((resolve) => {
      go = resolve
    })
    const compacting = copy.compaction.run()
    await copy.draw(2)
    go()
    await compacting
    expect(storage.logLength('board')).toBe(1)
    expect(await storedBytes(storage)).toEqual([1, 2])
  })

  it('S66 tries again with the next batch when it failed', async () => {
    const copy = await open()
    await copy.draw(1)
    storage.failure = new Error('no room left')
    await copy.compaction.run()
    storage.failure = null
    expect(storage.logLength('board')).toBe(1)
    await copy.draw(2)
    await copy.compaction.run()
    expect(storage.logLength('board')).toBe(0)
    expect(await storedBytes(storage)).toEqual([1, 2])
  })
})
