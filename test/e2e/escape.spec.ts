import { expect, test } from './support/fixtures.ts'
import type { Person } from './support/person.ts'

/** Whatever may be open round a board. */
const openOn = ({ page }: Person) =>
  page.locator('[role="dialog"], [role="menu"], search, section[data-panel], [aria-label="Presentation"]')

const fromMenu = async ({ page }: Person, name: string): Promise<void> => {
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('menuitem', { name }).click()
}

test('Escape calls off what is still being fetched', async ({ ada }) => {
  const { page } = ada
  await ada.draw('r', [500, 300], [620, 400])
  // With it come the styles, from where a colour is picked below.
  await expect(page.getByRole('region', { name: 'Style' })).toBeVisible()
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const answers: Promise<unknown>[] = []
  const browser = await page.context().newCDPSession(page)
  await browser.send('Network.enable')
  await browser.send('Network.setBypassServiceWorker', { bypass: true })
  await page.route('**/_next/static/**', async (route) => {
    answers.push(route.request().response())
    await released
    await route.continue()
  })
  const opened: readonly (readonly [what: string, open: () => Promise<void>])[] = [
    ...['Control+f', 'Alt+/', 'Control+Shift+P', 'Control+Shift+E', 'Control+k', '?', 'Alt+p'].map(
      (keys) => [keys, () => page.keyboard.press(keys)] as const,
    ),
    ...['Menu', 'Share', 'More shapes', 'Stroke: Another colour'].map(
      (name) => [name, () => page.getByRole('button', { name, exact: true }).click()] as const,
    ),
    ['the context menu', () => page.mouse.click(560, 350, { button: 'right' })],
  ]
  for (const [what, open] of opened) {
    const before = answers.length
    await open()
    await expect.poll(() => answers.length, what).toBeGreaterThan(before)
    await page.keyboard.press('Escape')
  }
  release()
  await Promise.all(answers)
  // What comes is drawn with the next frame at the latest.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  await expect(openOn(ada)).toHaveCount(0)
  expect(await ada.handle(({ editor }) => editor.elements().length, null)).toBe(1)
  await page.keyboard.press('Control+f')
  await expect(page.getByRole('search')).toBeVisible()
})

/** Moves the focus without anybody having used what gets it, as closing dialogs do. */
const focusLands = async (
  { page }: Person,
  where: 'nowhere' | 'on the board' | 'in the toolbar' | 'in a panel',
) =>
  page.evaluate((place) => {
    const selectors = {
      nowhere: '',
      'on the board': '[data-board-canvas]',
      'in the toolbar': '[role="toolbar"] button, [aria-label="Version that is shown"] button:enabled',
      'in a panel': '[data-panel="Numbers"] button',
    }
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    if (selectors[place]) document.querySelector<HTMLElement>(selectors[place])?.focus()
  }, where)

for (const where of ['nowhere', 'on the board', 'in the toolbar', 'in a panel'] as const) {
  test(`Escape closes what was opened last, with the focus ${where}`, async ({ ada }) => {
    const { page } = ada
    const region = (name: string) => page.getByRole('region', { name, exact: true })
    await ada.draw('r', [500, 300], [620, 400])
    await page.keyboard.press('Alt+/')
    await expect(region('Numbers').getByRole('textbox', { name: 'From the left' })).toBeFocused()
    await fromMenu(ada, 'Version history')
    await page.getByRole('button', { name: 'Name this version' }).click()
    await page.getByLabel('Name', { exact: true }).fill('First')
    await page.keyboard.press('Enter')
    await page.locator('[data-version]').click()
    await expect(page.getByText('You are looking at the board')).toBeVisible()

    const escapeCloses = async (closed: ReturnType<typeof region>) => {
      await focusLands(ada, where)
      await page.keyboard.press('Escape')
      await expect(closed).toBeHidden()
    }
    await escapeCloses(region('Version that is shown'))
    await expect(region('Version history')).toBeVisible()
    await escapeCloses(region('Version history'))
    for (const name of ['Background and grid', 'Library']) {
      await fromMenu(ada, name)
      await expect(region(name)).toBeVisible()
    }
    await expect(region('Background and grid')).toBeHidden()
    await page.keyboard.press('Control+f')
    await expect(page.getByRole('search')).toBeVisible()
    await escapeCloses(page.getByRole('search'))
    await escapeCloses(region('Library'))
    await expect(region('Numbers')).toBeVisible()
    await escapeCloses(region('Numbers'))
  })
}

test('Escape is the board’s as long as it was used last and has something to take back', async ({ ada }) => {
  const { page } = ada
  const selected = () => page.locator('[data-style-panel]')
  await ada.draw('r', [500, 300], [620, 400])
  await page.keyboard.press('Alt+m')
  await expect(page.getByRole('region', { name: 'Map of the board' })).toBeVisible()
  await page.keyboard.press('Alt+/')
  const numbers = page.getByRole('region', { name: 'Numbers' })
  await expect(numbers.getByRole('textbox', { name: 'From the left' })).toBeFocused()
  // What is being written is taken back first, and the field keeps the focus.
  await page.keyboard.type('77')
  await page.keyboard.press('Escape')
  await expect(numbers).toBeVisible()
  await page.mouse.click(500, 350)
  await page.keyboard.press('r')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Select', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await page.mouse.click(620, 350)
  await expect(selected()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(selected()).toBeHidden()
  await expect(numbers).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(numbers).toBeHidden()
  // The map stays while one works: it goes for who is in it.
  await page.keyboard.press('Escape')
  const map = page.getByRole('region', { name: 'Map of the board' })
  await expect(map).toBeVisible()
  await map.locator('canvas').click()
  await page.keyboard.press('Escape')
  await expect(map).toBeHidden()
})
