import { expect, test } from './support/fixtures.ts'
import type { Person } from './support/person.ts'

/** What a screen reader says of the board now. */
const said = ({ page }: Person) => page.locator('[data-announcer]')

/** Presses Tab until what is wanted is said to be selected, as somebody does who sees nothing. */
const stepTo = async (person: Person, wanted: string): Promise<void> => {
  const { page } = person
  for (let tries = 0; tries < 10; tries++) {
    const before = await said(person).textContent()
    await page.keyboard.press('Tab')
    await expect(said(person)).not.toHaveText(before ?? '')
    if ((await said(person).textContent())?.includes(wanted)) return
  }
  throw new Error(`Tab never came to ${wanted}`)
}

/** The same from the first element on, whatever is selected. */
const tabTo = async (person: Person, wanted: string): Promise<void> => {
  await person.page.keyboard.press('Escape')
  await expect(said(person)).toHaveText('Nothing selected')
  await stepTo(person, wanted)
}

/** Puts down what a tool makes, and writes on it. */
const put = async ({ page }: Person, key: string, text: string): Promise<void> => {
  await page.keyboard.press(key)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.locator('textarea')).toBeFocused()
  await page.keyboard.type(text)
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('textarea:focus')).toHaveCount(0)
}

const find = async (person: Person, text: string) => {
  const element = (await person.elements()).find((each) => each.text === text)
  if (!element) throw new Error(`Nothing is called ${text}`)
  return element
}

test('a small diagram is made, changed and saved with the keyboard alone', async ({ ada }) => {
  const { page } = ada
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await page.evaluate(() => {
    const refuse = (event: Event) => {
      throw new Error(`The pointer was used: ${event.type}`)
    }
    for (const type of ['pointerdown', 'wheel', 'touchstart']) window.addEventListener(type, refuse, true)
  })

  await put(ada, 'r', 'Ask')
  await put(ada, 'd', 'Weigh')
  await put(ada, 'o', 'Answer')
  expect((await ada.sees(3)).map(({ type, text }) => [type, text])).toEqual([
    ['rectangle', 'Ask'],
    ['diamond', 'Weigh'],
    ['ellipse', 'Answer'],
  ])

  await expect(page.getByRole('application')).toBeFocused()
  for (const [from, to, label] of [
    ['Ask', 'Weigh', 'then'],
    ['Weigh', 'Answer', 'yes'],
  ] as const) {
    await tabTo(ada, from)
    await press('Shift+A')
    await expect(said(ada)).toHaveText(/Choose what the arrow leads to/)
    await expect(page.getByText('Select what the arrow leads to')).toBeVisible()
    await stepTo(ada, to)
    await press('Shift+A')
    await expect(page.getByText('Select what the arrow leads to')).toBeHidden()
    await press('Enter')
    await page.keyboard.type(label)
    await press('Control+Enter')
  }
  const made = await ada.sees(5)
  const idOf = (text: string) => made.find((each) => each.text === text)?.id
  expect(made.filter(({ type }) => type === 'arrow')).toMatchObject([
    { text: 'then', start: { element: idOf('Ask') }, end: { element: idOf('Weigh') } },
    { text: 'yes', start: { element: idOf('Weigh') }, end: { element: idOf('Answer') } },
  ])

  const before = await find(ada, 'Answer')
  await tabTo(ada, 'Answer')
  await press('Shift+ArrowDown', 'Shift+ArrowDown', 'ArrowRight')
  await expect(said(ada)).toHaveText(/Ellipse “Answer”: moved to/)
  await press('Alt+Shift+ArrowRight', 'Alt+Shift+ArrowDown')
  await expect(said(ada)).toHaveText(/Ellipse “Answer”: size/)
  expect(await find(ada, 'Answer')).toMatchObject({
    x: before.x + 1,
    y: before.y + 20,
    width: before.width + 10,
    height: before.height + 10,
  })

  await tabTo(ada, 'Weigh')
  await press('Delete')
  await ada.sees(4)
  await expect(said(ada)).toHaveText('Deleted 1 element')
  await press('Control+z')
  await ada.sees(5)
  await expect(said(ada)).toHaveText('Diamond “Weigh” back on the board')

  await ada.saved()
  const picture = await ada.picture()
  await page.reload()
  await ada.ready()
  await ada.sees(5)
  expect(await ada.picture()).toBe(picture)
})

test('F6 goes round the panels, and the arrow keys along the tools', async ({ ada }) => {
  const { page } = ada
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  const board = page.getByRole('application')
  const tools = page.getByRole('toolbar', { name: 'Tools' })
  await page.keyboard.press('F6')
  await expect(board).toBeFocused()
  for (let panels = 0; panels < 8 && !(await tools.locator(':focus').count()); panels++) {
    await page.keyboard.press('F6')
  }
  expect(await focused()).toBe('Select')
  await page.keyboard.press('Home')
  expect(await focused()).toMatch(/^Keep the tool/)
  await page.keyboard.press('ArrowLeft')
  expect(await focused()).toBe('More tools')
  await page.keyboard.press('Home')
  for (let steps = 0; steps < 12 && (await focused()) !== 'Ellipse'; steps++) {
    await page.keyboard.press('ArrowRight')
  }
  await page.keyboard.press('Tab')
  expect(await tools.locator(':focus').count()).toBe(0)
  await page.keyboard.press('Shift+Tab')
  expect(await focused()).toBe('Ellipse')
  await page.keyboard.press('Enter')
  await expect(board).toBeFocused()
  await page.keyboard.press('Enter')
  expect(await ada.sees(1)).toMatchObject([{ type: 'ellipse' }])
})

test('the context menu opens by key at what is selected, and its submenus by arrow keys', async ({ ada }) => {
  const { page } = ada
  const item = (name: string) => page.getByRole('menuitem', { name, exact: true })
  await page.keyboard.press('r')
  await page.keyboard.press('Enter')
  await ada.sees(1)
  await page.keyboard.press('Shift+F10')
  await expect(item('Delete')).toBeVisible()
  await page.keyboard.press('t')
  await expect(item('Turn into')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('d')
  await expect(item('Diamond')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await ada.elements())[0]?.type).toBe('diamond')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('Delete')
  await ada.sees(0)
})
