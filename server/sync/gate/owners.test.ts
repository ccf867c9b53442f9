import { describe, expect, it } from 'vitest'
import { Owners } from './owners.ts'

describe('the owners of client ids', () => {
  it('S143: I10: what another server wanted takes nothing away, and what is stored decides', () => {
    const owners = new Owners(new Map([[1, 'ada']]))
    owners.claim([2], 'ada')
    owners.hear([
      [1, 'bob'],
      [2, 'bob'],
      [3, 'bob'],
    ])
    expect([1, 2, 3].map((client) => owners.ownerOf(client))).toEqual(['ada', 'ada', 'bob'])
    owners.learn(new Map([[2, 'bob']]))
    expect(owners.ownerOf(2)).toBe('bob')
  })

  it('S137: an id that somebody shows at another server is nobody else’s, and stored where they write under it', () => {
    const owners = new Owners(new Map())
    owners.reserve(1, 'ada')
    owners.reserve(1, 'bob')
    expect(owners.ownerOf(1)).toBe('ada')
    owners.use([{ client: 1 }], 'bob')
    expect(owners.unstored()).toEqual([])
    owners.use([{ client: 1 }], 'ada')
    expect(owners.unstored()).toEqual([[1, 'ada']])
  })

  it('S137: remembers the newest of those seen elsewhere, and moves them with a guest', () => {
    const owners = new Owners(new Map())
    for (let client = 0; client < 3000; client++) owners.reserve(client, 'guest')
    expect(owners.ownerOf(0)).toBeUndefined()
    owners.move('guest', 'ada')
    expect(owners.ownerOf(2999)).toBe('ada')
  })
})
