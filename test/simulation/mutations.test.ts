import { describe, expect, it } from 'vitest'
import { type Fault, simulate } from './run.ts'

const SEEDS = 60

/** The first seed whose run goes wrong; null when none does. */
const firstRed = async (fault: Fault): Promise<number | null> => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    if ((await simulate({ seed, steps: 250, fault })).length > 0) return seed
  }
  return null
}

describe('CV: the simulation notices', () => {
  it.each(['saves-too-early', 'loses-a-message', 'has-no-gate', 'undoes-all'] as const)(
    'a server that %s, within 60 seeds',
    async (fault) => {
      expect(await firstRed(fault)).not.toBeNull()
    },
    60_000,
  )
})
