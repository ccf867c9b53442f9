import { describe, expect, it } from 'vitest'
import { peer } from '../../test/support/presence.ts'
import { worldPoint } from '../../whiteboard/geometry/types.ts'
import { othersAmong, rosterReader } from './roster.ts'

describe('who is here', () => {
  const bob = { clientId: 2, personId: 'bob', name: 'Bob' }

  it('stays the same array while people only move', () => {
    const read = rosterReader()
    const first = read([peer(), peer({ ...bob, cursor: worldPoint(1, 1) })])
    expect(first.map(({ name }) => name)).toEqual(['Ada', 'Bob'])
    expect(read([peer(), peer({ ...bob, cursor: worldPoint(5, 5) })])).toBe(first)
    expect(read([peer({ name: 'Countess' }), peer(bob)])).not.toBe(first)
    expect(read([peer()]).length).toBe(1)
  })

  it('is one entry for each other person: the tab in which they point', () => {
    const tabs = [peer({ ...bob, clientId: 3 }), peer({ ...bob, cursor: worldPoint(0, 0) }), peer()]
    const others = othersAmong(rosterReader()(tabs), 'p')
    expect(others.map(({ clientId }) => clientId)).toEqual([2])
  })
})
