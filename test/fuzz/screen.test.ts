import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAlike, openScreenPage, type ScreenPage } from '../render/support/screen-studio.ts'
import { seedsOf } from '../support/seeds.ts'

const STEPS = 32

let page: ScreenPage

beforeAll(async () => {
  page = await openScreenPage()
})

afterAll(() => page?.close())

it.each(seedsOf(5))(
  'whatever two people do, the screen shows what a new one would (FUZZ_SEED=%i)',
  async (seed) => {
    const unlike = await page.call('handsAtWork', seed, STEPS)
    if (unlike) {
      console.log(`Not as ${unlike.what} after these steps of seed ${seed}:\n${unlike.log.join('\n')}`)
      expectAlike(`hands-${seed}`, unlike.likeness)
    }
    expect(page.errors).toEqual([])
  },
  120_000,
)
