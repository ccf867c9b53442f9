import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Arrival } from './support/arrivals.ts'
import { bundledFonts } from './support/browser-page.ts'
import { readCase } from './support/cases.ts'
import { expectAlike, openScreenPage, type ScreenPage } from './support/screen-studio.ts'

let page: ScreenPage

beforeAll(async () => {
  page = await openScreenPage({ fonts: false })
})

afterAll(() => page?.close())

const expectArrived = (name: string, { before, after }: Arrival): void => {
  expect(before.picture, `${name} changes what is seen`).not.toBeNull()
  expectAlike(name, after)
}

describe('what is seen is drawn anew', () => {
  // First, for it needs a page without fonts.
  it('when fonts arrive that it is written in', async () => {
    expectArrived('fonts', await page.call('fontsArrive', readCase('text'), bundledFonts()))
  })

  it('when a picture arrives', async () => {
    expectArrived('picture', await page.call('pictureArrives', readCase('image')))
  })

  it('when a board was opened: all that is in view at once', async () => {
    const { frames, partial, first } = await page.call('boardOpens')
    expect(partial, `of ${frames} frames`).toBe(0)
    expectAlike('opening', first)
  })

  it('when the theme changes', async () => {
    const found = await page.call('themeChanges')
    for (const [index, each] of found.entries()) expectArrived(`theme ${index}`, each)
  })

  it('when paper and canvas change, and on coming back to the page', async () => {
    const found = await page.call('surroundingsChange')
    for (const [index, each] of found.entries()) expectArrived(`surroundings ${index}`, each)
  })
})
