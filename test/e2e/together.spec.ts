import { expect, test } from './support/fixtures.ts'
import { INK } from './support/person.ts'

test('two people draw on one board and see the same', async ({ enter, ada }) => {
  await ada.draw('r', [300, 200], [460, 300])
  const link = await ada.share('Can edit')

  const bob = await enter()
  await bob.join(link, 'Bob')
  await bob.sees(1)
  await bob.draw('o', [600, 200], [760, 320])
  await bob.draw('p', [300, 500], [360, 540], [420, 490], [500, 520])
  await ada.draw('a', [470, 250], [590, 260])

  await ada.sees(4)
  await bob.sees(4)
  await ada.saved()
  await bob.saved()
  expect(await ada.picture()).toBe(await bob.picture())
  const types = (await ada.elements()).map(({ type }) => type).sort()
  expect(types).toEqual(['arrow', 'ellipse', 'ink', 'rectangle'])
})

test('each sees who else is here, and shapes while they are being drawn', async ({ ada, bob }) => {
  await expect(ada.page.locator('[data-peer="Bob"]')).toBeVisible()

  // Places on the outline, and one inside, that the cursor's way across the rectangle does not come near.
  const outline = [
    [420, 430],
    [480, 460],
    [660, 380],
  ] as const
  const inside = [470, 430] as const
  const colors = () => Promise.all(outline.map((point) => ada.colorAt(point)))
  await ada.page.mouse.move(60, 400)
  expect(await colors()).not.toContain(INK)
  await bob.page.keyboard.press('r')
  await bob.page.mouse.move(420, 320)
  await bob.page.mouse.down()
  await bob.page.mouse.move(660, 460, { steps: 8 })
  await expect.poll(colors).toEqual([INK, INK, INK])
  expect(await ada.colorAt(inside)).not.toBe(INK)
  expect(await ada.elements()).toHaveLength(0)
  expect(await bob.elements()).toHaveLength(0)

  await bob.page.keyboard.press('Escape')
  await bob.page.mouse.up()
  await expect.poll(async () => (await colors()).includes(INK)).toBe(false)
  expect(await ada.elements()).toHaveLength(0)

  await bob.leave()
  await expect(ada.page.locator('[data-peer="Bob"]')).toBeHidden()
})

test('a click on an avatar follows that person’s view', async ({ ada, bob }) => {
  await ada.page.locator('[data-peer="Bob"]').click()
  await bob.handle((handle) => handle.editor.setCamera({ x: 5000, y: 4000, zoom: 0.5 }), null)
  await expect
    .poll(async () => Math.round((await ada.handle((handle) => handle.editor.camera, null)).x / 10))
    .toBe(500)
  await ada.page.mouse.move(640, 400)
  await ada.page.mouse.wheel(0, 200)
  await expect(ada.page.getByText('Following Bob')).toBeHidden()
})

test('two people who type in one label at once see each other’s caret and keep every letter', async ({
  ada,
  bob,
}) => {
  await ada.draw('r', [400, 250], [800, 450])
  await bob.sees(1)
  // The inside of the label, where neither outlines nor cursors come.
  const inside = { x: 420, y: 270, width: 360, height: 160 }
  for (const person of [ada, bob]) {
    await person.page.mouse.dblclick(600, 350)
    await person.page.mouse.move(600, 700)
    await expect(person.page.locator('textarea[data-board-text]')).toBeFocused()
  }
  const [lower, upper] = ['abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((all) =>
    all.repeat(2),
  )
  await Promise.all([
    ada.page.keyboard.type(lower ?? '', { delay: 12 }),
    bob.page.keyboard.type(upper ?? '', { delay: 9 }),
  ])
  const all = `${lower}${upper}`
  const sorted = (text = '') => [...text].sort().join('')
  const letters = async (person: typeof ada) => sorted((await person.elements())[0]?.text)
  for (const person of [ada, bob]) {
    await expect.poll(() => letters(person)).toBe(sorted(all))
    await expect.poll(() => person.colourfulPixels(inside)).toBeGreaterThan(20)
  }
  const text = (await ada.elements())[0]?.text ?? ''
  expect((await bob.elements())[0]?.text).toBe(text)
  expect(text.replace(/[A-Z]/g, '')).toBe(lower)
  expect(text.replace(/[a-z]/g, '')).toBe(upper)

  await bob.page.keyboard.press('Escape')
  await expect.poll(() => ada.colourfulPixels(inside)).toBe(0)
  await ada.page.keyboard.press('Escape')
  for (const person of [ada, bob]) await person.saved()
  for (const person of [ada, bob]) {
    await person.page.reload()
    await person.ready()
    expect((await person.sees(1))[0]?.text).toBe(text)
  }
})

test('undo takes back one’s own steps only', async ({ ada, bob }) => {
  await ada.draw('r', [300, 200], [400, 300])
  await bob.sees(1)
  await bob.draw('o', [600, 200], [700, 300])
  await ada.sees(2)
  await ada.page.keyboard.press('Control+z')
  expect((await bob.sees(1))[0]?.type).toBe('ellipse')
  await ada.page.keyboard.press('Control+Shift+z')
  await bob.sees(2)
})
