import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedsOf } from '../support/seeds.ts'
import type { Hole } from './support/motion.ts'
import { keepPicture, openScreenPage, type ScreenPage } from './support/screen-studio.ts'

const FRAMES = 50

let page: ScreenPage

beforeAll(async () => {
  page = await openScreenPage()
})

afterAll(() => page?.close())

/** What was shown of each frame with a hole beside what it should have shown is left behind. */
const told = (name: string, holes: readonly Hole[]): readonly string[] =>
  holes.map(({ frame, camera, squares, dense, picture }) => {
    const file = keepPicture(`${name}-${frame}`, picture)
    return `frame ${frame} at ${JSON.stringify(camera)}: ${squares} of ${dense} squares blank, ${file}`
  })

describe('what has been seen from afar', () => {
  it.each(seedsOf(3))('is never blank, wherever one pans and zooms (FUZZ_SEED=%i)', async (seed) => {
    const holes = await page.call('wandering', seed, FRAMES)
    expect(told(`wandering-${seed}`, holes)).toEqual([])
  })

  it.each(['theme', 'place', 'fonts'] as const)(
    'is never blank while all of it changes: %s',
    async (what) => {
      expect(told(`changing-${what}`, await page.call('changingAll', what))).toEqual([])
    },
  )
})
