import { expect, test } from './support/fixtures.ts'
import type { Person } from './support/person.ts'

/** Stands between a page and its server, and can end the connection in the server's name. */
const standBetween = async ({ page }: Person) => {
  let end = (_code: number): void => {}
  let isHeld = false
  let endsAtOnce: number | null = null
  await page.routeWebSocket(/\/sync\//, (socket) => {
    if (endsAtOnce !== null) return void socket.close({ code: endsAtOnce })
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      if (!isHeld) server.send(message)
    })
    end = (code) => void socket.close({ code, reason: 'as the server would' })
  })
  return {
    end: (code: number) => end(code),
    /** Whether whoever comes is sent away at once, and with which code. */
    keepAway: (code: number | null) => {
      endsAtOnce = code
    },
    /** From now on the server hears nothing, or again. */
    hold: (held: boolean) => {
      isHeld = held
    },
  }
}

/** On a board of hers, with one shape that the server has not called saved. */
const drawUnsaved = async (ada: Person, { url }: { readonly url: string }) => {
  const between = await standBetween(ada)
  await ada.startDrawing(url)
  between.hold(true)
  await ada.draw('r', [500, 200], [600, 300])
  return { ada, between }
}

const chip = ({ page }: Person) => page.locator('[data-save-state]')

test('WS10: who may no longer see a board is told so, and what to do, and can keep a copy of unsaved work', async ({
  server,
  enter,
}) => {
  const { ada, between } = await drawUnsaved(await enter(), server)
  between.end(4403)
  const told = ada.page.getByRole('alertdialog', { name: 'This board is no longer shared with you' })
  await expect(told).toContainText('Ask the owner for a new one')
  await expect(told).toContainText('1 change of yours is not saved on the server, but kept in this browser')
  const download = ada.page.waitForEvent('download')
  await told.getByRole('button', { name: 'Download a copy' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.drawbridge$/)
})

test('LD7: changes that the server never takes can be downloaded and left behind, once that was confirmed', async ({
  server,
  enter,
}) => {
  const ada = await enter()
  const between = await standBetween(ada)
  await ada.startDrawing(server.url)
  await ada.draw('o', [300, 200], [400, 300])
  await ada.saved()
  between.hold(true)
  await ada.draw('r', [500, 200], [600, 300])
  const { page } = ada
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  between.end(4413)
  const told = page.getByRole('alertdialog', { name: 'Too large for this server' })
  await expect(told).toContainText(
    '1 change of yours is not saved on the server, but kept in this browser, and would be refused again',
  )
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(told).toBeFocused()
  await page.getByRole('button', { name: 'Open without it …' }).click()
  const asked = page.getByRole('alertdialog', { name: 'Open the board without your change?' })
  await asked.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: 'Open without it …' }).click()
  const download = page.waitForEvent('download')
  await asked.getByRole('button', { name: 'Download a copy' }).click()
  await download
  await expect(page.getByText('Downloaded', { exact: true })).toBeVisible()
  between.hold(false)
  await asked.getByRole('button', { name: 'Open without it' }).click()
  await expect(page.getByRole('alertdialog')).toBeHidden()
  await ada.ready()
  const [ellipse] = await ada.sees(1)
  expect(ellipse?.type).toBe('ellipse')
})

test('LD3: a server that has too much to do is waited for, and what was drawn meanwhile is sent', async ({
  server,
  enter,
}) => {
  const { ada, between } = await drawUnsaved(await enter(), server)
  between.keepAway(1013)
  between.end(1013)
  await expect(chip(ada)).toContainText('Reconnecting, 1 change only on this device')
  await chip(ada).click()
  await expect(ada.page.getByRole('dialog')).toContainText('The server has too much to do just now.')
  between.hold(false)
  between.keepAway(null)
  await ada.page.getByRole('button', { name: 'Try now' }).click()
  await ada.saved()
})

test('without a network the board says so within seconds, stays usable though code is missing, and catches up', async ({
  ada,
  bob,
}) => {
  await ada.page.reload()
  await ada.page.waitForFunction(() => 'drawbridge' in window)
  await ada.context.setOffline(true)
  await ada.draw('r', [500, 200], [600, 300])
  await expect(chip(ada)).toHaveAttribute('data-save-state', 'offline', { timeout: 6000 })
  await ada.draw('o', [500, 400], [600, 500])
  await expect(chip(ada)).toHaveAttribute('data-unsaved', '2')
  await ada.context.setOffline(false)
  await ada.saved()
  await bob.sees(2)
})
