import { setTimeout as pause } from 'node:timers/promises'
import { type Crowd, gather, type Subject } from './crowd.ts'
import { Pacer } from './pacer.ts'
import type { Figures } from './types.ts'

const WRITERS = 10
/** Deliveries a second at the first step. */
const FIRST = 50_000
const STEP = 2
/** The steps between the last rate that held and the first that did not. */
const FINE_STEPS = 3
/** A rate that did not hold is tried again: the machine does other things too. */
const TRIES = 2
const LIMIT_MS = 100
const SHARE = 0.99
/** Milliseconds. */
const SETTLE = 300
const WINDOW = 1200
const GRACE = 200
const DRAIN = 5000

interface Outcome {
  readonly delivered: number
  readonly p99: number
  readonly clients: number
  readonly holds: boolean
}

const tryRate = async ({ tally }: Crowd, pacer: Pacer, rate: number): Promise<Outcome> => {
  pacer.setRate(rate)
  pacer.start()
  await pause(SETTLE)
  tally.open(WINDOW)
  const [before, startedAt, clientsBefore] = [tally.arrived, performance.now(), process.cpuUsage()]
  await pause(WINDOW)
  const seconds = (performance.now() - startedAt) / 1000
  const delivered = (tally.arrived - before) / seconds
  const { user, system } = process.cpuUsage(clientsBefore)
  await pause(GRACE)
  const { latency, expected } = tally
  const p99 = latency.quantile(0.99, expected)
  const clients = (user + system) / 1e4 / seconds
  return { delivered, p99, clients, holds: p99 < LIMIT_MS && latency.count >= expected * SHARE }
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

/** Up in large steps while it holds, then closer to where it ends. */
const climb = async (holds: (rate: number) => Promise<boolean>, first: number): Promise<void> => {
  let held = 0
  let factor = STEP
  for (let rate = first; await holds(rate); rate *= factor) held = rate
  for (let step = 0; step < FINE_STEPS && held > 0; step++) {
    factor = Math.sqrt(factor)
    if (await holds(held * factor)) held *= factor
  }
}

/** The most that arrives, of 10 writers, while 99 of 100 updates take less than 100 ms: found by trying. */
export const highestRate = async (subject: Subject, members: number): Promise<Figures> => {
  const crowd = await gather(subject, { rooms: 1, members, senders: WRITERS })
  for (const client of crowd.senders) client.create()
  const pacer = new Pacer(
    crowd.senders.map((client) => (times: number) => client.move(times)),
    1,
  )
  let best: Outcome | null = null
  const holds = async (rate: number): Promise<boolean> => {
    for (let tried = 0; tried < TRIES; tried++) {
      const outcome = await tryRate(crowd, pacer, rate)
      crowd.assertAllThere()
      if (outcome.holds) {
        if (outcome.delivered > (best?.delivered ?? 0)) best = outcome
        return true
      }
      await drained(crowd, pacer)
    }
    return false
  }
  const note = await climb(holds, FIRST / WRITERS / (members - 1)).then(
    () => null,
    (error: Error) => error.message,
  )
  pacer.stop()
  crowd.leave()
  const { delivered = 0, p99 = Number.POSITIVE_INFINITY, clients = 0 } = (best as Outcome | null) ?? {}
  return { delivered, p99, clients, ...(note && { note }) }
}
