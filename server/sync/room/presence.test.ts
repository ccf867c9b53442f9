import { expect, it } from 'vitest'
import { presenceFrame as clientFrame } from '../../../test/support/ws-client.ts'
import { withDefaults } from '../limits.ts'
import { createPresence } from './presence.ts'

it('SY14 S43 a hundred thousand who came and left leave nothing to be shown, and few ids to be kept', () => {
  const limits = withDefaults({ departedMemory: 100 })
  const presence = createPresence<object>(limits, () => undefined)
  const payload = (client: number): Uint8Array => {
    const frame = clientFrame(client, 1, { cursor: [1, 2] })
    // Without the kind and the length.
    return frame.subarray(2)
  }
  const cycle = (client: number, id: string): string => {
    const owner = {}
    const outcome = presence.take(owner, { id, name: id, color: '#000000' }, payload(client))
    presence.remove(owner)
    return outcome.type
  }
  for (let client = 0; client < 100_000; client++) cycle(client, `person-${client}`)
  expect(presence.others({})).toBeNull()
  // The newest are kept for their own; the oldest are anybody's again, so nothing of them is left.
  const stranger = { id: 'stranger', name: 'stranger', color: '#000000' }
  const isGiven = (client: number): boolean => {
    const owner = {}
    presence.take(owner, stranger, payload(client))
    const given = presence.others({}) !== null
    presence.remove(owner)
    return given
  }
  expect([isGiven(0), isGiven(99_999)]).toEqual([true, false])
})

it('S43 who comes back is seen again though the server was restarted and knows nothing of them', () => {
  let time = Date.UTC(2026, 10, 20)
  const identity = { id: 'ben', name: 'Ben', color: '#000000' }
  /** The clocks that go out of a new room, for what one client says about itself. */
  const clocksOf = (...claimed: number[]): number[] => {
    const presence = createPresence<object>(
      withDefaults(),
      () => undefined,
      () => time,
    )
    const owner = {}
    return claimed.map((clock) => {
      const frame = clientFrame(5, clock, { cursor: [clock, 0] })
      const outcome = presence.take(owner, identity, frame.subarray(2))
      return outcome.type === 'taken' ? (outcome.entry?.clock ?? 0) : 0
    })
  }
  // A y-websocket client begins at 0, and says the same clock again when it comes back.
  const before = clocksOf(0, 1, 2, 900)
  time += 1000
  const after = clocksOf(900, 901)
  const all = [...before, ...after]
  expect(all).toEqual([...new Set(all)].sort((a, b) => a - b))
})
