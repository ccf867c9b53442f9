import { expect, test } from './support/fixtures.ts'
import { Person } from './support/person.ts'

/** Resolves when the open board is kept on the device with all that it needs. */
const kept = async ({ page, boardId }: Person): Promise<void> => {
  await expect
    .poll(() =>
      page.evaluate(async (path) => {
        const names = await caches.keys()
        const isBuildWhole = names.some((name) => name.startsWith('drawbridge-build-'))
        const isListed = await caches.match('/offline/assets')
        const isPageKept = await caches.match(path)
        return isBuildWhole && Boolean(isListed && isPageKept)
      }, `/b/${boardId}`),
    )
    .toBe(true)
}

const keptAddresses = ({ page }: Person): Promise<string[]> =>
  page.evaluate(async () => {
    const found: string[] = []
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys()
      found.push(...requests.map(({ url }) => `${name.split('-')[1]} ${new URL(url).pathname}`))
    }
    return found
  })

/** Resolves when the board is shown, whether or not it is connected. */
const shown = ({ page }: Person) => page.waitForFunction(() => 'drawbridge' in window)

const newTab = async ({ context }: Person): Promise<Person> => new Person(context, await context.newPage())

test('a board is opened again while the server is down, drawn on, and merges when it is back', async ({
  server,
  ada,
  bob,
}) => {
  const address = ada.page.url()
  await ada.draw('r', [300, 200], [400, 300])
  await ada.saved()
  await kept(ada)

  await server.kill()
  await ada.draw('o', [300, 400], [400, 500])
  await expect(ada.page.locator('[data-save-state="offline"]')).toHaveAttribute('data-unsaved', '1')
  await ada.page.close()

  const again = await newTab(ada)
  await again.page.goto(address)
  await shown(again)
  await again.sees(2)
  await expect(again.page.locator('[data-save-state="offline"]')).toHaveAttribute('data-unsaved', '1')
  await again.draw('d', [600, 200], [700, 300])
  await expect(again.page.locator('[data-save-state="offline"]')).toHaveAttribute('data-unsaved', '2')
  // What is loaded only when it is wanted is there too.
  await again.page.keyboard.press('?')
  await expect(again.page.getByRole('dialog')).toBeVisible()
  await again.page.keyboard.press('Escape')

  await server.start()
  await again.saved()
  await bob.sees(3)
  expect(await again.picture()).toBe(await bob.picture())
})

test('other pages say that the server is down, name the boards of this device, and go on by themselves', async ({
  server,
  ada,
}) => {
  const { boardId } = ada
  await kept(ada)
  await server.stop()

  await ada.page.goto(`${server.url}/boards`)
  await expect(ada.page.getByRole('heading', { name: 'The server cannot be reached' })).toBeVisible()
  await ada.page.locator(`a[href="/b/${boardId}"]`).click()
  await shown(ada)
  await ada.draw('r', [300, 200], [400, 300])

  await ada.page.goto(`${server.url}/boards`)
  await server.start()
  await expect(ada.page.getByRole('heading', { name: 'Your boards' })).toBeVisible()
  await ada.page.locator(`a[href="/b/${boardId}"]`).click()
  await shown(ada)
  await ada.sees(1)
  await ada.saved()
})

test('kept are pages of boards and nothing else of a person, until they sign out', async ({
  server,
  enter,
}) => {
  const ada = await enter()
  await ada.page.goto(`${server.url}/register`)
  await ada.page.getByLabel('Name').fill('Ada')
  await ada.page.getByLabel('E-mail').fill('ada.offline@example.org')
  await ada.page.getByLabel('Password').fill('correct horse battery')
  await ada.page.getByRole('button', { name: 'Create account' }).click()
  await ada.page.waitForURL(/\/boards/)
  await ada.page.getByRole('button', { name: 'New board' }).first().click()
  await ada.page.waitForURL(/\/b\//)
  await ada.ready()
  await kept(ada)
  const address = ada.page.url()
  const link = await ada.share('Can view')
  // Whoever is signed in is let through to the board at once.
  await ada.page.goto(link)
  await ada.page.waitForURL(/\/b\//)
  await ada.ready()
  await ada.page.goto(`${server.url}/boards`)
  const shared = (await keptAddresses(ada)).filter((each) => each.startsWith('build '))
  for (const each of shared)
    expect(each).toMatch(/ \/(_next\/static\/.*|theme\.js|icon\.svg|offline(\/assets)?)$/)
  const own = (await keptAddresses(ada)).filter((each) => !each.startsWith('build '))
  expect(own).toEqual([`pages ${new URL(address).pathname}`])

  await ada.page.getByRole('button', { name: /Your account/ }).click()
  await ada.page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(ada.page.getByRole('button', { name: 'Start drawing' }).first()).toBeVisible()
  expect((await keptAddresses(ada)).filter((each) => each.startsWith('pages '))).toEqual([])

  await server.kill()
  const next = await newTab(ada)
  await next.page.goto(address)
  await expect(next.page.getByRole('heading', { name: 'The server cannot be reached' })).toBeVisible()
  await expect(next.page.getByText('On this device')).toBeHidden()
})

test('a session that ended elsewhere takes the kept pages with it', async ({ server, ada }) => {
  await kept(ada)
  await ada.context.clearCookies()
  await ada.page.goto(server.url)
  await expect
    .poll(async () => (await keptAddresses(ada)).filter((each) => each.startsWith('pages ')))
    .toEqual([])
})
