import { describe, expect, it } from 'vitest'
import { seedsOf } from '../support/seeds.ts'
import { simulate } from './run.ts'

describe('CV: two nodes, people, and everything that goes wrong', () => {
  it.each(seedsOf(200))('holds I1-I10 (FUZZ_SEED=%i)', async (seed) => {
    expect(await simulate({ seed, steps: 250 })).toEqual([])
  })
})
