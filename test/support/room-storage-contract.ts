import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DamagedSnapshotError, type RoomStorage } from '../../server/sync/ports.ts'

/** An implementation under test, and what the tests need done behind its back. */
export interface RoomStorageHarness {
  readonly storage: RoomStorage
  createBoard(): Promise<string>
  /** Removes the board's row and all that hangs on it. */
  removeBoard(boardId: string): Promise<void>
  /** Changes a byte of the newest snapshot. */
  damageSnapshot(boardId: string): Promise<void>
  logLength(boardId: string): Promise<number>
  close(): Promise<void>
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
const plain = (data: Uint8Array | null): number[] | null => data && [...data]

/** What every RoomStorage does. */
export const roomStorageContract = (name: string, open: () => Promise<RoomStorageHarness>): void => {
  describe(`RoomStorage: ${name}`, () => {
    let harness: RoomStorageHarness
    let storage: RoomStorage
    beforeAll(async () => {
      harness = await open()
      storage = harness.storage
    })
    afterAll(() => harness?.close())

    const expectStored = async (
      boardId: string,
      expected: { snapshot: number[] | null; updates: number[][]; seq: number },
    ) => {
      const stored = await storage.load(boardId)
      expect({
        snapshot: plain(stored.snapshot),
        updates: stored.updates.map(plain),
        seq: stored.seq,
      }).toEqual(expected)
    }

    it('has nothing of a board that nobody has drawn on', async () => {
      await expectStored(await harness.createBoard(), { snapshot: null, updates: [], seq: 0 })
    })

    it('gives back what was appended, in order, with rising numbers', async () => {
      const boardId = await harness.createBoard()
      const first = await storage.append([
        { boardId, data: bytes(1, 2, 3) },
        { boardId, data: bytes(4) },
      ])
      const second = await storage.append([{ boardId, data: bytes(0, 255) }])
      const seqs = [...first, ...second]
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
      expect(new Set(seqs).size).toBe(3)
      await expectStored(boardId, { snapshot: null, updates: [[1, 2, 3], [4], [0, 255]], seq: seqs[2] ?? -1 })
    })

    it('keeps boards apart in one append', async () => {
      const [one, two] = [await harness.createBoard(), await harness.createBoard()]
      const seqs = await storage.append([
        { boardId: one, data: bytes(1) },
        { boardId: two, data: bytes(2) },
        { boardId: one, data: bytes(3) },
      ])
      await expectStored(one, { snapshot: null, updates: [[1], [3]], seq: seqs[2] ?? -1 })
      await expectStored(two, { snapshot: null, updates: [[2]], seq: seqs[1] ?? -1 })
    })

    it('takes more updates at once than fit one statement, and a part of a larger buffer', async () => {
      const boardId = await harness.createBoard()
      const whole = Uint8Array.from({ length: 1234 }, (_, index) => index % 251)
      const updates = Array.from({ length: 617 }, (_, index) => ({
        boardId,
        data: whole.subarray(index * 2, index * 2 + 2),
      }))
      const seqs = await storage.append(updates)
      expect(seqs).toHaveLength(617)
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
      await expectStored(boardId, {
        snapshot: null,
        updates: updates.map(({ data }) => [...data]),
        seq: seqs.at(-1) ?? -1,
      })
    })

    it('appends nothing when there is nothing to append', async () => {
      expect(await storage.append([])).toEqual([])
    })

    it('drops updates for a board that is gone, and keeps the others of the same append', async () => {
      const [gone, kept] = [await harness.createBoard(), await harness.createBoard()]
      await harness.removeBoard(gone)
      const seqs = await storage.append([
        { boardId: gone, data: bytes(1) },
        { boardId: kept, data: bytes(2) },
        { boardId: gone, data: bytes(3) },
      ])
      expect(seqs[0]).toBe(0)
      expect(seqs[1]).toBeGreaterThan(0)
      expect(seqs[2]).toBe(0)
      await expectStored(kept, { snapshot: null, updates: [[2]], seq: seqs[1] ?? -1 })
      expect(await storage.append([{ boardId: gone, data: bytes(4) }])).toEqual([0])
    })

    it('replaces the log up to the snapshot and keeps what came after', async () => {
      const boardId = await harness.createBoard()
      const other = await harness.createBoard()
      const [, middle = 0, last = 0, foreign = 0] = await storage.append([
        { boardId, data: bytes(1) },
        { boardId, data: bytes(2) },
        { boardId, data: bytes(3) },
        { boardId: other, data: bytes(9) },
      ])
      await storage.compact(boardId, middle, bytes(1, 2))
      await expectStored(boardId, { snapshot: [1, 2], updates: [[3]], seq: last })
      expect(await harness.logLength(boardId)).toBe(1)
      await expectStored(other, { snapshot: null, updates: [[9]], seq: foreign })
    })

    it('does not give a number out again after the log was emptied', async () => {
      const boardId = await harness.createBoard()
      const [seq = 0] = await storage.append([{ boardId, data: bytes(1) }])
      await storage.compact(boardId, seq, bytes(1))
      await expectStored(boardId, { snapshot: [1], updates: [], seq })
      const [next = 0] = await storage.append([{ boardId, data: bytes(2) }])
      expect(next).toBeGreaterThan(seq)
      await expectStored(boardId, { snapshot: [1], updates: [[2]], seq: next })
    })

    it('leaves a snapshot as it is when one at the same number or a newer one is there', async () => {
      const boardId = await harness.createBoard()
      const [first = 0, second = 0] = await storage.append([
        { boardId, data: bytes(1) },
        { boardId, data: bytes(2) },
      ])
      await storage.compact(boardId, second, bytes(1, 2))
      await storage.compact(boardId, second, bytes(66))
      await storage.compact(boardId, first, bytes(77))
      await expectStored(boardId, { snapshot: [1, 2], updates: [], seq: second })
    })

    it('replaces an older snapshot by a newer one', async () => {
      const boardId = await harness.createBoard()
      const [first = 0] = await storage.append([{ boardId, data: bytes(1) }])
      await storage.compact(boardId, first, bytes(1))
      const [second = 0] = await storage.append([{ boardId, data: bytes(2) }])
      await storage.compact(boardId, second, bytes(1, 2))
      await expectStored(boardId, { snapshot: [1, 2], updates: [], seq: second })
    })

    it('makes no snapshot of a board that is gone', async () => {
      const boardId = await harness.createBoard()
      const [seq = 0] = await storage.append([{ boardId, data: bytes(1) }])
      await harness.removeBoard(boardId)
      await storage.compact(boardId, seq, bytes(1))
      await expectStored(boardId, { snapshot: null, updates: [], seq: 0 })
    })

    it('says that a snapshot is damaged instead of giving an empty board, and keeps the rows', async () => {
      const boardId = await harness.createBoard()
      const [seq = 0] = await storage.append([{ boardId, data: bytes(1) }])
      await storage.compact(boardId, seq, bytes(1, 2, 3))
      await storage.append([{ boardId, data: bytes(4) }])
      await harness.damageSnapshot(boardId)
      await expect(storage.load(boardId)).rejects.toThrow(DamagedSnapshotError)
      await expect(storage.load(boardId)).rejects.toThrow(DamagedSnapshotError)
      expect(await harness.logLength(boardId)).toBe(1)
    })

    it('keeps every update of appends and compactions that run at the same time', async () => {
      const boardId = await harness.createBoard()
      const [base = 0] = await storage.append([{ boardId, data: bytes(0) }])
      const writes = Array.from({ length: 20 }, (_, index) =>
        storage.append([{ boardId, data: bytes(index + 1) }]),
      )
      await Promise.all([...writes, storage.compact(boardId, base, bytes(100)), storage.load(boardId)])
      const stored = await storage.load(boardId)
      expect(plain(stored.snapshot)).toEqual([100])
      expect(stored.updates.map((data) => data[0]).sort((a = 0, b = 0) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, index) => index + 1),
      )
    })
  })
}
