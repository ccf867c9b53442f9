import { expect, test } from './support/fixtures.ts'
import type { Person } from './support/person.ts'

const RED = '#d93a3a'

const chooseTool = async (person: Person, name: string): Promise<void> => {
  await person.page.getByRole('button', { name: 'More tools' }).click()
  await person.page.locator(`[aria-label="${name}"]:visible`).last().click()
}

const onlyStroke = async (person: Person) => {
  const [stroke] = await person.sees(1)
  if (!stroke) throw new Error('There is no stroke.')
  return stroke
}

/** How many parts of the stroke are erased. */
const cutsOf = async (person: Person): Promise<number> => {
  const { cuts } = await onlyStroke(person)
  return Array.isArray(cuts) ? cuts.length : 0
}

const colorOf = async (person: Person): Promise<unknown> => (await onlyStroke(person)).stroke

const drawWave = (person: Person): Promise<void> =>
  person.draw('p', [300, 400], [400, 340], [500, 400], [600, 460], [700, 400])

const recolour = async (person: Person): Promise<void> => {
  const { id } = await onlyStroke(person)
  await person.handle((handle, patch) => handle.editor.update([patch]), { id, stroke: RED })
}

const bothHold = async (person: Person, cuts: number): Promise<void> => {
  await expect.poll(() => cutsOf(person)).toBe(cuts)
  await expect.poll(() => colorOf(person)).toBe(RED)
}

test('erasing a part of a stroke and a recolour by somebody else at the same time both hold', async ({
  ada,
  bob,
}) => {
  await drawWave(ada)
  await bob.sees(1)
  await chooseTool(ada, 'Erase parts of strokes')
  await ada.page.mouse.move(500, 300)
  await ada.page.mouse.down()
  await ada.page.mouse.move(500, 500, { steps: 8 })
  await recolour(bob)
  await expect.poll(() => colorOf(ada)).toBe(RED)
  expect(await cutsOf(bob)).toBe(0)
  await ada.page.mouse.up()
  await bothHold(ada, 1)
  await bothHold(bob, 1)
  expect(await ada.picture()).toBe(await bob.picture())

  await ada.saved()
  await bob.saved()
  for (const person of [ada, bob]) {
    await person.page.reload()
    await person.ready()
    await bothHold(person, 1)
  }
})

test('what is erased without a connection joins what others did meanwhile', async ({ ada, bob }) => {
  await drawWave(ada)
  await bob.sees(1)
  await ada.saved()
  await ada.context.setOffline(true)
  await expect(ada.page.locator('[data-save-state="saved"]')).toBeHidden()
  await chooseTool(ada, 'Erase parts of strokes')
  await ada.drag([400, 280], [400, 420])
  await recolour(bob)
  await chooseTool(bob, 'Erase parts of strokes')
  await bob.drag([600, 380], [600, 520])
  expect(await cutsOf(ada)).toBe(1)
  expect(await cutsOf(bob)).toBe(1)

  await ada.context.setOffline(false)
  await bothHold(ada, 2)
  await bothHold(bob, 2)
  await ada.saved()
  await ada.page.reload()
  await ada.ready()
  await bothHold(ada, 2)

  await bob.page.keyboard.press('Control+z')
  await bothHold(ada, 1)
})

test('a laser is seen by others in its colour, and fades', async ({ ada, bob }) => {
  const around = { x: 400, y: 300, width: 260, height: 160 }
  await expect(ada.page.locator('[data-peer="Bob"]')).toBeVisible()
  await bob.page.keyboard.press('k')
  await bob.page.mouse.move(420, 320)
  await bob.page.mouse.down()
  const seen = async (): Promise<number> => {
    await bob.page.mouse.move(640, 440, { steps: 6 })
    await bob.page.mouse.move(420, 320, { steps: 6 })
    return ada.colourfulPixels(around)
  }
  await expect.poll(seen).toBeGreaterThan(300)
  await bob.page.mouse.up()
  await bob.page.mouse.move(900, 700)
  await expect.poll(() => ada.colourfulPixels(around)).toBe(0)
  expect(await ada.elements()).toHaveLength(0)
})
