import type { Browser, BrowserContext, Page } from '@playwright/test'
import { kinds } from '../../../whiteboard/elements/index.ts'
import { createBoardStore } from '../../../whiteboard/model/board-store.ts'
import { newBoard, newLink, secretOf, type Ticket, ticketFor } from '../../support/boards.ts'
import { createHttpClient, enterAsGuest, type HttpClient } from '../../support/http-client.ts'
import type { TestServer } from '../../support/server.ts'
import { connectWith, entered } from '../../support/ws-client.ts'
import type { Screen } from './options.ts'
import type { MeasuredScene } from './scene.ts'
import { type Opening, recordedPage, type Subject } from './subject.ts'

/** A board of the product that holds the scene. */
export interface ProductBoard {
  /** As somebody does whose browser has never seen it. */
  open(browser: Browser, screen: Screen): Promise<Subject>
  /** Tickets for so many people who may edit. */
  invite(count: number): Promise<Ticket[]>
}

/** Elements of one transaction while the board is filled. */
const BATCH = 2000

const fill = async (owner: HttpClient, id: string, { elements }: MeasuredScene): Promise<void> => {
  const client = await entered(connectWith(await ticketFor(owner, id)))
  const board = createBoardStore(client.doc, kinds)
  for (let start = 0; start < elements.length; start += BATCH) {
    board.transact('user', (edit) => {
      for (const element of elements.slice(start, start + BATCH)) edit.create(element)
    })
    await client.settled()
  }
  await client.until(() => client.saved >= client.sent)
  await client.close()
  board.dispose()
}

const cookiesOf = (owner: HttpClient): { name: string; value: string; url: string }[] =>
  owner
    .cookie()
    .split('; ')
    .map((pair) => {
      const cut = pair.indexOf('=')
      return { name: pair.slice(0, cut), value: pair.slice(cut + 1), url: owner.url }
    })

const opened = async (page: Page, address: string, count: number): Promise<Opening> => {
  await page.goto(address, { waitUntil: 'commit' })
  const { received, painted, elements, longTasks } = await page.evaluate(() => bench.opened())
  if (elements !== count)
    throw new Error(`It was said that all is drawn when ${elements} elements were there.`)
  return { time: painted - received, task: Math.max(0, ...longTasks) }
}

/** Makes a board that holds the scene. */
export const makeBoard = async ({ url }: TestServer, scene: MeasuredScene): Promise<ProductBoard> => {
  const owner = await enterAsGuest(url, 'Ada')
  const id = await newBoard(owner, `${scene.elements.length} elements`)
  await fill(owner, id, scene)
  const address = `${url}/b/${id}`

  const open = async (browser: Browser, screen: Screen): Promise<Subject> => {
    const context: BrowserContext = await browser.newContext(screen)
    await context.addCookies(cookiesOf(owner))
    const { page, cdp } = await recordedPage(context)
    const opening = await opened(page, address, scene.elements.length)
    const openAgain = async (): Promise<Opening> => {
      await page.goto('about:blank')
      return opened(page, address, scene.elements.length)
    }
    return { name: 'drawbridge', page, cdp, opening, openAgain, close: () => context.close() }
  }

  const invite = async (count: number): Promise<Ticket[]> => {
    const secret = secretOf(await newLink(owner, id, 'editor'))
    return Promise.all(Array.from({ length: count }, () => ticketFor(createHttpClient(url), id, secret)))
  }

  return { open, invite }
}
