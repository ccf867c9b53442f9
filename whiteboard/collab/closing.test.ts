import { describe, expect, it } from 'vitest'
import { endOf, LONGEST_WAIT, retryDelay, SHORTEST_WAIT } from './closing.ts'
import { CloseCode } from './protocol.ts'

describe('The wait before another attempt', () => {
  it('lies between its bounds for any number of failures, and grows', () => {
    for (let failures = 1; failures < 5000; failures += 7) {
      for (const random of [0, 0.5, 0.999]) {
        const delay = retryDelay(failures, null, random)
        expect(delay).toBeGreaterThanOrEqual(SHORTEST_WAIT)
        expect(delay).toBeLessThanOrEqual(LONGEST_WAIT)
      }
    }
    expect(retryDelay(1, null, 0.999)).toBeLessThanOrEqual(2 * SHORTEST_WAIT)
    expect(retryDelay(20, null, 0.999)).toBeGreaterThan(LONGEST_WAIT * 0.99)
  })

  it('spreads clients over the whole of it', () => {
    expect(retryDelay(6, CloseCode.restarting, 0)).toBe(SHORTEST_WAIT)
    expect(retryDelay(6, CloseCode.restarting, 1)).toBe(LONGEST_WAIT)
  })

  it('is none after a change of role, unless that happens again and again', () => {
    expect(retryDelay(1, CloseCode.roleChanged, 0.5)).toBe(0)
    expect(retryDelay(2, CloseCode.roleChanged, 0.5)).toBeGreaterThan(SHORTEST_WAIT)
  })
})

describe('A close code', () => {
  it.each([null, 1000, 1001, 1006, 1011, 1012, 1013, 4501, 4529])('%s lets the client come back', (code) => {
    expect(endOf(code)).toBeNull()
  })
})
