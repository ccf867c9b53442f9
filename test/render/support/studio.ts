import { join } from 'node:path'
import { BrowserPage, bundledFonts } from './browser-page.ts'
import type { Difference, inPage } from './page.ts'
import type { Scene } from './scenes.ts'

type Theme = 'light' | 'dark'

/** A browser that draws scenes: one for all cases. */
export class Studio {
  readonly #page: BrowserPage<typeof inPage>

  private constructor(page: BrowserPage<typeof inPage>) {
    this.#page = page
  }

  static async open(): Promise<Studio> {
    const page = await BrowserPage.open<typeof inPage>(join(import.meta.dirname, 'page.ts'))
    await page.call('prepare', bundledFonts())
    return new Studio(page)
  }

  /** As the board shows a scene: a PNG in a `data:` URL. */
  paint(scene: Scene, theme: Theme): Promise<string> {
    return this.#page.call('paint', scene, theme)
  }

  /** Its SVG export, drawn by the browser: a PNG in a `data:` URL. */
  paintSvg(scene: Scene, theme: Theme): Promise<string> {
    return this.#page.call('paintSvg', scene, theme)
  }

  compare(first: string, second: string): Promise<Difference> {
    return this.#page.call('compare', first, second)
  }

  close(): Promise<void> {
    return this.#page.close()
  }
}
