import { expect, test } from './support/fixtures.ts'

test('the keys of the board go on working after the style panel was used', async ({ server, enter }) => {
  const ada = await enter()
  await ada.startDrawing(server.url)
  await ada.draw('r', [400, 300], [500, 400])
  const slider = ada.page.getByRole('slider', { name: 'Opacity' })
  await slider.scrollIntoViewIfNeeded()
  await slider.focus()
  await ada.page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await ada.elements())[0]?.opacity).toBe(0.95)
  await ada.page.keyboard.press('Control+z')
  await expect.poll(async () => (await ada.elements())[0]?.opacity).toBe(1)
  await ada.page.keyboard.press('Delete')
  await ada.sees(0)
})

test('a locked element is unlocked with a click on it and the button', async ({ server, enter }) => {
  const ada = await enter()
  await ada.startDrawing(server.url)
  await ada.draw('r', [400, 300], [500, 400])
  await ada.page.keyboard.press('Shift+L')
  await ada.page.mouse.click(800, 600)
  await ada.page.mouse.click(400, 350)
  await ada.page.getByRole('button', { name: 'Unlock' }).click()
  expect((await ada.elements())[0]?.locked).toBe(false)
})
