import { expect, test } from './support/fixtures.ts'

test('a shape takes a hand, hatching and a colour of its own, and the next visit remembers them', async ({
  ada,
}) => {
  const { page } = ada
  await ada.draw('r', [500, 200], [700, 320])
  await page.getByRole('button', { name: 'Hand: Very hand-drawn' }).click()
  await page.getByRole('button', { name: 'Fill: Cross-hatched' }).click()
  await page.getByRole('button', { name: 'Stroke: Another colour' }).click()
  await page.getByLabel('Colour in hexadecimal digits').fill('0af')
  await page.keyboard.press('Enter')
  const look = { roughness: 2, fillStyle: 'cross-hatch', stroke: '#00aaff' }
  expect(await ada.elements()).toMatchObject([look])
  await page.keyboard.press('Escape')
  await ada.saved()
  await page.reload()
  await ada.ready()
  await ada.draw('o', [800, 200], [950, 320])
  expect((await ada.sees(2))[1]).toMatchObject({ type: 'ellipse', ...look })
  await page.getByRole('button', { name: 'Stroke: Another colour' }).click()
  await expect(page.getByRole('button', { name: 'Stroke: #00aaff' })).toBeVisible()
})

test('the eyedropper takes the colour of what is clicked, where the browser has none of its own', async ({
  ada,
}) => {
  const { page } = ada
  await page.evaluate(() => Object.defineProperty(window, 'EyeDropper', { value: undefined }))
  const note = { type: 'sticky', x: 900, y: 200, width: 150, height: 150, fill: '#d3c4fb' }
  await ada.handle(({ editor }, element) => editor.create([element]), note)
  await ada.draw('r', [500, 200], [700, 320])
  await page.keyboard.press('i')
  await expect(page.getByText('Click something to take its colour')).toBeVisible()
  await page.mouse.click(970, 270)
  await expect.poll(async () => (await ada.elements())[1]?.stroke).toBe('#d3c4fb')
  await page.keyboard.press('Control+z')
  expect((await ada.elements())[1]?.stroke).not.toBe('#d3c4fb')
})

test('a shape is turned into another under an arrow, and its style is pasted on a third', async ({ ada }) => {
  const { page } = ada
  await ada.draw('r', [400, 200], [560, 300])
  await ada.draw('o', [800, 200], [960, 300])
  await ada.draw('a', [480, 250], [880, 250])
  const [box, round, arrow] = await ada.sees(3)
  if (!box || !round || !arrow) throw new Error('Something is missing')
  expect(arrow.start).toMatchObject({ element: box.id })
  await ada.handle(({ editor }, id) => editor.select([id]), box.id)
  await page.getByRole('button', { name: 'Fill: Hatched', exact: true }).click()
  await page.getByRole('button', { name: 'Turn into another shape' }).click()
  await page.getByRole('button', { name: 'Turn into a cloud' }).click()
  await expect.poll(async () => (await ada.elements())[0]?.type).toBe('cloud')
  expect((await ada.elements())[2]?.start).toMatchObject({ element: box.id })
  await page.keyboard.press('Control+Alt+c')
  await ada.handle(({ editor }, id) => editor.select([id]), round.id)
  await page.keyboard.press('Control+Alt+v')
  await expect.poll(async () => (await ada.elements())[1]?.fillStyle).toBe('hachure')
})

test('shapes that share a button on a phone leave the last one on it', async ({ server, enter }) => {
  const bob = await enter({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await bob.startDrawing(server.url)
  await bob.page.getByRole('button', { name: 'Shapes' }).click()
  await bob.page.getByRole('button', { name: 'Hexagon' }).click()
  await bob.page.touchscreen.tap(200, 300)
  expect(await bob.sees(1)).toMatchObject([{ type: 'hexagon' }])
  await bob.page.getByRole('button', { name: 'Style', exact: true }).click()
  await bob.page.getByRole('button', { name: 'Corners: Sharp' }).click()
  expect(await bob.elements()).toMatchObject([{ corner: 0 }])
})
