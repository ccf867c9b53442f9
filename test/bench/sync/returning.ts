import { setTimeout as pause } from 'node:timers/promises'
import { consequenceOf } from '../../../whiteboard/collab/closing.ts'
import { Comeback } from '../../../whiteboard/collab/comeback.ts'
import { gather, newClient, type Subject } from './crowd.ts'
import { Tally } from './tally.ts'
import type { Figures } from './types.ts'

const ROOMS = 200
const MEMBERS = 10
/** Milliseconds. */
const PATIENCE = 60_000

interface Return {
  readonly room: number
  readonly number: number
  /** What the connection ended with. */
  readonly code: number | null
  readonly port: () => number
}

/** Comes back as our client does, after the same waits. Resolves with how often it tried. */
const comeBack = async (subject: Subject, { room, number, code, port }: Return): Promise<number> => {
  const comeback = new Comeback(Math.random)
  let end = code
  for (let tries = 1; ; tries++) {
    const consequence = consequenceOf(end)
    if (consequence.type === 'end') throw new Error(`Sent away for good with ${end}`)
    await pause(comeback.after(consequence, 0))
    const client = await newClient(subject, new Tally(), { room, number, own: null, senders: 0 })
    const isIn = await client.join(port()).then(
      () => true,
      () => false,
    )
    if (isIn) return tries
    end = null
  }
}

/** A server with 2,000 people on 200 boards is restarted, and they all come back. */
export const measureReturn = async (subject: Subject): Promise<Figures> => {
  let { port } = subject
  const returns: Promise<number>[] = []
  let startedAt = 0
  const crowd = await gather(subject, {
    rooms: ROOMS,
    members: MEMBERS,
    senders: 1,
    events: {
      onEnd: (code) => {
        if (startedAt === 0) return
        // Who it was makes no difference.
        const number = returns.length
        returns.push(comeBack(subject, { room: number % ROOMS, number, code, port: () => port }))
      },
    },
  })
  for (const client of crowd.senders) client.create()
  await pause(1000)
  crowd.assertAllThere()
  startedAt = performance.now()
  port = await subject.restart()
  const down = (performance.now() - startedAt) / 1000
  while (returns.length < ROOMS * MEMBERS && performance.now() - startedAt < PATIENCE) await pause(20)
  const tries = await Promise.all(returns)
  const back = (performance.now() - startedAt) / 1000
  const { loads, logReads, rooms, loopLag } = await subject.usage()
  if (rooms !== ROOMS) throw new Error(`${rooms} boards are open`)
  const note = `${tries.length} came, in ${Math.max(...tries)} tries at most, ${down.toFixed(1)} s of them without a server`
  return { back, loads: loads + logReads, loopLag, note }
}
