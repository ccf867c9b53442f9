import { damageBoard, lockDatabase, storedRows } from '../support/damage.ts'
import { expect, test } from './support/fixtures.ts'

test('a damaged board says so in words, and nothing is put in its place', async ({ server, ada }) => {
  const id = ada.boardId
  await ada.draw('r', [300, 200], [400, 300])
  await ada.saved()
  const address = ada.page.url()
  await ada.page.goto('about:blank')
  await server.stop()
  damageBoard(server.dataDir, id)
  const damaged = storedRows(server.dataDir, id)
  await server.start()

  await ada.page.goto(address)
  const message = ada.page.getByRole('alertdialog', { name: 'This board cannot be read just now' })
  await expect(message).toBeVisible()
  await expect(message).toContainText('damaged')
  await expect(message.getByRole('button', { name: 'Load again' })).toBeVisible()
  await ada.page.goto('about:blank')
  await server.stop()
  expect(storedRows(server.dataDir, id)).toBe(damaged)
})

test('a database that another program has locked: not saved is said, and saved once it is', async ({
  server,
  ada,
}) => {
  await ada.draw('o', [500, 200], [600, 300])
  await ada.saved()
  const unlock = lockDatabase(server.dataDir)
  await ada.draw('r', [300, 200], [400, 300])
  await expect(ada.page.locator('[data-save-state="not-saved"]')).toHaveAttribute('data-unsaved', '1')
  unlock()
  await ada.saved()
})
