import { type Crowd, gather, type Subject } from './crowd.ts'
import { Pacer } from './pacer.ts'
import type { Figures } from './types.ts'

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

const WRITERS = 10
/** Deliveries a second at the first step. */
const FIRST = 60_000
const STEP = 1.5
/** The steps between the last rate that held and the first that did not. */
const FINE_STEPS = 2
const LIMIT_MS = 100
const SHARE = 0.99
/** Milliseconds. */
const SETTLE = 300
const WINDOW = 1500
const GRACE = 250
const DRAIN = 5000

interface Outcome {
  readonly delivered: number
  readonly p99: number
  readonly holds: boolean
}

const tryRate = async ({ tally }: Crowd, pacer: Pacer, rate: number): Promise<Outcome> => {
  pacer.setRate(rate)
  pacer.start()
  await pause(SETTLE)
  tally.open(WINDOW)
  const [before, startedAt] = [tally.arrived, performance.now()]
  await pause(WINDOW)
  const delivered = ((tally.arrived - before) * 1000) / (performance.now() - startedAt)
  await pause(GRACE)
  const { latency, expected } = tally
  const p99 = latency.quantile(0.99, expected)
  return { delivered, p99, holds: p99 < LIMIT_MS && latency.count >= expected * SHARE }
}

/** Until nothing more arrives of what an overloaded server still holds. */
const drained = async ({ tally }: Crowd, pacer: Pacer): Promise<void> => {
  pacer.stop()
  const until = performance.now() + DRAIN
  let before: number
  do {
    before = tally.arrived
    await pause(200)
  } while (tally.arrived > before && performance.now() < until)
}

/** The most that arrives, of 10 writers, while 99 of 100 updates take less than 100 ms: found by trying. */
export const highestRate = async (subject: Subject, members: number): Promise<Figures> => {
  const crowd = await gather(subject, { rooms: 1, members, senders: WRITERS })
  for (const client of crowd.senders) client.create()
  const pacer = new Pacer(
    crowd.senders.map((client) => (times: number) => client.move(times)),
    1,
  )
  let held = 0
  let best: Outcome | null = null
  let rate = FIRST / WRITERS / (members - 1)
  let factor = STEP
  let note: string | null = null
  const attempt = async (): Promise<boolean> => {
    const outcome = await tryRate(crowd, pacer, rate)
    if (outcome.holds && outcome.delivered > (best?.delivered ?? 0)) best = outcome
    return outcome.holds
  }
  try {
    while (await attempt()) {
      held = rate
      rate *= factor
    }
    for (let step = 0; step < FINE_STEPS && held > 0; step++) {
      await drained(crowd, pacer)
      factor = Math.sqrt(factor)
      rate = held * factor
      if (await attempt()) held = rate
    }
    crowd.assertAllThere()
  } catch (error) {
    note = error instanceof Error ? error.message : String(error)
  }
  pacer.stop()
  crowd.leave()
  const found = best as Outcome | null
  return { delivered: found?.delivered ?? 0, ...(found && { p99: found.p99 }), ...(note && { note }) }
}
