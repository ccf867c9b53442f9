import type { Page } from '@playwright/test'
import { linesOf, violations } from './support/axe.ts'
import { expect, test } from './support/fixtures.ts'
import type { Person } from './support/person.ts'

/** What axe finds on the page as it is now, as far as it keeps people out. */
const barriers = async (page: Page): Promise<string[]> =>
  linesOf((await violations(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical'))

const hasNoBarriers = async ({ page }: Person, what: string): Promise<void> => {
  expect(await barriers(page), what).toEqual([])
}

/** Opens the board's dialog with a button, looks at it, and closes it again. */
const dialogHasNoBarriers = async (person: Person, what: string, open: () => Promise<void>) => {
  const dialog = person.page.getByRole('dialog')
  await open()
  await expect(dialog).toBeVisible()
  await hasNoBarriers(person, what)
  await person.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
}

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

for (const colorScheme of ['light', 'dark'] as const) {
  const look = { colorScheme, reducedMotion: 'reduce' } as const

  test(`the pages that lead in keep nobody out (${colorScheme})`, async ({ server, enter }) => {
    const ada = await enter(look)
    for (const path of ['/', '/signin', '/register', '/boards', '/nothing-here', '/s/no-such-link']) {
      await ada.page.goto(server.url + path)
      await hasNoBarriers(ada, path)
    }
    await ada.page.goto(`${server.url}/signin`)
    await ada.page.getByLabel('E-mail').fill('ada.hurried@example.org')
    await ada.page.getByLabel('Password').fill('not the password')
    await ada.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(ada.page.getByRole('alert').filter({ hasText: /./ }).first()).toBeVisible()
    await hasNoBarriers(ada, 'a failed sign-in')
  })

  test(`the board, its menus and its dialogs keep nobody out (${colorScheme})`, async ({ server, enter }) => {
    const ada = await enter(look)
    await ada.startDrawing(server.url)
    await hasNoBarriers(ada, 'an empty board')
    await ada.draw('r', [500, 200], [660, 300])
    await ada.saved()
    const link = await ada.share('Can edit')
    const bob = await enter({ ...look, ...phone })
    await bob.join(link, 'Bob')
    await expect(ada.page.locator('[data-peer="Bob"]')).toBeVisible()
    await hasNoBarriers(ada, 'a board with something selected and somebody here')
    const share = (person: Person) => () => person.page.getByRole('button', { name: 'Share' }).click()
    await dialogHasNoBarriers(ada, 'sharing, for the owner', share(ada))
    await dialogHasNoBarriers(ada, 'help', () => ada.page.keyboard.press('?'))
    for (const menu of ['Menu', /^Zoom \d/]) {
      await ada.page.getByRole('button', { name: menu, exact: true }).click()
      await expect(ada.page.getByRole('menu')).toBeVisible()
      await hasNoBarriers(ada, String(menu))
      await ada.page.keyboard.press('Escape')
    }

    await hasNoBarriers(bob, 'a board on a phone')
    await dialogHasNoBarriers(bob, 'sharing, for others', share(bob))
    await bob.page.getByRole('button', { name: 'Style' }).click()
    await hasNoBarriers(bob, 'styles on a phone')
  })

  test(`panels, popovers and context menus keep nobody out (${colorScheme})`, async ({ server, enter }) => {
    const ada = await enter(look)
    const { page } = ada
    await ada.startDrawing(server.url)
    const key = (keys: string) => () => page.keyboard.press(keys)
    await ada.draw('f', [300, 150], [900, 600])
    await ada.draw('r', [500, 200], [660, 300])
    for (const [what, keys] of [
      ['the command palette', 'Control+Shift+P'],
      ['export', 'Control+Shift+E'],
    ] as const) {
      await dialogHasNoBarriers(ada, what, key(keys))
    }
    await page.mouse.click(580, 250, { button: 'right' })
    await page.getByRole('menuitem', { name: 'Arrange' }).hover()
    await expect(page.getByRole('menu')).toHaveCount(2)
    await hasNoBarriers(ada, 'the context menu and a submenu')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await ada.handle(({ editor }) => editor.select([editor.elements()[1]?.id ?? '']), null)
    const panels = [
      ['search', 'Find on the board', 'Control+f'],
      ['region', 'Map of the board', 'Alt+m'],
      ['region', 'Numbers', 'Alt+/'],
    ] as const
    for (const [role, name, keys] of panels) {
      await page.keyboard.press(keys)
      await expect(page.getByRole(role, { name })).toBeVisible()
      await hasNoBarriers(ada, name)
      if (role === 'search') await page.keyboard.press('Escape')
    }
    for (const name of ['More shapes', 'More tools', 'Stroke: Another colour', 'Turn into another shape']) {
      await page.getByRole('button', { name, exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await hasNoBarriers(ada, name)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('textbox', { name: 'Link' })).toBeVisible()
    await hasNoBarriers(ada, 'the link of an element')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('textbox', { name: 'Link' })).toBeHidden()
    for (const name of ['Background and grid', 'Library']) {
      await page.getByRole('button', { name: 'Menu', exact: true }).click()
      await page.getByRole('menuitem', { name }).click()
      const panel = page.getByRole('region', { name, exact: true })
      await expect(panel).toBeVisible()
      await hasNoBarriers(ada, name)
      await page.keyboard.press('Escape')
      await expect(panel).toBeHidden()
    }
    await page.getByRole('button', { name: 'Menu', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Version history' }).click()
    await page.getByRole('button', { name: 'Name this version' }).click()
    await page.getByLabel('Name', { exact: true }).fill('First')
    await page.keyboard.press('Enter')
    await page.locator('[data-version]').click()
    await expect(page.getByText('You are looking at the board')).toBeVisible()
    await hasNoBarriers(ada, 'a version of the board')
    await page.keyboard.press('Escape')
    await expect(page.getByText('You are looking at the board')).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('region', { name: 'Version history' })).toBeHidden()
    await page.keyboard.press('Alt+p')
    await expect(page.getByRole('button', { name: /next/i })).toBeVisible()
    await hasNoBarriers(ada, 'a presentation')
  })

  test(`the list of boards keeps nobody out (${colorScheme})`, async ({ server, enter }) => {
    const ada = await enter(look)
    await ada.startDrawing(server.url)
    await ada.page.goto(`${server.url}/boards`)
    await expect(ada.page.getByRole('article')).toHaveCount(1)
    await hasNoBarriers(ada, 'boards')
    await ada.page.getByRole('article').getByRole('button').click()
    await hasNoBarriers(ada, 'what to do with a board')
    await ada.page.getByRole('menuitem', { name: 'Rename' }).click()
    await expect(ada.page.getByRole('dialog')).toBeVisible()
    await hasNoBarriers(ada, 'renaming a board')
    await ada.page.keyboard.press('Escape')
    await expect(ada.page.getByRole('dialog')).toBeHidden()
    await ada.page.getByRole('article').getByRole('button').click()
    await ada.page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect(ada.page.getByRole('button', { name: 'Undo' })).toBeVisible()
    await hasNoBarriers(ada, 'no boards, and a message')
    await ada.page.getByRole('link', { name: 'Bin' }).click()
    await expect(ada.page.getByRole('button', { name: /^Restore/ })).toBeVisible()
    await hasNoBarriers(ada, 'the bin')
  })
}
