/**
 * What the first visit to a board costs: JavaScript over the wire, and the time from navigation until one can draw.
 * Run with `npm run bench:first-load`; needs what `npm test` installs.
 */
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import config from '../../playwright.config.ts'
import { startServer } from '../support/server.ts'

const VISITS = 7
const LIMIT = { kilobytes: 300, milliseconds: 1000 }

interface Visit {
  /** Bytes of JavaScript, each file gzipped. */
  readonly script: number
  readonly files: number
  /** Milliseconds from the start of the navigation. */
  readonly painted: number
  readonly drawable: number
}

const newBoard = async (page: Page, url: string): Promise<string> => {
  await page.goto(url)
  await page.getByRole('button', { name: 'Start drawing' }).first().click()
  await page.waitForURL(/\/b\//)
  return page.url()
}

/** The page's own clock, in milliseconds since the navigation began, when the board stands and takes input. */
const untilDrawable = async (page: Page): Promise<number> => {
  const time = await page.waitForFunction(
    () => document.querySelector('[data-board-canvas] canvas') && 'drawbridge' in window && performance.now(),
    undefined,
    { polling: 'raf' },
  )
  return Number(await time.jsonValue())
}

/** A visit by somebody whose browser has nothing in its cache. */
const visit = async (browser: Browser, url: string): Promise<Visit> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const address = await newBoard(page, url)
  const state = await context.storageState()
  await context.close()

  const fresh = await browser.newContext({ viewport: { width: 1280, height: 800 }, storageState: state })
  const first = await fresh.newPage()
  const sizes: Promise<number>[] = []
  first.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    sizes.push(response.body().then((body) => gzipSync(body).byteLength))
  })
  await first.goto(address, { waitUntil: 'commit' })
  const drawable = await untilDrawable(first)
  await first.waitForLoadState('networkidle')
  const painted = await first.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  )
  const bytes = await Promise.all(sizes)
  await fresh.close()
  return { script: bytes.reduce((sum, size) => sum + size, 0), files: bytes.length, painted, drawable }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const server = await startServer()
const browser = await chromium.launch(config.use?.launchOptions)
try {
  const visits: Visit[] = []
  for (let index = 0; index < VISITS; index++) visits.push(await visit(browser, server.url))
  const of = (field: keyof Visit) => median(visits.map((each) => each[field]))
  console.table({
    'JavaScript, gzipped': {
      median: `${(of('script') / 1024).toFixed(1)} KB in ${of('files')} files`,
      limit: `${LIMIT.kilobytes} KB`,
    },
    'first contentful paint': { median: `${of('painted').toFixed(0)} ms`, limit: '' },
    'board takes input': { median: `${of('drawable').toFixed(0)} ms`, limit: `${LIMIT.milliseconds} ms` },
  })
} finally {
  await browser.close()
  await server.remove()
}
