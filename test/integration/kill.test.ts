import { beforeAll, describe, expect, it } from 'vitest'
import { runKillLine } from '../kill/kill-line.ts'
import { bundleServer } from '../kill/killed-server.ts'

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
})
