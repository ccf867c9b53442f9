import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from './client.ts'
import { clientId, newClient, type Subject } from './crowd.ts'
import { attack } from './hostility.ts'
import { Pacer } from './pacer.ts'
import { type Sender, Tally } from './tally.ts'
import type { Figures } from './types.ts'

export const SOAK_ROOMS = 40
const MEMBERS = 5
/** Of each room; the others look on, and show their cursors. */
const DRAWING = 3
const PEOPLE = SOAK_ROOMS * MEMBERS
/** Of each person, a second. */
const RATE = 2
/** One frame in a hundred of all that are sent is hostile. */
const HOSTILE = (0.01 * PEOPLE * RATE) / 0.99
/** Milliseconds. */
const WARM_UP = 15_000
const CHANGE = 200

const MB = 2 ** 20

/** People who come and go, draw and point, and what became of their connections. */
class Soak {
  readonly tally = new Tally()
  /** How often each thing happened that should not, or may only to hostile people. */
  readonly honestEnds = new Map<string, number>()
  readonly hostileEnds = new Map<string, number>()
  private readonly subject: Subject
  /** Who sits where; null while nobody does. Whoever comes back goes on with what they drew. */
  private readonly people: (Client | null)[] = []
  private readonly senders: readonly Sender[] = Array.from({ length: PEOPLE }, (_, place) => ({
    client: clientId(),
    slot: Math.floor(place / SOAK_ROOMS),
    receivers: MEMBERS - 1,
    sentAt: [],
  }))
  private hostile: Client | null = null
  private attackers = PEOPLE

  constructor(subject: Subject) {
    this.subject = subject
  }

  async fill(): Promise<void> {
    for (let place = 0; place < PEOPLE; place++) await this.sit(place)
  }

  /** What each person does from time to time, and what the hostile one does. */
  tasks(): { honest: ((times: number) => void)[]; hostile: () => void } {
    const honest = Array.from({ length: PEOPLE }, (_, place) => (times: number) => {
      const client = this.people[place]
      if (!client) return
      if (Math.floor(place / SOAK_ROOMS) >= DRAWING) client.point()
      else client.move(times)
    })
    return { honest, hostile: () => void this.strike() }
  }

  /** Somebody leaves, and comes back. */
  async change(): Promise<void> {
    const place = Math.floor(Math.random() * this.people.length)
    const client = this.people[place]
    if (!client) return
    this.people[place] = null
    if (client.ended !== null) this.count(this.honestEnds, client.ended)
    client.leave()
    await this.sit(place)
  }

  end(): void {
    for (const client of this.people) {
      if (client && client.ended !== null) this.count(this.honestEnds, client.ended)
      client?.leave()
    }
    this.hostile?.leave()
  }

  private async sit(place: number): Promise<void> {
    const room = place % SOAK_ROOMS
    const own = this.senders[place] ?? null
    if (!own) return
    const client = await newClient(this.subject, this.tally, { room, number: place, own, senders: MEMBERS })
    // What was drawn before they came is not news.
    for (let other = room; other < PEOPLE; other += SOAK_ROOMS) {
      const sender = this.senders[other]
      if (sender) client.seen[sender.slot] = sender.sentAt.length
    }
    await client.join(this.subject.port).then(
      () => {
        this.tally.addSender(own)
        if (own.slot < DRAWING && own.sentAt.length === 0) client.create()
        else client.resume()
        this.people[place] = client
      },
      (error: Error) => this.count(this.honestEnds, error.message),
    )
  }

  private async strike(): Promise<void> {
    const { hostile } = this
    if (hostile && hostile.ended === null) {
      attack(hostile)
      return
    }
    if (hostile) this.count(this.hostileEnds, hostile.ended ?? '')
    this.hostile = null
    const room = Math.floor(Math.random() * SOAK_ROOMS)
    const own = { client: clientId(), slot: 0, receivers: 0, sentAt: [] }
    const place = { room, number: this.attackers++, own, senders: MEMBERS }
    const client = await newClient(this.subject, new Tally(), place)
    await client.join(this.subject.port).then(
      () => {
        this.hostile ??= client
      },
      (error: Error) => this.count(this.hostileEnds, error.message),
    )
    if (this.hostile !== client) client.leave()
  }

  private count(ends: Map<string, number>, reason: string): void {
    const name = /by the server: (\d+)/.exec(reason)?.[1] ?? /HTTP\/1.1 (\d+)/.exec(reason)?.[1] ?? reason
    ends.set(name, (ends.get(name) ?? 0) + 1)
  }
}

const listed = (ends: ReadonlyMap<string, number>): string =>
  [...ends].map(([name, count]) => `${count} × ${name}`).join(', ') || 'none'

/** A server for as long as one likes, with people who come and go, and one frame in a hundred from who means it no good. */
export const measureSoak = async (subject: Subject): Promise<Figures> => {
  const soak = new Soak(subject)
  await soak.fill()
  const { honest, hostile } = soak.tasks()
  const pacers = [new Pacer(honest, RATE), new Pacer([hostile], HOSTILE)]
  for (const pacer of pacers) pacer.start()
  await pause(Math.min(WARM_UP, subject.seconds * 1000))
  const before = await subject.usage(true)
  const until = performance.now() + subject.seconds * 1000
  soak.tally.open(subject.seconds * 1000)
  while (performance.now() < until) {
    await pause(CHANGE)
    await soak.change()
  }
  for (const pacer of pacers) pacer.stop()
  const after = await subject.usage(true)
  const { latency } = soak.tally
  soak.end()
  const note = [
    `heap ${(before.heap / MB).toFixed(1)} → ${(after.heap / MB).toFixed(1)} MB`,
    `honest people sent away: ${listed(soak.honestEnds)}`,
    `hostile ones: ${listed(soak.hostileEnds)}`,
  ]
  return {
    p95: latency.quantile(0.95),
    loopLag: after.loopLag,
    megabytes: after.rss / MB,
    growth: (after.rss - before.rss) / MB,
    note: note.join(' · '),
  }
}
