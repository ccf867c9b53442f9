import type { SyncMetrics } from '../metrics.ts'
import type { Clock, RoomStorage } from '../ports.ts'

const failed = (count: () => void) => (error: unknown) => {
  count()
  throw error
}

/** The same storage, with what is loaded, committed and compacted counted. */
export const countedStorage = (storage: RoomStorage, metrics: SyncMetrics, clock: Clock): RoomStorage => ({
  async load(boardId) {
    const began = clock.now()
    const stored = await storage.load(boardId).catch(failed(() => metrics.loadFailures++))
    metrics.loadTime.add(clock.now() - began)
    return stored
  },
  readLog: (boardId, known) => storage.readLog(boardId, known),
  async append(updates) {
    const began = clock.now()
    const seqs = await storage.append(updates).catch(failed(() => metrics.commitFailures++))
    metrics.commitTime.add(clock.now() - began)
    metrics.commitBytes.add(updates.reduce((sum, { data }) => sum + data.length, 0))
    metrics.commitRows += updates.length
    return seqs
  },
  async compact(boardId, compaction) {
    const outcome = await storage
      .compact(boardId, compaction)
      .catch(failed(() => metrics.compactionFailures++))
    if (outcome.type === 'written') metrics.compactions++
    return outcome
  },
})
