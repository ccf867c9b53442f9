import { setTimeout as pause } from 'node:timers/promises'
import { type Crowd, gather, type Subject } from './crowd.ts'
import { highestRate } from './highest-rate.ts'
import { Histogram } from './histogram.ts'
import { measureLargest, measureOpening } from './opening.ts'
import { flood, fullRoom } from './overload.ts'
import { Pacer } from './pacer.ts'
import { measureReturn } from './returning.ts'
import { measureSoak, SOAK_ROOMS } from './soak.ts'
import { BOARDS, measureTurnover } from './turnover.ts'
import type { Figures, RowName } from './types.ts'

/** Milliseconds. */
const WARM_UP = 1000
/** For what was sent at the end of a window to arrive. */
const GRACE = 500

/** What happens while everybody does what they do at a steady rate. */
const steady = async (subject: Subject, crowd: Crowd, pacer: Pacer): Promise<Figures> => {
  const { tally } = crowd
  const length = subject.seconds * 1000
  pacer.start()
  await pause(WARM_UP)
  const before = await subject.usage()
  const [arrivedBefore, startedAt, clientsBefore] = [tally.arrived, performance.now(), process.cpuUsage()]
  tally.open(length)
  await pause(length)
  // Now, as a server that cannot keep up answers late.
  pacer.stop()
  const after = await subject.usage()
  const { user, system } = process.cpuUsage(clientsBefore)
  const [arrived, seconds] = [tally.arrived - arrivedBefore, (performance.now() - startedAt) / 1000]
  await pause(GRACE)
  crowd.assertAllThere()
  const { latency, expected } = tally
  crowd.leave()
  return {
    delivered: arrived / seconds,
    p50: latency.quantile(0.5, expected),
    p95: latency.quantile(0.95, expected),
    p99: latency.quantile(0.99, expected),
    share: (100 * latency.count) / expected,
    cpu: ((after.cpu - before.cpu) * 1000) / arrived,
    clients: (user + system) / 1e4 / seconds,
  }
}

const moving = async (
  subject: Subject,
  gathering: { rooms: number; members: number; senders: number; rate: number },
): Promise<Figures> => {
  const crowd = await gather(subject, gathering)
  for (const client of crowd.senders) client.create()
  const tasks = crowd.senders.map((client) => (times: number) => client.move(times))
  return steady(subject, crowd, new Pacer(tasks, gathering.rate))
}

const cursors = async (subject: Subject): Promise<Figures> => {
  const crowd = await gather(subject, { rooms: 1, members: 100, senders: 100 })
  const tasks = crowd.senders.map((client) => () => client.point())
  return steady(subject, crowd, new Pacer(tasks, 30))
}

const ROOMS_OF_IDLE = 20

/** The rooms are there already, as is what the first connections of a process bring with them. */
const idle = async (subject: Subject): Promise<Figures> => {
  const first = await gather(subject, { rooms: ROOMS_OF_IDLE, members: 5, senders: 0 })
  const before = await subject.usage(true)
  const crowd = await gather(subject, { rooms: ROOMS_OF_IDLE, members: 100, senders: 0 })
  await pause(WARM_UP)
  const after = await subject.usage(true)
  crowd.assertAllThere()
  crowd.leave()
  first.leave()
  return { kilobytes: (after.rss - before.rss) / 1024 / crowd.clients.length }
}

/** From an update frame to its acknowledgement. */
const saved = async (subject: Subject): Promise<Figures> => {
  const latency = new Histogram()
  const told = new Map<object, number>()
  let from = Number.POSITIVE_INFINITY
  const crowd = await gather(subject, {
    rooms: 1,
    members: 10,
    senders: 10,
    events: {
      onSaved: (frames, client) => {
        const now = performance.now()
        for (let frame = (told.get(client) ?? 0) + 1; frame <= frames; frame++) {
          const sentAt = client.frameSentAt[frame] ?? 0
          if (sentAt >= from) latency.add(now - sentAt)
        }
        told.set(client, frames)
      },
    },
  })
  for (const client of crowd.senders) client.create()
  const pacer = new Pacer(
    crowd.senders.map((client) => (times: number) => client.move(times)),
    20,
  )
  pacer.start()
  await pause(WARM_UP)
  from = performance.now()
  await pause(subject.seconds * 1000)
  pacer.stop()
  await pause(2 * GRACE)
  crowd.assertAllThere()
  const sent = crowd.senders.flatMap(({ frameSentAt }) => frameSentAt.filter((time) => time >= from)).length
  crowd.leave()
  return {
    p50: latency.quantile(0.5, sent),
    p95: latency.quantile(0.95, sent),
    share: (100 * latency.count) / sent,
  }
}

/** One of two draws, first at one rate, then at another: in `p50` and `p95` the worse of both. */
const pair = async (given: Subject): Promise<Figures> => {
  const subject = { ...given, seconds: given.seconds / 2 }
  const slow = await moving(subject, { rooms: 1, members: 2, senders: 1, rate: 20 })
  const quick = await moving(subject, { rooms: 1, members: 2, senders: 1, rate: 60 })
  const note = `at 20/s ${slow.p95?.toFixed(1)} ms, at 60/s ${quick.p95?.toFixed(1)} ms`
  return { p95: Math.max(slow.p95 ?? 0, quick.p95 ?? 0), note }
}

/** What each row does, and how many boards and people it needs. */
export const rows: Readonly<
  Record<RowName, { rooms: number; people: number; run(subject: Subject): Promise<Figures> }>
> = {
  room: {
    rooms: 1,
    people: 500,
    run: (subject) => moving(subject, { rooms: 1, members: 500, senders: 10, rate: 20 }),
  },
  'rate-200': { rooms: 1, people: 200, run: (subject) => highestRate(subject, 200) },
  'rate-50': { rooms: 1, people: 50, run: (subject) => highestRate(subject, 50) },
  cursors: { rooms: 1, people: 100, run: cursors },
  rooms: {
    rooms: 500,
    people: 500,
    run: (subject) => moving(subject, { rooms: 500, members: 4, senders: 4, rate: 1 }),
  },
  idle: { rooms: ROOMS_OF_IDLE, people: 500, run: idle },
  saved: { rooms: 1, people: 10, run: saved },
  open: { rooms: 1, people: 50, run: measureOpening },
  pair: { rooms: 1, people: 2, run: pair },
  crowd: { rooms: 1, people: 1000, run: fullRoom },
  flood: { rooms: 1, people: 200, run: flood },
  restart: { rooms: 200, people: 500, run: measureReturn },
  turnover: { rooms: BOARDS, people: 500, run: measureTurnover },
  soak: { rooms: SOAK_ROOMS, people: 500, run: measureSoak },
  large: { rooms: 1, people: 2, run: measureLargest },
}
