import { setTimeout as pause } from 'node:timers/promises'
import { clientId, newClient, type Subject } from './crowd.ts'
import { Tally } from './tally.ts'
import type { Figures } from './types.ts'

export const BOARDS = 500
/** Boards that are open at a time. */
const AT_ONCE = 50
/** Boards a second: what is measured is what stays, not how fast they come and go. */
const RATE = 500
/** Milliseconds in which a room that everybody left is forgotten. */
const FORGOTTEN = 8000

/** Somebody opens a board, draws, and leaves once that is saved. */
const visit = async (subject: Subject, room: number, number: number): Promise<void> => {
  let saved: () => void = () => {}
  const isSaved = new Promise<void>((resolve) => {
    saved = resolve
  })
  const own = { client: clientId(), slot: 0, receivers: 0, sentAt: [] }
  const events = { onSaved: (frames: number) => frames >= 5 && saved() }
  const client = await newClient(subject, new Tally(), { room, number, own, senders: 1, events })
  await client.join(subject.port)
  client.create()
  client.move(3)
  await isSaved
  client.leave()
}

const visitMany = async (subject: Subject, first: number, count: number): Promise<void> => {
  for (let start = first; start < first + count; start += AT_ONCE) {
    const pace = pause((1000 * AT_ONCE) / RATE)
    const numbers = Array.from({ length: AT_ONCE }, (_, index) => start + index)
    await Promise.all(numbers.map((number) => visit(subject, number % BOARDS, number)))
    await pace
  }
  await pause(FORGOTTEN)
}

/** Boards are opened, drawn on and left, one after the other; what the heap keeps of them. */
export const measureTurnover = async (subject: Subject): Promise<Figures> => {
  // What comes with the first of each is no leak.
  await visitMany(subject, 0, BOARDS)
  const before = await subject.usage(true)
  const count = Math.ceil((subject.seconds * RATE) / AT_ONCE) * AT_ONCE
  await visitMany(subject, BOARDS, count)
  const after = await subject.usage(true)
  if (after.rooms > 0) throw new Error(`${after.rooms} boards are still open`)
  const note = `${count} visits, heap ${(before.heap / 2 ** 20).toFixed(1)} → ${(after.heap / 2 ** 20).toFixed(1)} MB`
  return { worse: 100 * (after.heap / before.heap - 1), megabytes: after.rss / 2 ** 20, note }
}
