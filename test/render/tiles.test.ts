import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cases, readCase } from './support/cases.ts'
import { expectAlike, openScreenPage, type ScreenPage } from './support/screen-studio.ts'

/** From all of a large board to a few letters; powers of two and others. */
const ZOOMS = [0.02, 0.09, 0.25, 0.67, 1, 1.9, 3.3, 8]

/** One filled shape over the meeting point of four tiles. */
const AREA = {
  elements: [{ type: 'rectangle', x: 0, y: 0, width: 400, height: 300, fillStyle: 'solid' }],
  pictures: {},
}

let page: ScreenPage

beforeAll(async () => {
  page = await openScreenPage()
})

afterAll(() => page?.close())

describe.each(cases)('%s, drawn by the renderer', (name) => {
  it.each(['light', 'dark'] as const)(
    'looks on a %s board as if drawn straight, at any zoom',
    async (theme) => {
      const found = await page.call('throughTiles', readCase(name), theme, ZOOMS)
      found.forEach((likeness, index) => {
        expectAlike(`tiles ${name} ${theme} ${ZOOMS[index]}`, likeness)
      })
      expect(page.errors).toEqual([])
    },
  )
})

describe('zooming', () => {
  it.each(['text', 'ink', 'rectangle'])('ends with a sharp picture: %s', async (name) => {
    const found = await page.call('afterZooming', readCase(name), [0.4, 1.37, 0.83, 3.1, 1])
    found.forEach((likeness, index) => {
      expectAlike(`zoomed ${name} ${index}`, likeness)
    })
  })
})

describe('the comparison', () => {
  it.each(['text', 'ink', 'rectangle', 'arrow'])('notices that %s is blurred', async (name) => {
    expect((await page.call('blurred', readCase(name))).picture).not.toBeNull()
  })

  it('notices gaps between tiles, and what is moved', async () => {
    const { gap, moved } = await page.call('spoilt', AREA)
    expect(gap.picture).not.toBeNull()
    expect(moved.picture).not.toBeNull()
  })
})
