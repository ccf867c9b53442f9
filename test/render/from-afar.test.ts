import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AfarBoard } from './support/from-afar.ts'
import { keepPicture, openScreenPage, type ScreenPage } from './support/screen-studio.ts'

const ZOOMS = [0.03, 0.06, 0.1, 0.15, 0.19, 0.24]

let page: ScreenPage

beforeAll(async () => {
  page = await openScreenPage()
})

afterAll(() => page?.close())

/**
 * Of 255. Today the mean colour of everything is off by 2.4 and that of a square by 2.2; the worst are strokes (16) and
 * dark hatching (54), of which a square has little else.
 */
const LIMITS = { whole: 4, mean: 4, worst: 60 } as const

it.each(
  (['mixed', 'every type'] as const).flatMap((name) =>
    (['light', 'dark'] as const).map((theme): [AfarBoard, 'light' | 'dark'] => [name, theme]),
  ),
)('%s, seen from afar on a %s board, has the tone of the same drawn in full', async (name, theme) => {
  for (const [index, { picture, ...tone }] of (await page.call('fromAfar', name, theme, ZOOMS)).entries()) {
    const broken = (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).filter((key) => tone[key] > LIMITS[key])
    const seen = broken.length > 0 ? keepPicture(`afar-${name}-${theme}-${ZOOMS[index]}`, picture) : ''
    expect(broken, `${JSON.stringify(tone)}; look at ${seen}`).toEqual([])
  }
  expect(page.errors).toEqual([])
})
