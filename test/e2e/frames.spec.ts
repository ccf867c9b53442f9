import { expect, test } from './support/fixtures.ts'
import { INK, type PageElement, type Person } from './support/person.ts'

const ofType = async (person: Person, type: string): Promise<PageElement> => {
  const found = (await person.elements()).find((element) => element.type === type)
  if (!found) throw new Error(`Nothing of type ${type} is on the board`)
  return found
}

/** Puts frames of 400 × 300 on the board, each with a rectangle in it. */
const addFrames = (person: Person, ...frames: readonly (readonly [x: number, y: number, text: string])[]) =>
  person.handle(
    (handle, places) =>
      handle.editor.create(
        places.flatMap(([x, y, text]) => [
          { type: 'frame', x, y, width: 400, height: 300, text },
          { type: 'rectangle', x: x + 50, y: y + 50, width: 100, height: 80 },
        ]),
      ),
    frames,
  )

test('a frame moved by one takes what is in it along, as the other sees while it happens', async ({
  ada,
  bob,
}) => {
  await ada.draw('r', [420, 320], [520, 400])
  await ada.draw('f', [380, 260], [700, 520])
  await bob.sees(2)
  const { id } = await ofType(bob, 'frame')
  await expect.poll(async () => (await ofType(bob, 'rectangle')).frame).toBe(id)

  await bob.page.keyboard.press('Escape')
  await bob.page.mouse.move(400, 248)
  await bob.page.mouse.down()
  await bob.page.mouse.move(500, 348, { steps: 8 })
  await expect.poll(() => ada.colorAt([520, 470])).toBe(INK)
  expect(await ofType(ada, 'rectangle')).toMatchObject({ x: 420, y: 320 })
  await bob.page.mouse.up()
  await expect.poll(async () => (await ofType(ada, 'rectangle')).x).toBe(520)
  expect(await ofType(ada, 'frame')).toMatchObject({ x: 480, y: 360 })

  await bob.page.keyboard.press('Control+z')
  await expect.poll(async () => (await ofType(ada, 'rectangle')).x).toBe(420)
  await ada.saved()
  expect(await ada.picture()).toBe(await bob.picture())
})

test('a presentation goes from frame to frame, and whoever follows sees the same', async ({ ada, bob }) => {
  await addFrames(ada, [0, 0, 'First'], [600, 0, 'Second'], [0, 500, 'Third'])
  await bob.sees(6)
  await bob.page.locator('[data-peer]').first().click()
  await ada.page.keyboard.press('Alt+p')
  const shown = ada.page.getByRole('region', { name: 'Presentation' })
  await expect(shown.getByRole('status')).toHaveText('First, 1 of 3')
  await expect(ada.page.getByRole('toolbar', { name: 'Tools' })).toBeHidden()

  await ada.page.keyboard.press('ArrowRight')
  await expect(shown.getByRole('status')).toHaveText('Second, 2 of 3')
  const middle = (person: Person) =>
    person.handle(({ editor }) => Math.round(editor.camera.x + innerWidth / 2 / editor.camera.zoom), null)
  await expect.poll(() => middle(ada)).toBe(800)
  await expect.poll(() => middle(bob)).toBe(800)

  await ada.page.keyboard.press('End')
  await expect(shown.getByRole('status')).toHaveText('Third, 3 of 3')
  await expect(shown.getByRole('button', { name: 'Next' })).toBeDisabled()
  await ada.page.keyboard.press('Home')
  await ada.page.mouse.click(640, 300)
  await expect(shown.getByRole('status')).toHaveText('Second, 2 of 3')
  await ada.page.keyboard.press('Delete')
  await ada.page.keyboard.press('Escape')
  await expect(shown).toBeHidden()
  await expect(ada.page.getByRole('toolbar', { name: 'Tools' })).toBeVisible()
  expect(await ada.elements()).toHaveLength(6)
})

test('without frames there is nothing to present, and a way to make some', async ({ ada }) => {
  await ada.page.keyboard.press('Alt+p')
  await ada.page.getByRole('button', { name: 'Draw a frame' }).click()
  await ada.drag([300, 200], [700, 500])
  expect((await ada.elements()).map(({ type }) => type)).toEqual(['frame'])
})

test('links lead to the web and to places on the board, and never run anything', async ({ ada, server }) => {
  await ada.draw('r', [400, 300], [600, 400])
  await ada.page.keyboard.press('Control+k')
  const popover = ada.page.getByRole('dialog', { name: 'Link' })
  const field = popover.getByRole('textbox')
  for (const address of ['javascript:alert(1)', 'data:text/html,x', 'no address']) {
    await field.fill(address)
    await field.press('Enter')
    await expect(popover.getByRole('alert')).toContainText('Only web addresses')
  }
  expect((await ofType(ada, 'rectangle')).link).toBeNull()
  const health = `${server.url}/api/health`
  await field.fill(health)
  await field.press('Enter')
  await expect(popover).toBeHidden()
  expect((await ofType(ada, 'rectangle')).link).toBe(health)

  await ada.page.keyboard.press('Escape')
  const opening = ada.context.waitForEvent('page')
  await ada.page.mouse.click(586, 286)
  const opened = await opening
  await opened.waitForURL(health)
  expect(await opened.evaluate(() => window.opener)).toBeNull()
  await opened.close()

  const { id } = await ofType(ada, 'rectangle')
  await ada.saved()
  await ada.handle((handle) => handle.editor.setCamera({ x: 9000, y: 9000, zoom: 1 }), null)
  await ada.page.goto(`${server.url}/b/${ada.boardId}#${id}`)
  await ada.page.reload()
  await ada.ready()
  await expect
    .poll(() =>
      ada.handle(({ editor }) => Math.round(editor.camera.x + innerWidth / 2 / editor.camera.zoom), null),
    )
    .toBe(500)
})

test('paper is chosen for all; view only and focus are one’s own', async ({ ada, bob }) => {
  await ada.page.getByRole('button', { name: 'Menu', exact: true }).click()
  await ada.page.getByRole('menuitem', { name: /Background/ }).click()
  await ada.page.getByRole('button', { name: 'Pattern: Plain' }).click()
  await ada.page.getByRole('button', { name: 'Paper: Cream' }).click()
  for (const person of [ada, bob]) await expect.poll(() => person.colorAt([300, 500])).toBe('#faf4e4')
  await ada.page.keyboard.press('Escape')

  await ada.page.keyboard.press('Alt+r')
  await expect(ada.page.getByRole('button', { name: 'Rectangle' })).toBeHidden()
  await expect(bob.page.getByRole('button', { name: 'Rectangle' })).toBeVisible()
  await ada.page.getByRole('button', { name: 'Edit again' }).click()
  await ada.draw('r', [400, 300], [600, 400])
  await bob.sees(1)

  await ada.page.keyboard.press('Escape')
  await ada.page.keyboard.press('Control+.')
  await expect(ada.page.getByRole('toolbar', { name: 'Tools' })).toBeHidden()
  await ada.page.keyboard.press('Escape')
  await expect(ada.page.getByRole('toolbar', { name: 'Tools' })).toBeVisible()
})
