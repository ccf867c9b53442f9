import type { Browser } from '@playwright/test'
import type { Camera } from './baseline/page.ts'
import type { Screen } from './options.ts'
import { type MeasuredScene, simpleOf } from './scene.ts'
import { bundled, type Opening, recordedPage, type Subject } from './subject.ts'

/** Nothing is there: it is answered here. */
const ADDRESS = 'http://baseline.localhost/'
const HTML = '<!doctype html><html><body style="margin:0"></body></html>'

interface Openable {
  open(json: string, camera: Camera | null): Promise<number>
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
  const json = JSON.stringify(scene.elements.map(simpleOf))
  const opened = async (camera: Camera | null): Promise<Opening> => {
    await page.goto(ADDRESS)
    await page.addScriptTag({ content: bundled(`baseline/${name}.ts`) })
    await page.evaluate(() => bench.start())
    const time = await page.evaluate(
      (given) => (window as unknown as { drawbridge: Openable }).drawbridge.open(...given),
      [json, camera] as const,
    )
    const { longTasks } = await page.evaluate(() => bench.stop())
    return { time, task: Math.max(0, ...longTasks) }
  }
  const openAgain = async (): Promise<Opening> => opened(await page.evaluate(() => bench.camera()))
  const opening = await opened(null)
  return { name, page, cdp, opening, openAgain, close: () => context.close() }
}
