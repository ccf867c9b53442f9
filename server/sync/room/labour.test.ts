import { beforeEach, describe, expect, it } from 'vitest'
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts'
import { withDefaults } from '../limits.ts'
import { Labour } from './labour.ts'

const limits = withDefaults()

let clock: ManualClock
let elapsed: number
let labour: Labour

beforeEach(() => {
  clock = createManualClock()
  elapsed = 0
  labour = new Labour(clock, limits, () => elapsed)
})

/** Applies structs that take a millisecond each, until it is broken off; how many. */
const applySlowly = (structs: number): number =>
  labour.time('eve', 1024, (isSpent) => {
    for (let done = 1; done <= structs; done++) {
      elapsed++
      if (isSpent(done)) return done
    }
    return structs
  })

describe('what the work on updates costs', () => {
  it('S115 is broken off half a second beyond what so many structs may take, and counted', () => {
    const most = applySlowly(10_000)
    expect(most * (1 - limits.workPerStruct)).toBeGreaterThan(limits.workAtOnce)
    expect((most - 2) * (1 - limits.workPerStruct)).toBeLessThan(limits.workAtOnce + 1)
    expect(labour.isTooMuch('eve')).toBe(false)
  })

  it('S115 S113 is broken off sooner for who owes much already, and as ever once that is forgotten', () => {
    const first = applySlowly(10_000)
    const counts = [first, applySlowly(10_000), applySlowly(10_000), applySlowly(10_000), applySlowly(10_000)]
    expect(labour.isTooMuch('eve')).toBe(true)
    expect(counts.at(-1)).toBeLessThan(5)
    clock.advance(60_000)
    expect(applySlowly(10_000)).toBe(first)
  })
})
