import { beforeAll, describe, expect, it } from 'vitest'
import { runKillLine, runSyncFault, runTracedKill } from '../kill/kill-line.ts'
import { bundleServer } from '../kill/killed-server.ts'
import { runPostgresLine } from '../kill/postgres-line.ts'
import { whyNoTrace } from '../kill/trace.ts'

/** `npm run test:kill -- --times 5000 --seed 7` */
const times = Number(process.env.KILL_TIMES ?? 200)
const firstSeed = Number(process.env.KILL_SEED ?? 1)
/** Databases that servers are killed on at the same time. */
const LINES = 4

describe('kill -9', () => {
  beforeAll(bundleServer)

  it(
    `S56 PE1 at ${times} random moments under load loses nothing that was called saved (seeds from ${firstSeed})`,
    async () => {
      const lines = Array.from({ length: LINES }, (_, index) =>
        runKillLine(firstSeed + index, Math.ceil(times / LINES)),
      )
      const reports = await Promise.all(lines)
      const acknowledged = reports.reduce((sum, report) => sum + report.acknowledged, 0)
      expect(acknowledged).toBeGreaterThan(times)
    },
    // As long as it takes: how fast the machine is does not matter here.
    times * 5000,
  )

  it(`S56 PE2 of PostgreSQL under load loses nothing that was called saved (seed ${firstSeed})`, async () => {
    const kills = Math.ceil(times / 100)
    expect(await runPostgresLine(firstSeed, kills)).toBeGreaterThan(kills)
  }, 120_000)

  const missing = whyNoTrace()

  it.skipIf(missing !== null)(
    `S56 PE2 of the whole machine: nothing is called saved before the disk has said so${missing ? ` (${missing})` : ''}`,
    async () => {
      const { syncs, acknowledgements, early } = await runTracedKill(firstSeed)
      expect(syncs).toBeGreaterThan(5)
      expect(acknowledgements).toBeGreaterThan(5)
      expect(early).toBe(0)
    },
    60_000,
  )

  it.skipIf(missing !== null)(
    `S53 PE3 a disk that fails to sync: no acknowledgement, then saved as a whole${missing ? ` (${missing})` : ''}`,
    async () => {
      const { told, integrity, elements } = await runSyncFault()
      expect([told, integrity]).toEqual([[true, false], 'ok'])
      expect(elements).toMatchObject({ element0: 0, last: 1 })
    },
    60_000,
  )
})
