import { expect, test } from './support/fixtures.ts'

const camera = { x: 77, y: 33, zoom: 1.5 }

test('a board opens with everything in view the first time, and as it was left from then on', async ({
  enter,
  ada,
}) => {
  await ada.handle((handle) => handle.editor.create([{ type: 'rectangle', x: 5000, y: 4000 }]), null)
  await ada.saved()
  const bob = await enter({ viewport: { width: 390, height: 844 } })
  await bob.join(await ada.share('Can edit'), 'Bob')
  const first = await bob.handle((handle) => handle.editor.camera, null)
  expect(first.x).toBeGreaterThan(4000)
  expect(first.x).toBeLessThan(5000)
  expect(first.y).toBeLessThan(4000)

  await bob.handle((handle, wanted) => handle.editor.setCamera(wanted), camera)
  await bob.page.reload()
  await bob.ready()
  const again = await bob.handle((handle) => handle.editor.camera, null)
  expect(again.x).toBeCloseTo(camera.x)
  expect(again.y).toBeCloseTo(camera.y)
  expect(again.zoom).toBe(camera.zoom)
})

test('the middle button pans, and pastes nothing that is marked somewhere', async ({ ada }) => {
  const { page } = ada
  await page.mouse.dblclick(400, 300)
  await page.keyboard.type('marked')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Escape')
  await page.mouse.move(600, 400)
  await page.mouse.down({ button: 'middle' })
  await page.mouse.move(500, 350, { steps: 3 })
  // Also when the page is too busy to hear of it soon.
  const busy = page.evaluate(() => {
    for (const until = performance.now() + 800; performance.now() < until; );
  })
  await page.mouse.up({ button: 'middle' })
  await busy
  expect(await ada.handle((handle) => handle.editor.camera, null)).toMatchObject({ x: 100, y: 50 })
  // A text that the mouse pasted would be there before one that is copied and pasted after it.
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  await ada.sees(2)
})

test("somebody else's change of the title shows on coming back to the window", async ({ ada, bob }) => {
  await ada.page.getByRole('button', { name: /^Rename board/ }).click()
  await ada.page.keyboard.type('Plans')
  await ada.page.keyboard.press('Enter')
  await expect(ada.page).toHaveTitle(/^Plans/)
  await expect(async () => {
    await bob.page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await expect(bob.page).toHaveTitle(/^Plans/, { timeout: 1000 })
  }).toPass()
  await expect(bob.page.getByRole('button', { name: 'Rename board: Plans' })).toBeVisible()
})

test('who cannot share learns whom to ask, and has the address', async ({ server, enter, ada }) => {
  const eve = await enter()
  await eve.join(await ada.share('Can view'), 'Eve')
  await eve.page.getByRole('button', { name: 'Share' }).click()
  const dialog = eve.page.getByRole('dialog')
  await expect(dialog.getByText('Only the owner can let more people in')).toBeVisible()
  await expect(dialog.getByRole('textbox')).toHaveValue(`${server.url}/b/${ada.boardId}`)
  await expect(dialog.getByRole('button', { name: 'Create link' })).toHaveCount(0)
})

test('what is typed stays above the keyboard of a phone', async ({ server, enter }) => {
  const ada = await enter({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await ada.startDrawing(server.url)
  await ada.page.getByRole('button', { name: 'Text', exact: true }).tap()
  await ada.page.touchscreen.tap(120, 600)
  await ada.page.keyboard.type('low')
  // As on a phone, whose keyboard comes up for what has the focus.
  await expect(ada.page.locator('textarea[data-board-text]')).toBeFocused()
  const bottom = () =>
    ada.page.evaluate(
      () => document.activeElement?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY,
    )
  expect(await bottom()).toBeGreaterThan(480)
  await ada.page.setViewportSize({ width: 390, height: 480 })
  await expect.poll(bottom).toBeLessThan(400)
  await ada.page.keyboard.type('er')
  await ada.page.keyboard.press('Escape')
  expect(await ada.sees(1)).toMatchObject([{ text: 'lower' }])
})
