import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from './client.ts'
import { type Crowd, clientId, gather, newClient, type Subject } from './crowd.ts'
import { Pacer } from './pacer.ts'
import type { Figures } from './types.ts'

/** Milliseconds. */
const WARM_UP = 1000
const GRACE = 500

/** Those who move something at so many times a second, out of step with one another. */
const movers = (clients: readonly Client[], rate: number): Pacer =>
  new Pacer(
    clients.map((client) => (times: number) => client.move(times)),
    rate,
  )

/** How long what is sent in the next seconds takes to arrive. */
const latencyFor = async ({ tally }: Crowd, seconds: number): Promise<Figures> => {
  await pause(WARM_UP)
  tally.open(seconds * 1000)
  await pause(seconds * 1000 + GRACE)
  const { latency, expected } = tally
  return {
    p50: latency.quantile(0.5, expected),
    p95: latency.quantile(0.95, expected),
    p99: latency.quantile(0.99, expected),
    share: (100 * latency.count) / expected,
  }
}

const CROWD = 1000
const DRAWING = 50
const MB = 2 ** 20

/** A thousand people in one room, of whom 50 draw. */
export const fullRoom = async (subject: Subject): Promise<Figures> => {
  const gathering = { rooms: 1, members: CROWD, senders: DRAWING, othersView: true }
  const crowd = await gather(subject, gathering)
  for (const client of crowd.senders) client.create()
  const pacer = movers(crowd.senders, 4)
  pacer.start()
  await pause(2 * WARM_UP)
  const before = await subject.usage()
  const [startedAt, clientsBefore] = [performance.now(), process.cpuUsage()]
  const latency = await latencyFor(crowd, subject.seconds)
  const { user, system } = process.cpuUsage(clientsBefore)
  const after = await subject.usage()
  const seconds = (performance.now() - startedAt) / 1000
  pacer.stop()
  crowd.assertAllThere()
  crowd.leave()
  return {
    ...latency,
    clients: (user + system) / 1e4 / seconds,
    loopLag: after.loopLag,
    megabytes: after.rss / MB,
    growth: (after.rss - before.rss) / MB,
  }
}

/** What one connection may send a second before it is slowed down (`limits.ts`). */
const MOST_MESSAGES = 5000
const MOST_BYTES = 4 * MB
const FILLING = 64 * 1024

const joinGreedy = async (subject: Subject, { tally }: Crowd, number: number): Promise<Client> => {
  const own = { client: clientId(), slot: 0, receivers: 0, sentAt: [] }
  const client = await newClient(subject, tally, { room: 0, number, own, senders: 1 })
  await client.join(subject.port)
  client.create()
  return client
}

/** How much longer others wait while somebody in their room sends as much as is let through. */
export const flood = async (given: Subject): Promise<Figures> => {
  const subject = { ...given, seconds: given.seconds / 2 }
  const crowd = await gather(subject, { rooms: 1, members: 20, senders: 10 })
  for (const client of crowd.senders) client.create()
  const pacer = movers(crowd.senders, 10)
  pacer.start()
  const alone = await latencyFor(crowd, subject.seconds)
  const many = await joinGreedy(subject, crowd, 100)
  const messages = movers([many], MOST_MESSAGES)
  messages.start()
  const withMessages = await latencyFor(crowd, subject.seconds)
  messages.stop()
  await pause(WARM_UP)
  const large = await joinGreedy(subject, crowd, 101)
  const bytes = new Pacer([() => large.fill(FILLING)], MOST_BYTES / FILLING)
  bytes.start()
  const withBytes = await latencyFor(crowd, subject.seconds)
  bytes.stop()
  pacer.stop()
  crowd.assertAllThere()
  const ends = [many.ended, large.ended].filter((ended) => ended !== null)
  for (const client of [many, large]) client.leave()
  crowd.leave()
  const [quiet = 0, first = 0, second = 0] = [alone, withMessages, withBytes].map(({ p95 }) => p95)
  const note = `alone ${quiet.toFixed(1)} ms, 5,000 messages/s ${first.toFixed(1)} ms, 4 MiB/s ${second.toFixed(1)} ms`
  return {
    worse: 100 * (Math.max(first, second) / quiet - 1),
    note: [note, ...ends.map((ended) => `it was sent away: ${ended}`)].join(' · '),
  }
}
