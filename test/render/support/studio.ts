import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'esbuild'
import type { Difference, Font, inPage, Scene } from './page.ts'

const FONTS = {
  'Shantell Sans': 'shantell-sans',
  Inter: 'inter',
  'Source Serif 4': 'source-serif-4',
  'JetBrains Mono': 'jetbrains-mono',
} as const

const modules = join(import.meta.dirname, '..', '..', '..', 'node_modules')

const dataUrl = (path: string, type: string): string =>
  `data:${type};base64,${readFileSync(path).toString('base64')}`

const bundledFonts = (): Font[] =>
  Object.entries(FONTS).map(([font, name]) => {
    const file = join(modules, '@fontsource', name, 'files', `${name}-latin-400-normal.woff2`)
    return { font, url: dataUrl(file, 'font/woff2') }
  })

/** The engine's drawing code and `page.ts`, as a script for a page. */
const bundle = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

type Theme = 'light' | 'dark'
type InPage = typeof inPage

/** A browser that draws scenes: one for all cases. */
export class Studio {
  readonly #browser: Browser
  readonly #page: Page

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser
    this.#page = page
  }

  static async open(): Promise<Studio> {
    const script = bundle()
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--force-color-profile=srgb',
        '--font-render-hinting=none',
        '--disable-lcd-text',
      ],
    })
    const page = await browser.newPage()
    await page.addScriptTag({ content: await script })
    await page.evaluate(
      (fonts) => (globalThis as unknown as { inPage: InPage }).inPage.prepare(fonts),
      bundledFonts(),
    )
    return new Studio(browser, page)
  }

  /** As the board shows a scene: a PNG in a `data:` URL. */
  paint(scene: Scene, theme: Theme): Promise<string> {
    return this.#page.evaluate(
      ({ scene, theme }) => (globalThis as unknown as { inPage: InPage }).inPage.paint(scene, theme),
      { scene, theme },
    )
  }

  /** Its SVG export, drawn by the browser: a PNG in a `data:` URL. */
  paintSvg(scene: Scene, theme: Theme): Promise<string> {
    return this.#page.evaluate(
      ({ scene, theme }) => (globalThis as unknown as { inPage: InPage }).inPage.paintSvg(scene, theme),
      { scene, theme },
    )
  }

  compare(first: string, second: string): Promise<Difference> {
    return this.#page.evaluate(
      ({ first, second }) => (globalThis as unknown as { inPage: InPage }).inPage.compare(first, second),
      { first, second },
    )
  }

  close(): Promise<void> {
    return this.#browser.close()
  }
}

export { dataUrl }
