import { describe, expect, it } from 'vitest'
import { consequenceOf, LONGEST_WAIT, retryDelay, SHORTEST_WAIT } from './closing.ts'
import { CloseCode } from './protocol.ts'

const lost = consequenceOf(null)

describe('LD3: the wait before another attempt', () => {
  it('lies between its bounds for any number of failures, and grows', () => {
    for (let failures = 1; failures < 5000; failures += 7) {
      for (const random of [0, 0.5, 0.999]) {
        const delay = retryDelay(failures, lost, random)
        expect(delay).toBeGreaterThanOrEqual(SHORTEST_WAIT)
        expect(delay).toBeLessThanOrEqual(LONGEST_WAIT)
      }
    }
    expect(retryDelay(1, lost, 0.999)).toBeLessThanOrEqual(2 * SHORTEST_WAIT)
    expect(retryDelay(20, lost, 0.999)).toBeGreaterThan(LONGEST_WAIT * 0.99)
  })

  it('spreads clients over the whole of it', () => {
    const restarting = consequenceOf(CloseCode.restarting)
    expect(retryDelay(6, restarting, 0)).toBe(SHORTEST_WAIT)
    expect(retryDelay(6, restarting, 1)).toBe(LONGEST_WAIT)
  })

  it('is spread over seconds from the first time on when the server asks for patience', () => {
    for (const code of [CloseCode.restarting, CloseCode.overloaded, CloseCode.rateLimited]) {
      expect(retryDelay(1, consequenceOf(code), 1)).toBeGreaterThanOrEqual(4000)
      expect(retryDelay(1, consequenceOf(code), 1)).toBeLessThanOrEqual(LONGEST_WAIT)
    }
  })

  it('is short after a change of role, unless that happens again and again', () => {
    const changed = consequenceOf(CloseCode.roleChanged)
    expect(retryDelay(1, changed, 0)).toBe(0)
    expect(retryDelay(1, changed, 1)).toBeLessThanOrEqual(SHORTEST_WAIT)
    expect(retryDelay(2, changed, 0.5)).toBeGreaterThan(SHORTEST_WAIT)
  })
})

describe('A close code', () => {
  it.each([
    [null, 'unreachable'],
    [1000, 'unreachable'],
    [1006, 'unreachable'],
    [1001, 'restarting'],
    [1011, 'restarting'],
    [1012, 'restarting'],
    [1013, 'overloaded'],
    [4529, 'too-fast'],
    [1008, 'too-fast'],
    [4599, 'unreachable'],
  ])('%s lets the client come back by itself: %s', (code, cause) => {
    expect(consequenceOf(code)).toMatchObject({ type: 'again', cause })
  })

  it.each([
    [4400, 'refused'],
    [4401, 'signed-out'],
    [4403, 'access-removed'],
    [4404, 'board-gone'],
    [4413, 'too-large'],
    [1009, 'too-large'],
    [4426, 'outdated'],
    [4510, 'unreadable'],
    [4499, 'refused'],
  ])('%s ends the connection until a person does something: %s', (code, reason) => {
    expect(consequenceOf(code)).toEqual({ type: 'end', reason })
  })

  it.each(Object.entries(CloseCode))('of the table (%s) has words of its own', (_, code) => {
    const consequence = consequenceOf(code)
    const words = consequence.type === 'end' ? consequence.reason : consequence.type
    expect([consequence.type, words]).not.toEqual(['again', 'unreachable'])
  })
})
