import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DraftCaseName, draftCases } from './support/draft-cases.ts'
import { expectAlike, openScreenPage, type ScreenPage } from './support/screen-studio.ts'

let page: ScreenPage

beforeAll(async () => {
  page = await openScreenPage()
})

afterAll(() => page?.close())

describe('while it is under way', () => {
  it.each(Object.keys(draftCases) as DraftCaseName[])(
    '%s is drawn in its right place between the others, and so when it is done',
    async (name) => {
      for (const [index, { during, dropped, done }] of (await page.call('underWay', name)).entries()) {
        expectAlike(`${name} during ${index}`, during)
        expectAlike(`${name} dropped ${index}`, dropped)
        if (done) expectAlike(`${name} done ${index}`, done)
      }
      expect(page.errors).toEqual([])
    },
  )

  it('stays in its order as it is released, until what it ends with is drawn', async () => {
    expectAlike('released at rest', await page.call('releasedAtRest'))
  })
})
