import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'esbuild'
import type { Font } from './fonts.ts'

const FONTS = {
  'Shantell Sans': 'shantell-sans',
  Inter: 'inter',
  'Source Serif 4': 'source-serif-4',
  'JetBrains Mono': 'jetbrains-mono',
} as const

const modules = join(import.meta.dirname, '..', '..', '..', 'node_modules')

export const dataUrl = (path: string, type: string): string =>
  `data:${type};base64,${readFileSync(path).toString('base64')}`

export const bundledFonts = (): Font[] =>
  Object.entries(FONTS).map(([font, name]) => {
    const file = join(modules, '@fontsource', name, 'files', `${name}-latin-400-normal.woff2`)
    return { font, url: dataUrl(file, 'font/woff2') }
  })

/** The engine's code as far as `entry` needs it, as a module for a page: what it imports may wait for something. */
const bundle = async (entry: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** What a script for a page puts into its global scope under `inPage`. */
type Functions = Readonly<Record<string, (...given: never[]) => unknown>>

/** A page of a headless browser with a script of functions that a test calls from outside. */
export class BrowserPage<InPage extends Functions> {
  readonly page: Page
  /** What the page said of errors. */
  readonly errors: string[] = []
  readonly #browser: Browser

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser
    this.page = page
    page.on('pageerror', ({ message }) => this.errors.push(message))
    page.on('console', (said) => {
      if (said.type() === 'error') this.errors.push(said.text())
    })
  }

  /** @param ratio device pixels per CSS pixel */
  static async open<InPage extends Functions>(
    entry: string,
    { ratio = 1 } = {},
  ): Promise<BrowserPage<InPage>> {
    const script = bundle(entry)
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
    const page = await browser.newPage({ deviceScaleFactor: ratio, viewport: { width: 1280, height: 800 } })
    const opened = new BrowserPage<InPage>(browser, page)
    await page.addScriptTag({ content: await script, type: 'module' })
    await page.waitForFunction(() => 'inPage' in globalThis)
    return opened
  }

  /** Runs a function of the page's script; what goes in and comes out is copied. */
  call<Name extends keyof InPage & string>(
    name: Name,
    ...given: Parameters<InPage[Name]>
  ): Promise<Awaited<ReturnType<InPage[Name]>>> {
    return this.page.evaluate(
      ({ name, given }) => {
        const { inPage } = globalThis as unknown as {
          inPage: Record<string, (...given: unknown[]) => unknown>
        }
        return inPage[name]?.(...given)
      },
      { name, given },
    ) as Promise<Awaited<ReturnType<InPage[Name]>>>
  }

  close(): Promise<void> {
    return this.#browser.close()
  }
}
