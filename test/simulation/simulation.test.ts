import { describe, expect, it } from 'vitest'
import { seedsOf } from '../support/seeds.ts'
import { simulate } from './run.ts'

/** Seeds that once found something. What happens under them changes with the simulation: each has a test of its own as well. */
const pinned = [549_071_277, 950_406_463, 950_408_112, 950_409_193]

describe('CV: two nodes, people, and everything that goes wrong', () => {
  it.each([...new Set([...seedsOf(200), ...(process.env.FUZZ_SEED ? [] : pinned)])])(
    'holds I1-I10 (FUZZ_SEED=%i)',
    async (seed) => {
      expect(await simulate({ seed, steps: 250 })).toEqual([])
    },
  )
})
