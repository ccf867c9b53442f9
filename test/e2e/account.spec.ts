import { startMailbox } from '../support/mailbox.ts'
import { startServer } from '../support/server.ts'
import { sparePort } from '../support/spare-port.ts'
import { linesOf, violations } from './support/axe.ts'
import { expect, test } from './support/fixtures.ts'
import type { Person } from './support/person.ts'

const PASSWORD = 'analytical engine'
const NEXT = 'difference engine no 2'

/** From now on, or until it is told otherwise, the server hears nothing of what the page draws. */
const holdBack = async ({ page }: Person) => {
  let isHeld = false
  await page.routeWebSocket(/\/sync\//, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      if (!isHeld) server.send(message)
    })
  })
  return (held: boolean): void => {
    isHeld = held
  }
}

/** The address of a board itself, and none that only names one to go on to. */
const onBoard = ({ pathname }: URL): boolean => pathname.startsWith('/b/')

const signIn = async ({ page }: Person, email: string, password: string): Promise<void> => {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

test('AP8, WS10: a new password signs out the other browser on its open board, which keeps what was not sent; closing the account ends all', async ({
  server,
  enter,
  ada,
}) => {
  const email = 'ada.account@example.org'
  const { page } = ada
  const id = ada.boardId
  await page.goto(`${server.url}/register`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL(/\/boards/)

  const other = await enter()
  const hold = await holdBack(other)
  await other.page.goto(`${server.url}/signin?callbackUrl=/b/${id}`)
  await signIn(other, email, PASSWORD)
  await other.page.waitForURL(onBoard)
  await other.ready()
  hold(true)
  await other.draw('r', [500, 200], [600, 300])

  await page.getByRole('button', { name: /^Your account/ }).click()
  await page.getByRole('menuitem', { name: 'Your account' }).click()
  await expect(page.getByRole('heading', { name: 'Your account', level: 1 })).toBeVisible()
  await expect(page.getByText(email)).toBeVisible()
  expect(linesOf(await violations(page))).toEqual([])
  await page.getByLabel('Current password').fill('not this one')
  await page.getByLabel('New password').fill(NEXT)
  await page.keyboard.press('Enter')
  await expect(page.getByText('That is not your password.')).toBeVisible()
  await expect(other.page.getByRole('alertdialog')).toHaveCount(0)
  await page.getByLabel('Current password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Your password is changed, and all other sessions have ended.')).toBeVisible()

  const told = other.page.getByRole('alertdialog', { name: 'You are signed out' })
  await expect(told).toContainText('1 change of yours is not saved on the server, but kept in this browser')
  const download = other.page.waitForEvent('download')
  await told.getByRole('button', { name: 'Download a copy' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.drawbridge$/)
  hold(false)
  await told.getByRole('link', { name: 'Sign in' }).click()
  await signIn(other, email, NEXT)
  await other.page.waitForURL(onBoard)
  await other.ready()
  await other.sees(1)

  await page.getByRole('button', { name: 'Close your account …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Close your account?' })
  await expect(dialog.getByRole('button', { name: 'Close for good' })).toBeDisabled()
  await dialog.getByLabel('Your password').fill(NEXT)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'All is deleted' })).toBeVisible()
  await expect(told).toBeVisible()
  await other.page.goto(`${server.url}/b/${id}`)
  await expect(other.page.getByText('Sign in to open this board')).toBeVisible()
})

test('S96: who signs in by a link in an e-mail finds what they drew as a guest and never sent', async ({
  enter,
}) => {
  const mailbox = await startMailbox()
  const port = await sparePort()
  const mail = { SMTP_URL: mailbox.url, EMAIL_FROM: 'Drawbridge <board@example.org>' }
  const server = await startServer({ port, env: { ...mail, PUBLIC_URL: `http://localhost:${port}` } })
  try {
    const guest = await enter()
    const hold = await holdBack(guest)
    const id = await guest.startDrawing(server.url)
    hold(true)
    await guest.draw('r', [500, 200], [600, 300])
    await expect(guest.page.locator('[data-unsaved="1"]')).toHaveCount(1)
    await guest.page.goto(`${server.url}/signin?callbackUrl=/b/${id}`)
    hold(false)
    await guest.page.getByLabel('E-mail').fill('cleo@example.org')
    await guest.page.getByRole('button', { name: 'E-mail me a sign-in link' }).click()
    await expect(guest.page.getByText('Look in your mail')).toBeVisible()
    const [link = ''] =
      mailbox.messages.at(-1)?.text.match(/http:\/\/localhost:\d+\/api\/auth\/callback\S+/) ?? []
    await guest.page.goto(link)
    await guest.page.waitForURL(onBoard)
    await guest.ready()
    await guest.sees(1)
  } finally {
    await server.remove()
    await mailbox.close()
  }
})
