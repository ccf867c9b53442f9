import { connectWith, entered } from '../support/ws-client.ts'
import { expect, test } from './support/fixtures.ts'

test('a viewer sees everything live and can change nothing, in the page and on the wire', async ({
  enter,
  ada,
}) => {
  await ada.draw('r', [300, 200], [460, 300])
  await ada.saved()
  const eve = await enter()
  await eve.join(await ada.share('Can view'), 'Eve')
  await eve.sees(1)
  await expect(eve.page.getByText('View only')).toBeVisible()
  await expect(eve.page.locator('[data-tool="rectangle"]')).toHaveCount(0)

  await eve.draw('r', [600, 400], [700, 500])
  await eve.page.mouse.click(380, 250)
  await eve.page.keyboard.press('Delete')
  await ada.draw('o', [600, 200], [700, 300])
  await eve.sees(2)
  expect(await ada.elements()).toHaveLength(2)

  const grant = await eve.page.evaluate(
    async (id) => (await fetch(`/api/boards/${id}/ticket`, { method: 'POST' })).json(),
    ada.boardId,
  )
  expect(grant.role).toBe('viewer')
  const raw = await entered(connectWith(grant))
  raw.elements.set('forged', 'x')
  await raw.until(() => raw.notices.some(({ type }) => type === 'read-only'))
  await raw.close()
  await ada.page.reload()
  await ada.ready()
  expect(await ada.elements()).toHaveLength(2)
})

test('revoking a link ends the sessions that came through it within 2 seconds, and says so', async ({
  server,
  enter,
  ada,
}) => {
  const bob = await enter()
  const link = await ada.share('Can edit')
  await bob.join(link, 'Bob')

  await ada.page.getByRole('button', { name: 'Share' }).click()
  const row = ada.page.locator('[data-link]').first()
  await row.getByRole('button', { name: 'Revoke' }).click()
  await row.getByRole('button', { name: 'Revoke link' }).click()
  await expect(bob.page.locator('[data-ended]')).toBeVisible({ timeout: 2000 })
  await expect(bob.page.getByText('This board is no longer shared with you')).toBeVisible()

  expect((await bob.page.goto(link))?.status()).toBe(404)
  await expect(bob.page.getByText('This link does not work any more')).toBeVisible()
  await bob.page.goto(`${server.url}/b/${ada.boardId}`)
  await expect(bob.page.locator('[data-board-canvas]')).toHaveCount(0)
})

test('an unmodified y-websocket provider reads the board and adds an element that the browsers show', async ({
  ada,
}) => {
  const { WebsocketProvider } = await import('y-websocket')
  const { WebSocket } = await import('ws')
  const Y = await import('yjs')
  const id = ada.boardId
  await ada.draw('r', [300, 200], [460, 300])
  await ada.saved()
  const grant = await ada.page.evaluate(
    async (board) => (await fetch(`/api/boards/${board}/ticket`, { method: 'POST' })).json(),
    id,
  )
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(grant.url.slice(0, grant.url.lastIndexOf('/')), id, doc, {
    params: { ticket: grant.ticket },
    // The package's declaration asks for a browser's class; the one of ws is what it is used with in Node.
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  await new Promise((resolve) => provider.once('sync', resolve))
  expect(doc.getMap('elements').size).toBe(1)

  const element = new Y.Map<unknown>()
  element.set('base', { type: 'ellipse', position: [200, 200], size: [120, 80], order: 'a5' })
  doc.getMap('elements').set('fromprovider', element)
  const elements = await ada.sees(2)
  expect(elements.find(({ id: each }) => each === 'fromprovider')).toMatchObject({
    type: 'ellipse',
    width: 120,
  })
  provider.destroy()
})
