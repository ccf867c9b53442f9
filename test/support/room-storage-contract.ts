import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DamagedSnapshotError, type RoomStorage } from '../../server/sync/ports.ts'

/** An implementation under test, and what the tests need done behind its back. */
export interface RoomStorageHarness {
  readonly storage: RoomStorage
  createBoard(): Promise<string>
  /** Removes the board's row and all that hangs on it. */
  removeBoard(boardId: string): Promise<void>
  /** Damages the newest snapshot that is still whole. */
  damageSnapshot(boardId: string, damage?: SnapshotDamage): Promise<void>
  damageEntry(boardId: string, seq: number): Promise<void>
  /** Log entries that no snapshot has taken in. */
  logLength(boardId: string): Promise<number>
  /** All rows, those that nobody reads any more among them. */
  kept(boardId: string): Promise<{ entries: number; snapshots: number }>
  close(): Promise<void>
}

/** What becomes of a snapshot's bytes. */
export type SnapshotDamage = (data: Uint8Array) => Uint8Array

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
const plain = (data: Uint8Array | null | undefined): number[] | null => (data ? [...data] : null)

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

    /** Appends one entry for each list of bytes, and returns their numbers. */
    const append = (boardId: string, ...entries: number[][]): Promise<number[]> =>
      storage.append(entries.map((entry) => ({ boardId, data: bytes(...entry) })))

    /** Makes a snapshot on what `load` gives, of bytes that stand for its state. */
    const compact = async (boardId: string, ...state: number[]): Promise<number> => {
      const { snapshot, entries } = await storage.load(boardId)
      const covers = entries.map(({ seq }) => seq)
      const outcome = await storage.compact(boardId, {
        basedOn: snapshot?.seq ?? null,
        covers,
        state: bytes(...state),
      })
      if (outcome.type !== 'written') throw new Error('The snapshot was not written')
      return outcome.seq
    }

    const expectStored = async (boardId: string, snapshot: number[] | null, entries: number[][]) => {
      const stored = await storage.load(boardId)
      expect({
        snapshot: plain(stored.snapshot?.data),
        entries: stored.entries.map(({ data }) => plain(data)),
      }).toEqual({ snapshot, entries })
    }

    describe('the log', () => {
      it('has nothing of a board that nobody has drawn on', async () => {
        const boardId = await harness.createBoard()
        await expectStored(boardId, null, [])
        expect([...(await storage.load(boardId)).owners]).toEqual([])
      })

      it('gives back what was appended, in order, with rising numbers', async () => {
        const boardId = await harness.createBoard()
        const seqs = [...(await append(boardId, [1, 2, 3], [4])), ...(await append(boardId, [0, 255]))]
        expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
        expect(new Set(seqs).size).toBe(3)
        await expectStored(boardId, null, [[1, 2, 3], [4], [0, 255]])
        expect((await storage.load(boardId)).entries.map(({ seq }) => seq)).toEqual(seqs)
      })

      it('keeps boards apart in one append', async () => {
        const [one, two] = [await harness.createBoard(), await harness.createBoard()]
        await storage.append([
          { boardId: one, data: bytes(1) },
          { boardId: two, data: bytes(2) },
          { boardId: one, data: bytes(3) },
        ])
        await expectStored(one, null, [[1], [3]])
        await expectStored(two, null, [[2]])
      })

      it('takes many updates at once, and a part of a larger buffer', async () => {
        const boardId = await harness.createBoard()
        const whole = Uint8Array.from({ length: 1234 }, (_, index) => index % 251)
        const updates = Array.from({ length: 617 }, (_, index) => ({
          boardId,
          data: whole.subarray(index * 2, index * 2 + 2),
        }))
        const seqs = await storage.append(updates)
        expect(seqs).toHaveLength(617)
        expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
        await expectStored(
          boardId,
          null,
          updates.map(({ data }) => [...data]),
        )
      })

      it('appends nothing when there is nothing to append', async () => {
        expect(await storage.append([])).toEqual([])
      })

      it('PE12 drops updates for a board that is gone, and keeps the others of the same append', async () => {
        const [gone, kept] = [await harness.createBoard(), await harness.createBoard()]
        await harness.removeBoard(gone)
        const seqs = await storage.append([
          { boardId: gone, data: bytes(1), owners: [[1, 'ada']] },
          { boardId: kept, data: bytes(2) },
          { boardId: gone, data: bytes(3) },
        ])
        expect([seqs[0], seqs[2]]).toEqual([0, 0])
        expect(seqs[1]).toBeGreaterThan(0)
        await expectStored(kept, null, [[2]])
        expect(await append(gone, [4])).toEqual([0])
      })

      it('PE9 keeps every update of appends and compactions that run at the same time', async () => {
        const boardId = await harness.createBoard()
        const covers = await append(boardId, [0])
        const writes = Array.from({ length: 20 }, (_, index) => append(boardId, [index + 1]))
        const snapshot = storage.compact(boardId, { basedOn: null, covers, state: bytes(100) })
        await Promise.all([...writes, snapshot, storage.load(boardId)])
        const stored = await storage.load(boardId)
        expect(plain(stored.snapshot?.data)).toEqual([100])
        expect(stored.entries.map(({ data }) => data[0]).sort((a = 0, b = 0) => a - b)).toEqual(
          Array.from({ length: 20 }, (_, index) => index + 1),
        )
      })
    })

    describe('owners of client ids', () => {
      it('are stored with the update, also for ids above 31 bits', async () => {
        const boardId = await harness.createBoard()
        await storage.append([
          {
            boardId,
            data: bytes(1),
            owners: [
              [7, 'ada'],
              [4_294_967_295, 'ben'],
            ],
          },
        ])
        expect(Object.fromEntries((await storage.load(boardId)).owners)).toEqual({
          7: 'ada',
          4294967295: 'ben',
        })
      })

      it('stay the first, and are the board’s own', async () => {
        const [boardId, other] = [await harness.createBoard(), await harness.createBoard()]
        await storage.append([{ boardId, data: bytes(1), owners: [[7, 'ada']] }])
        await storage.append([
          { boardId, data: bytes(2), owners: [[7, 'eve']] },
          { boardId: other, data: bytes(3), owners: [[7, 'ben']] },
        ])
        expect((await storage.load(boardId)).owners.get(7)).toBe('ada')
        expect((await storage.load(other)).owners.get(7)).toBe('ben')
      })
    })

    describe('compaction', () => {
      it('S120 takes in exactly what it covers, lower numbers that it does not know left in the log', async () => {
        const boardId = await harness.createBoard()
        const other = await harness.createBoard()
        const [first = 0, , third = 0] = await append(boardId, [1], [2], [3])
        await append(other, [9])
        await storage.compact(boardId, { basedOn: null, covers: [first, third], state: bytes(1, 3) })
        await expectStored(boardId, [1, 3], [[2]])
        expect(await harness.logLength(boardId)).toBe(1)
        await expectStored(other, null, [[9]])
      })

      it('S122 keeps what a snapshot took in until that has a successor', async () => {
        const boardId = await harness.createBoard()
        await append(boardId, [1], [2])
        await compact(boardId, 1, 2)
        expect(await harness.kept(boardId)).toEqual({ entries: 2, snapshots: 1 })
        await append(boardId, [3])
        await compact(boardId, 1, 2, 3)
        expect(await harness.kept(boardId)).toEqual({ entries: 1, snapshots: 2 })
        await append(boardId, [4])
        await compact(boardId, 1, 2, 3, 4)
        expect(await harness.kept(boardId)).toEqual({ entries: 1, snapshots: 2 })
        await expectStored(boardId, [1, 2, 3, 4], [])
      })

      it('does not give a number out again after the log was emptied', async () => {
        const boardId = await harness.createBoard()
        const [seq = 0] = await append(boardId, [1])
        await compact(boardId, 1)
        const [next = 0] = await append(boardId, [2])
        expect(next).toBeGreaterThan(seq)
        await expectStored(boardId, [1], [[2]])
      })

      it('S121 PE8 PE9 writes one of two snapshots that are based on the same, and loses nothing', async () => {
        const boardId = await harness.createBoard()
        const [first = 0, second = 0] = await append(boardId, [1], [2])
        const outcomes = await Promise.all([
          storage.compact(boardId, { basedOn: null, covers: [first], state: bytes(1) }),
          storage.compact(boardId, { basedOn: null, covers: [second], state: bytes(2) }),
        ])
        expect(outcomes.map(({ type }) => type).sort()).toEqual(['superseded', 'written'])
        const { snapshot, entries } = await storage.load(boardId)
        const left = entries.flatMap(({ data }) => [...data])
        expect([...(plain(snapshot?.data) ?? []), ...left].sort()).toEqual([1, 2])
        expect(
          await storage.compact(boardId, { basedOn: null, covers: [first, second], state: bytes(66) }),
        ).toEqual({
          type: 'superseded',
        })
      })

      it('PE12 makes no snapshot of a board that is gone', async () => {
        const boardId = await harness.createBoard()
        const covers = await append(boardId, [1])
        await harness.removeBoard(boardId)
        const compaction = { basedOn: null, covers, state: bytes(1) }
        expect(await storage.compact(boardId, compaction)).toEqual({ type: 'superseded' })
        await expectStored(boardId, null, [])
        expect(await harness.kept(boardId)).toEqual({ entries: 0, snapshots: 0 })
      })
    })

    describe('damage', () => {
      it.each<[string, SnapshotDamage]>([
        ['a flipped bit', (data) => data.map((byte, index) => (index === 0 ? byte ^ 1 : byte))],
        ['a missing end', (data) => data.slice(0, -1)],
        ['no bytes', () => bytes()],
        ['the bytes of another board', () => bytes(9, 9, 9, 9)],
      ])('S59 PE5 goes back to the snapshot before and the log since: %s', async (_, damage) => {
        const boardId = await harness.createBoard()
        await append(boardId, [1])
        await compact(boardId, 1)
        await append(boardId, [2])
        await compact(boardId, 1, 2)
        await append(boardId, [3])
        await harness.damageSnapshot(boardId, damage)
        await expectStored(boardId, [1], [[2], [3]])
        await expectStored(boardId, [1], [[2], [3]])
      })

      it('S59 goes back to the log alone when the only snapshot is damaged', async () => {
        const boardId = await harness.createBoard()
        await append(boardId, [1], [2])
        await compact(boardId, 1, 2)
        await append(boardId, [3])
        await harness.damageSnapshot(boardId)
        await expectStored(boardId, null, [[1], [2], [3]])
      })

      it('S59 makes new snapshots after that, and keeps the damaged one', async () => {
        const boardId = await harness.createBoard()
        await append(boardId, [1])
        await compact(boardId, 1)
        await append(boardId, [2])
        await compact(boardId, 1, 2)
        await harness.damageSnapshot(boardId)
        await compact(boardId, 1, 2, 66)
        await expectStored(boardId, [1, 2, 66], [])
        await harness.damageSnapshot(boardId)
        await expectStored(boardId, [1], [[2]])
        await append(boardId, [3])
        await compact(boardId, 1, 2, 3)
        await append(boardId, [4])
        await compact(boardId, 1, 2, 3, 4)
        await expectStored(boardId, [1, 2, 3, 4], [])
        // Two that are good, and two that were set aside.
        expect((await harness.kept(boardId)).snapshots).toBe(4)
      })

      it('S59 refuses a snapshot by who does not know what the damaged one took in', async () => {
        const boardId = await harness.createBoard()
        await append(boardId, [1])
        const basedOn = await compact(boardId, 1)
        await append(boardId, [2])
        await compact(boardId, 1, 2)
        await harness.damageSnapshot(boardId)
        await storage.load(boardId)
        const [seq = 0] = await append(boardId, [3])
        const compaction = { basedOn, covers: [seq], state: bytes(1, 3) }
        expect(await storage.compact(boardId, compaction)).toEqual({ type: 'superseded' })
        await expectStored(boardId, [1], [[2], [3]])
      })

      it('S61 PE5 says so when there is no way back, and keeps all rows', async () => {
        const boardId = await harness.createBoard()
        await append(boardId, [1])
        await compact(boardId, 1)
        await append(boardId, [2])
        await compact(boardId, 1, 2)
        const before = await harness.kept(boardId)
        await harness.damageSnapshot(boardId)
        await harness.damageSnapshot(boardId)
        await expect(storage.load(boardId)).rejects.toThrow(DamagedSnapshotError)
        await expect(storage.load(boardId)).rejects.toThrow(DamagedSnapshotError)
        expect(await harness.kept(boardId)).toEqual(before)
      })

      it('S61 says so when an entry is damaged that no good snapshot holds', async () => {
        const boardId = await harness.createBoard()
        const [first = 0, second = 0] = await append(boardId, [1], [2])
        await harness.damageEntry(boardId, first)
        await expect(storage.load(boardId)).rejects.toThrow(DamagedSnapshotError)
        await storage.compact(boardId, { basedOn: null, covers: [first, second], state: bytes(1, 2) })
        await expectStored(boardId, [1, 2], [])
        await harness.damageSnapshot(boardId)
        await expect(storage.load(boardId)).rejects.toThrow(DamagedSnapshotError)
      })
    })

    describe('reading again', () => {
      const news = async (boardId: string, snapshot: number | null, ...seqs: number[]) => {
        const read = await storage.readLog(boardId, { snapshot, seqs: new Set(seqs) })
        return {
          snapshot: read.snapshot && plain(read.snapshot.data),
          entries: read.entries.map(({ data }) => plain(data)),
        }
      }

      it('S123 gives what is new, and nothing when nothing is', async () => {
        const boardId = await harness.createBoard()
        expect(await news(boardId, null)).toEqual({ snapshot: null, entries: [] })
        const [first = 0, second = 0, third = 0] = await append(boardId, [1], [2], [3])
        expect(await news(boardId, null, first, third)).toEqual({ snapshot: null, entries: [[2]] })
        expect(await news(boardId, null, first, second, third)).toEqual({ snapshot: null, entries: [] })
      })

      it('S123 gives entries across one compaction, and the snapshot across several', async () => {
        const boardId = await harness.createBoard()
        const [first = 0] = await append(boardId, [1])
        const one = await compact(boardId, 1)
        expect(await news(boardId, null)).toEqual({ snapshot: null, entries: [[1]] })
        expect(await news(boardId, null, first)).toEqual({ snapshot: null, entries: [] })
        await append(boardId, [2])
        const two = await compact(boardId, 1, 2)
        const [last = 0] = await append(boardId, [3])
        expect(await news(boardId, null, first)).toEqual({ snapshot: [1, 2], entries: [[3]] })
        expect(await news(boardId, one)).toEqual({ snapshot: null, entries: [[2], [3]] })
        expect(await news(boardId, two)).toEqual({ snapshot: null, entries: [[3]] })
        expect(await news(boardId, two, last)).toEqual({ snapshot: null, entries: [] })
        const { snapshot } = await storage.readLog(boardId, { snapshot: one, seqs: new Set() })
        expect(snapshot?.seq).toBe(two)
      })

      it('S123 gives the owners', async () => {
        const boardId = await harness.createBoard()
        await storage.append([{ boardId, data: bytes(1), owners: [[7, 'ada']] }])
        const { owners } = await storage.readLog(boardId, { snapshot: null, seqs: new Set() })
        expect([...owners]).toEqual([[7, 'ada']])
      })
    })
  })
}
