import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAlike, openScreenPage, type ScreenPage } from '../render/support/screen-studio.ts'
import { seedsOf } from '../support/seeds.ts'

const STEPS = 32

let page: ScreenPage

beforeAll(async () => {
  page = await openScreenPage()
})

afterAll(() => page?.close())

/** A run takes a hundred times as long as those without a browser: of many new seeds a part has to do. */
const seeds = seedsOf(5).filter((_, index) => !process.env.FUZZ_SEEDS || index % 10 === 0)

it.each(seeds)(
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
