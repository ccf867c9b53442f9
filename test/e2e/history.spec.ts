import { expect, test } from './support/fixtures.ts'
import type { Person } from './support/person.ts'

const openHistory = async ({ page }: Person): Promise<void> => {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Version history' }).click()
  await expect(page.getByRole('region', { name: 'Version history' })).toBeVisible()
}

const nameVersion = async ({ page }: Person, name: string): Promise<void> => {
  await page.getByRole('button', { name: 'Name this version' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

const version = ({ page }: Person, name: string | RegExp) => page.locator('[data-version]', { hasText: name })

test('V10 V11 V12: one goes back to a version while another draws, and takes that back again', async ({
  ada,
  bob,
}) => {
  await ada.draw('r', [300, 250], [420, 350])
  await openHistory(ada)
  await expect(ada.page.getByText('Versions appear here')).toBeVisible()
  await nameVersion(ada, 'Only a rectangle')
  await bob.sees(1)
  await bob.draw('o', [450, 250], [560, 350])
  await ada.sees(2)
  await bob.saved()

  await version(ada, 'Only a rectangle').click()
  await expect(ada.page.getByText('You are looking at the board as of')).toBeVisible()
  await ada.page.keyboard.press('Control+A')
  await ada.page.keyboard.press('Delete')
  await bob.draw('d', [450, 400], [560, 500])
  await ada.sees(3)
  await bob.saved()
  await ada.page.getByRole('button', { name: 'Restore' }).click()
  await ada.sees(1)
  await bob.sees(1)
  await expect(bob.page.getByText('restored an earlier version of this board')).toBeVisible()
  await expect(version(ada, 'Before a restore')).toBeVisible()
  await bob.draw('o', [600, 250], [700, 350])
  await ada.sees(2)

  await ada.page.getByRole('button', { name: 'Undo' }).last().click()
  await ada.sees(4)
  await bob.sees(4)
  await ada.saved()
  await bob.saved()
  expect(await ada.picture()).toBe(await bob.picture())
})

test('V3 V13: what somebody deleted all at once can be brought back by another', async ({ ada, bob }) => {
  const boxes = Array.from({ length: 25 }, (_, index) => ({
    type: 'rectangle',
    x: 300 + (index % 5) * 60,
    y: 200 + Math.floor(index / 5) * 60,
    width: 40,
    height: 40,
  }))
  await ada.handle((handle, elements) => {
    handle.editor.create(elements)
  }, boxes)
  await ada.saved()
  await bob.sees(25)
  await bob.page.keyboard.press('Control+A')
  await bob.page.keyboard.press('Delete')
  await ada.sees(0)
  await bob.draw('o', [700, 250], [800, 350])
  await ada.sees(1)

  await openHistory(ada)
  await version(ada, 'Before it was cleared').click()
  await ada.page.getByRole('button', { name: 'Bring back 25 elements' }).click()
  await ada.sees(26)
  await bob.sees(26)
  await ada.saved()
  expect(await ada.picture()).toBe(await bob.picture())
})

test('V14 V15: a version becomes a board of its own; a deleted board waits in the bin', async ({
  server,
  ada,
}) => {
  await ada.draw('r', [300, 250], [420, 350])
  await openHistory(ada)
  await nameVersion(ada, 'First')
  const first = ada.boardId
  await ada.page.getByRole('button', { name: /What to do with the version/ }).click()
  await ada.page.getByRole('menuitem', { name: 'Copy to a new board' }).click()
  await ada.page.waitForURL((url) => url.pathname.startsWith('/b/') && !url.pathname.includes(first))
  await ada.ready()
  await ada.sees(1)

  await ada.page.goto(`${server.url}/boards`)
  const card = ada.page.getByRole('article').filter({ hasText: '(copy)' })
  await card.getByRole('button', { name: /What to do/ }).click()
  await ada.page.getByRole('menuitem', { name: 'Delete' }).click()
  await ada.page.getByRole('link', { name: 'Bin' }).click()
  await expect(ada.page.getByText('Moved to the bin')).toBeHidden()
  await ada.page.getByRole('button', { name: /^Restore/ }).click()
  await expect(ada.page.getByText('The bin is empty')).toBeVisible()
  await ada.page.getByRole('main').getByRole('link', { name: 'Your boards' }).click()
  await card.getByRole('button', { name: /What to do/ }).click()
  await ada.page.getByRole('menuitem', { name: 'Delete' }).click()
  await ada.page.getByRole('link', { name: 'Bin' }).click()
  await ada.page.getByRole('button', { name: /for good/ }).click()
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
  await expect(ada.page.getByText('The bin is empty')).toBeVisible()
})

test('the history opens by keys with the focus in it; the offer to undo goes once it would undo something else', async ({
  ada,
}) => {
  const { page } = ada
  await ada.draw('r', [300, 250], [420, 350])
  await ada.saved()
  const openByKeys = async () => {
    await page.keyboard.press('Control+Shift+P')
    await page.getByRole('combobox', { name: 'Search commands' }).fill('version history')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(page.getByRole('button', { name: 'Name this version' })).toBeFocused()
  }
  await openByKeys()
  await page.keyboard.press('Escape')
  // The code of the panel is here by now: it opens while the palette still closes.
  await openByKeys()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await page.keyboard.type('A rectangle')
  await page.keyboard.press('Enter')
  await expect(version(ada, 'A rectangle')).toBeVisible()
  // Until it has closed, keys are for the dialog.
  await expect(page.getByRole('dialog')).toBeHidden()
  await ada.draw('o', [450, 250], [560, 350])
  await version(ada, 'A rectangle').click()
  await page.getByRole('button', { name: 'Restore' }).click()
  const offer = page.getByText('Restored “A rectangle”')
  await expect(offer).toBeVisible()
  await page.keyboard.press('Control+Z')
  await ada.sees(2)
  await expect(offer).toBeHidden({ timeout: 4000 })
})
