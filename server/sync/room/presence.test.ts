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
