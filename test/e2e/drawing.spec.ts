import { expect, test } from './support/fixtures.ts'
import { INK } from './support/person.ts'

test('the keys of the board go on working after the style panel was used', async ({ ada }) => {
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

test('opacity shows while its slider is dragged and is one step of undo', async ({ ada }) => {
  await ada.draw('r', [400, 300], [500, 400])
  const slider = ada.page.getByRole('slider', { name: 'Opacity' })
  await slider.scrollIntoViewIfNeeded()
  const thumb = await slider.evaluate((input) => {
    const { left, top, width, height } = (input.parentElement ?? input).getBoundingClientRect()
    return { x: left + width / 2, y: top + height / 2 }
  })
  const edge = () => ada.colorAt([425, 300])
  await expect.poll(edge).toBe(INK)
  await ada.page.mouse.move(thumb.x, thumb.y)
  await ada.page.mouse.down()
  await ada.page.mouse.move(thumb.x - 80, thumb.y, { steps: 8 })
  await expect.poll(edge).not.toBe(INK)
  expect((await ada.elements())[0]?.opacity).toBe(1)

  await ada.page.mouse.up()
  await expect.poll(async () => Number((await ada.elements())[0]?.opacity)).toBeLessThan(0.8)
  expect(await edge()).not.toBe(INK)
  await ada.page.keyboard.press('Control+z')
  await expect.poll(edge).toBe(INK)
  expect((await ada.elements())[0]?.opacity).toBe(1)
})

test('a locked element is unlocked with a click on it and the button', async ({ ada }) => {
  await ada.draw('r', [400, 300], [500, 400])
  await ada.page.keyboard.press('Shift+L')
  await ada.page.mouse.click(800, 600)
  await ada.page.mouse.click(400, 350)
  await ada.page.getByRole('button', { name: 'Unlock' }).click()
  expect((await ada.elements())[0]?.locked).toBe(false)
})
