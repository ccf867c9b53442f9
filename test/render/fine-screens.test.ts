import { afterAll, beforeAll, describe, it } from 'vitest'
import { cases, readCase } from './support/cases.ts'
import { expectAlike, openScreenPage, type ScreenPage } from './support/screen-studio.ts'

/** Device pixels per CSS pixel: an enlarged page, and a screen of small pixels. */
describe.each([1.25, 2])('with %s device pixels for one of the page', (ratio) => {
  let page: ScreenPage

  beforeAll(async () => {
    page = await openScreenPage({ ratio })
  })

  afterAll(() => page?.close())

  it.each(cases.filter((_, index) => index % 3 === 0))('%s looks as if drawn straight', async (name) => {
    const zooms = [0.3, 1, 2.2]
    const found = await page.call('throughTiles', readCase(name), 'light', zooms)
    found.forEach((likeness, index) => {
      expectAlike(`fine ${ratio} ${name} ${zooms[index]}`, likeness)
    })
  })
})
