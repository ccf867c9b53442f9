import { beforeEach, describe, expect, it } from 'vitest'
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts'
import { silentLog } from '../../../test/support/stores.ts'
import { CloseCode } from '../../../whiteboard/collab/protocol.ts'
import { type AccessEvents, createAccessEvents } from '../../boards/access-events.ts'
import type { EffectiveAccess } from '../../boards/effective-access.ts'
import type { TicketClaims } from '../../boards/tickets.ts'
import { withDefaults } from '../limits.ts'
import { type AccessWatch, createAccessWatch, type Watched } from './access-watch.ts'

const limits = withDefaults()
const ended = { denied: 'session-ended' } as const
const editor = { access: 'editor' } as const

/** A question that waits for its answer. */
interface Asked {
  readonly version: number
  answer(access: EffectiveAccess): Promise<void>
}

let clock: ManualClock
let events: AccessEvents
let watch: AccessWatch
let asked: Asked[]

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

beforeEach(() => {
  clock = createManualClock()
  events = createAccessEvents()
  asked = []
  const access = ({ sessionVersion: version }: TicketClaims): Promise<EffectiveAccess> =>
    new Promise((resolve) => {
      const answer = (given: EffectiveAccess): Promise<void> => {
        resolve(given)
        return settle()
      }
      asked.push({ version, answer })
    })
  watch = createAccessWatch({ access, accessEvents: events, clock, dayClock: clock, limits, log: silentLog })
})

/** Somebody who is in as an editor, and what happened to them. */
const comeIn = (sessionEndsAt: number | null = null): { watched: Watched; told: string[] } => {
  const told: string[] = []
  const claims: TicketClaims = {
    ticketId: 'ticket',
    boardId: 'board',
    personId: 'eve',
    name: 'Eve',
    role: 'editor',
    linkId: null,
    sessionVersion: 1,
    sessionId: 'here',
    sessionEndsAt,
    expiresAt: 0,
  }
  const watched: Watched = {
    claims,
    granted: 'editor',
    until: null,
    suspend: () => told.push('suspended'),
    resume: () => told.push('resumed'),
    end: (code) => told.push(`ended ${code}`),
  }
  watch.add(watched)
  return { watched, told }
}

const renewSession = (): void =>
  events.emit({ type: 'person', personId: 'eve', renewed: { sessionId: 'here', sessionVersion: 2 } })

describe('answers about access that come late', () => {
  it('S27 end nobody whose session has gone on under another version since', async () => {
    const { told } = comeIn()
    events.emit({ type: 'board', boardId: 'board' })
    renewSession()
    expect(asked.map(({ version }) => version)).toEqual([1, 2])
    await asked[0]?.answer(ended)
    await asked[1]?.answer(editor)
    expect(told).toEqual(['suspended', 'suspended', 'resumed'])
  })

  it('S27 S26 nor when they were asked for in passing', async () => {
    const { told } = comeIn()
    clock.advance(limits.accessSweep)
    renewSession()
    await asked[0]?.answer(ended)
    await asked[1]?.answer(editor)
    expect(told).toEqual(['suspended', 'resumed'])
  })

  it('S22 let nobody go on who is asked about again', async () => {
    const { told } = comeIn()
    clock.advance(limits.accessSweep)
    for (let event = 0; event < 2; event++) events.emit({ type: 'board', boardId: 'board' })
    await asked[0]?.answer(editor)
    await asked[1]?.answer(editor)
    expect(told).toEqual(['suspended', 'suspended'])
    await asked[2]?.answer({ denied: 'access-removed' })
    expect(told.at(-1)).toBe(`ended ${CloseCode.accessRemoved}`)
  })
})

it('S28 asks once for all whose tickets say the same, the end of the session included', () => {
  for (const end of [5, 5, 6]) comeIn(end)
  events.emit({ type: 'board', boardId: 'board' })
  expect(asked).toHaveLength(2)
})
