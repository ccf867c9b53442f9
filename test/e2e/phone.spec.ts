import { expect, test } from './support/fixtures.ts'
import type { Person } from './support/person.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const doubleTap = async ({ page }: Person, x: number, y: number) => {
  await page.touchscreen.tap(x, y)
  await page.touchscreen.tap(x, y)
}

test('fingers write on the board, on notes, and in shapes wherever they touch them', async ({
  server,
  enter,
}) => {
  // Without motion a field stands where it belongs one frame late: what follows a tap meets the canvas below it.
  const ada = await enter({ ...phone, reducedMotion: 'reduce' })
  const { page } = ada
  await ada.startDrawing(server.url)
  const boxes = [250, 350].map((y) => ({ type: 'rectangle', x: 40, y, width: 200, height: 80 }))
  await ada.handle(({ editor }, elements) => editor.create(elements), boxes)
  const area = page.locator('textarea[data-board-text]')
  const write = async (words: string) => {
    await expect(area).toHaveCount(1)
    await page.keyboard.type(words)
    await page.touchscreen.tap(340, 120)
    await expect(area).toHaveCount(0)
  }
  await doubleTap(ada, 90, 290)
  await write('Box')
  await doubleTap(ada, 90, 390)
  await write('Under it')
  await doubleTap(ada, 250, 200)
  await write('Words')
  await page.getByRole('button', { name: 'Sticky note' }).tap()
  await page.touchscreen.tap(200, 560)
  await write('Note')
  const texts = (await ada.elements()).map(({ type, text }) => [type, text])
  expect(texts).toEqual([
    ['rectangle', 'Box'],
    ['rectangle', 'Under it'],
    ['text', 'Words'],
    ['sticky', 'Note'],
  ])
})

test('fingers let go of a link without a word, and present', async ({ server, enter }) => {
  const ada = await enter(phone)
  const { page } = ada
  await ada.startDrawing(server.url)
  await ada.handle(({ editor }) => {
    const [, box = ''] = editor.create([
      { type: 'frame', x: 20, y: 180, width: 340, height: 300, text: 'Plan' },
      { type: 'rectangle', x: 60, y: 250, width: 120, height: 80 },
    ])
    editor.select([box])
  }, null)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('textbox', { name: 'Link' })).toBeFocused()
  await page.touchscreen.tap(200, 650)
  await expect(page.getByRole('dialog', { name: 'Link' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Menu', exact: true }).tap()
  await expect(page.getByText('Select something first')).toHaveCount(0)
  await page.getByRole('menuitem', { name: 'Present' }).tap()
  const controls = page.getByRole('region', { name: 'Presentation' }).locator('.panel')
  await expect(controls).toHaveCSS('opacity', '0')
  const end = await page.getByRole('button', { name: 'End the presentation' }).boundingBox()
  await page.touchscreen.tap((end?.x ?? 0) + 20, (end?.y ?? 0) + 20)
  await expect(controls).toHaveCSS('opacity', '1')
  await page.getByRole('button', { name: 'End the presentation' }).tap()
  await expect(controls).toHaveCount(0)
})

test('a menu that a long press opened stays when the finger is lifted', async ({ server, enter }) => {
  const ada = await enter(phone)
  const { page } = ada
  await ada.startDrawing(server.url)
  await ada.handle(({ editor }) => editor.create([{ type: 'rectangle', x: 60, y: 250 }]), null)
  const browser = await ada.context.newCDPSession(page)
  const menu = page.getByRole('menu')
  const longPress = async () => {
    const touchPoints = [{ x: 330, y: 650 }]
    await browser.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
    await expect(menu).toBeVisible()
    await browser.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
  await longPress()
  await page.getByRole('menuitem', { name: 'Select all' }).tap()
  await expect(menu).toHaveCount(0)
  await page.keyboard.press('Delete')
  await ada.sees(0)
})
