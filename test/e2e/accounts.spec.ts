import { expect, test } from './support/fixtures.ts'

test('a guest who registers keeps the boards made as a guest', async ({ server, enter, ada }) => {
  const id = ada.boardId
  await ada.draw('r', [300, 200], [460, 300])
  await ada.saved()
  await ada.page.goto(`${server.url}/register`)
  await ada.page.getByLabel('Name').fill('Ada Lovelace')
  await ada.page.getByLabel('E-mail').fill('ada@example.org')
  await ada.page.getByLabel('Password').fill('analytical engine')
  await ada.page.getByRole('button', { name: /create account/i }).click()
  await ada.page.waitForURL(/\/boards/)
  await expect(ada.page.locator(`a[href="/b/${id}"]`)).toBeVisible()

  const elsewhere = await enter()
  await elsewhere.page.goto(`${server.url}/signin`)
  await elsewhere.page.getByLabel('E-mail').fill('ada@example.org')
  await elsewhere.page.getByLabel('Password').fill('wrong password')
  await elsewhere.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(elsewhere.page.getByRole('alert').filter({ hasText: /./ }).first()).toBeVisible()
  await elsewhere.page.getByLabel('Password').fill('analytical engine')
  await elsewhere.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await elsewhere.page.waitForURL(/\/boards/)
  await elsewhere.page.locator(`a[href="/b/${id}"]`).click()
  await elsewhere.ready()
  await elsewhere.sees(1)
})

test('boards are created, renamed, duplicated, and deleted with undo', async ({ server, ada }) => {
  const id = ada.boardId
  await ada.draw('r', [300, 200], [460, 300])
  await ada.saved()
  const { page } = ada
  await page.goto(`${server.url}/boards`)
  const cards = page.getByRole('article')
  await expect(cards).toHaveCount(1)
  const preview = cards.first().locator('img')
  await expect
    .poll(() => preview.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0)

  const act = async (card: number, item: string) => {
    await cards.nth(card).getByRole('button').click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await act(0, 'Rename')
  await page.getByRole('textbox', { name: 'Title' }).fill('Plans')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Plans' })).toBeVisible()
  await act(0, 'Duplicate')
  await expect(cards).toHaveCount(2)
  await cards.first().getByRole('link').click()
  await page.waitForURL((url) => url.pathname.startsWith('/b/') && !url.pathname.endsWith(id))
  await ada.ready()
  await ada.sees(1)
  await page.goto(`${server.url}/boards`)
  await act(0, 'Delete')
  await expect(cards).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(cards).toHaveCount(2)
})

test('what is typed before the code of a page is here counts, and does not send the form by itself', async ({
  server,
  enter,
}) => {
  const { page } = await enter()
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/_next/static/**/*.js', async (route) => {
    await released
    await route.continue()
  })
  await page.goto(`${server.url}/register`, { waitUntil: 'commit' })
  const fields = { Name: 'Ada', 'E-mail': 'ada.early@example.org', Password: 'correct horse battery' }
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text)
  await page.getByLabel('Password').press('Enter')
  release()
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL(/\/boards$/)
  await expect(page.getByRole('button', { name: 'Your account: Ada' })).toBeVisible()
})
