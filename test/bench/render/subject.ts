import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import { buildSync } from 'esbuild'
import type { Recorder } from './recorder.ts'

export type SubjectName = 'drawbridge' | 'canvas' | 'tiles'

/** Milliseconds until everything was drawn, and of the longest task on the way. */
export interface Opening {
  readonly time: number
  readonly task: number
}

/** A page that shows the scene, ready to be measured; driven the same way whichever it is. */
export interface Subject {
  readonly name: SubjectName
  readonly page: Page
  readonly cdp: CDPSession
  /** What opening it came to, before this. */
  readonly opening: Opening
  /** Once more, by somebody who looks from where the page looked before; the document lies on the device. */
  openAgain(): Promise<Opening>
  close(): Promise<void>
}

declare global {
  var bench: Recorder
}

/** Scripts for pages are bundled as a browser would get them. */
export const bundled = (file: string): string => {
  const entryPoints = [join(import.meta.dirname, file)]
  const { outputFiles } = buildSync({ entryPoints, bundle: true, write: false, target: 'es2022' })
  return outputFiles[0]?.text ?? ''
}

/** A new page of the context that records what happens in it. */
export const recordedPage = async (context: BrowserContext): Promise<{ page: Page; cdp: CDPSession }> => {
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(`The page failed: ${error.message}`))
  await page.addInitScript({ content: bundled('recorder.ts') })
  const cdp = await context.newCDPSession(page)
  await cdp.send('Performance.enable')
  return { page, cdp }
}

interface Metrics {
  /** Seconds that tasks of the main thread took, by the clock and of the processor. */
  readonly task: number
  readonly processor: number
  /** Bytes of objects. */
  readonly heap: number
}

export const metricsOf = async ({ cdp }: Subject): Promise<Metrics> => {
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { task: of('TaskDuration'), processor: of('ThreadTime'), heap: of('JSHeapUsedSize') }
}

/** Megabytes of objects that are still in use. */
export const heapOf = async (subject: Subject): Promise<number> => {
  await subject.cdp.send('HeapProfiler.collectGarbage')
  await subject.cdp.send('HeapProfiler.collectGarbage')
  return (await metricsOf(subject)).heap / 1e6
}
