import { expect, test } from './support/fixtures.ts'
import { Person } from './support/person.ts'

test('the server is killed while two draw: what was saved is there, what was on the devices arrives', async ({
  server,
  ada,
  bob,
}) => {
  await ada.draw('r', [300, 200], [400, 300])
  await bob.draw('o', [500, 200], [600, 300])
  await ada.sees(2)
  await ada.saved()
  await bob.saved()

  await server.kill()
  await ada.draw('d', [300, 400], [400, 500])
  await bob.draw('p', [500, 400], [560, 460], [640, 430])
  await expect(ada.page.locator('[data-save-state="offline"]')).toHaveAttribute('data-unsaved', '1')
  await expect(bob.page.locator('[data-save-state="offline"]')).toHaveAttribute('data-unsaved', '1')

  await server.start()
  await ada.sees(4)
  await bob.sees(4)
  await ada.saved()
  await bob.saved()
  expect(await ada.picture()).toBe(await bob.picture())
})

test('a board is exactly as it was after the server was stopped and started again', async ({
  server,
  ada,
}) => {
  await ada.draw('r', [300, 200], [400, 300])
  await ada.draw('p', [500, 400], [560, 460], [640, 430])
  await ada.saved()
  const before = await ada.picture()
  const address = ada.page.url()
  await ada.page.goto('about:blank')
  expect(await server.stop()).toBe(0)
  await server.start()
  await ada.page.goto(address)
  await ada.ready()
  await ada.sees(2)
  expect(await ada.picture()).toBe(before)
})

test('what is drawn without a network survives closing the tab, and merges', async ({ server, ada, bob }) => {
  const address = ada.page.url()

  await ada.context.setOffline(true)
  await server.kill()
  await ada.draw('r', [300, 200], [400, 300])
  await ada.draw('o', [300, 400], [400, 500])
  await expect(ada.page.locator('[data-save-state="offline"]')).toHaveAttribute('data-unsaved', '2')
  await ada.page.close()

  await server.start()
  await bob.draw('d', [600, 300], [700, 400])
  await bob.saved()
  await ada.context.setOffline(false)
  const again = new Person(ada.context, await ada.context.newPage())
  await again.page.goto(address)
  await again.ready()
  await again.sees(3)
  await bob.sees(3)
})
