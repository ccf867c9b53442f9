import type { Browser } from '@playwright/test'
import type { Screen } from './options.ts'
import { type MeasuredScene, simpleOf } from './scene.ts'
import { bundled, recordedPage, type Subject } from './subject.ts'

/** Nothing is there: it is answered here. */
const ADDRESS = 'http://baseline.localhost/'
const HTML = '<!doctype html><html><body style="margin:0"></body></html>'

interface Openable {
  open(json: string): Promise<number>
}

/** A page that is nothing but a canvas with this scene on it. */
export const openBaseline = async (
  browser: Browser,
  name: 'canvas' | 'tiles',
  scene: MeasuredScene,
  screen: Screen,
): Promise<Subject> => {
  const context = await browser.newContext(screen)
  const { page, cdp } = await recordedPage(context)
  await page.route(ADDRESS, (route) => route.fulfill({ contentType: 'text/html', body: HTML }))
  await page.goto(ADDRESS)
  await page.addScriptTag({ content: bundled(`baseline/${name}.ts`) })
  const json = JSON.stringify(scene.elements.map(simpleOf))
  await page.evaluate(() => bench.start())
  const time = await page.evaluate(
    (text) => (window as unknown as { drawbridge: Openable }).drawbridge.open(text),
    json,
  )
  const { longTasks } = await page.evaluate(() => bench.stop())
  const opening = { time, task: Math.max(0, ...longTasks) }
  return { name, page, cdp, opening, close: () => context.close() }
}
