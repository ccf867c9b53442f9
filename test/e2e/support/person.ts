import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import { createHttpClient, enterAsGuest, type HttpClient } from '../../support/http-client.ts'

/** An element as the page's scripting handle gives it. */
export interface PageElement {
  readonly id: string
  readonly type: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly text: string
  readonly [field: string]: unknown
}

/** What the tests use of `window.drawbridge`; declared here because the tests see the product from outside. */
interface Handle {
  editor: {
    elements(): PageElement[]
    create(elements: unknown[]): string[]
    update(patches: unknown[]): void
    delete(ids: string[]): void
    select(ids: string[]): void
    camera: { x: number; y: number; zoom: number }
    setCamera(camera: { x: number; y: number; zoom: number }): void
    undo(): void
    redo(): void
  }
  sync: { status: { state: string; unsaved: number }; whenSaved(): Promise<void> }
  whenPainted(): Promise<void>
}

type Point = readonly [x: number, y: number]

/** Runs in the page, which can read its own pictures. */
const darkestColor = async (png: string): Promise<string> => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
  if (!context) throw new Error('No canvas to read the picture with')
  context.drawImage(picture, 0, 0)
  const { data } = context.getImageData(0, 0, picture.width, picture.height)
  const pixels = Array.from({ length: data.length / 4 }, (_, index) => data.slice(index * 4, index * 4 + 3))
  const light = (pixel: Uint8ClampedArray) => pixel.reduce((sum, channel) => sum + channel, 0)
  const darkest = pixels.reduce((best, pixel) => (light(pixel) < light(best) ? pixel : best))
  return `#${[...darkest].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

/** Runs in the page: how many pixels are neither white, grey nor black. */
const countColourful = async (png: string): Promise<number> => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
  if (!context) throw new Error('No canvas to read the picture with')
  context.drawImage(picture, 0, 0)
  const { data } = context.getImageData(0, 0, picture.width, picture.height)
  let count = 0
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = data.slice(at, at + 3)
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 60) count++
  }
  return count
}

/** The colour of lines that nobody gave another, on a light board. */
export const INK = '#22242a'

/** Somebody with a browser profile of their own, on one page. */
export class Person {
  readonly page: Page
  readonly context: BrowserContext

  constructor(context: BrowserContext, page: Page) {
    this.context = context
    this.page = page
  }

  static async enter(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Person> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
    return new Person(context, await context.newPage())
  }

  /** Runs `act` on the page's `window.drawbridge`. */
  async handle<Result, Argument>(
    act: (handle: Handle, argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    const found = await this.page.evaluateHandle(
      () => (window as unknown as { drawbridge: Handle }).drawbridge,
    )
    // What may cross into the page is told by the callers' types; the runner's cannot follow a generic argument.
    return found.evaluate(act as never, argument as never)
  }

  /** From the landing page to a board of one's own, by the one button. Resolves with the board's id. */
  async startDrawing(url: string): Promise<string> {
    await this.page.goto(url)
    await this.page.getByRole('button', { name: 'Start drawing' }).first().click()
    await this.page.waitForURL(/\/b\//)
    await this.ready()
    return this.boardId
  }

  /** On a new board of one's own, as after `startDrawing`, for tests that are not about the way there. */
  async openNewBoard(url: string): Promise<string> {
    const client = await this.#comeInAsGuest(url, '')
    const { body } = await client.call<{ id: string }>('POST', '/api/boards', {})
    await this.page.goto(`${url}/b/${body.id}`)
    await this.ready()
    return body.id
  }

  /** Makes a share link as `share` does, without its dialog, and resolves with its address. */
  async shareLink(role: 'editor' | 'viewer'): Promise<string> {
    const client = createHttpClient(new URL(this.page.url()).origin)
    for (const { name, value } of await this.context.cookies()) client.setCookie(name, value)
    const { body } = await client.call<{ url: string }>('POST', `/api/boards/${this.boardId}/links`, { role })
    return body.url
  }

  /** On the board of a share link, as after `join`, for tests that are not about the way there. */
  async openShared(address: string, name: string): Promise<void> {
    const { origin, pathname } = new URL(address)
    const client = await this.#comeInAsGuest(origin, name)
    const secret = pathname.split('/')[2]
    const { body } = await client.call<{ boardId: string }>('POST', '/api/links/join', { secret })
    await this.page.goto(`${origin}/b/${body.boardId}`)
    await this.ready()
  }

  /** Gives the browser the session of a new guest. */
  async #comeInAsGuest(url: string, name: string): Promise<HttpClient> {
    const client = await enterAsGuest(url, name)
    const cookies = client.cookie().split('; ')
    await this.context.addCookies(
      cookies.map((pair) => {
        const cut = pair.indexOf('=')
        const cookie = { name: pair.slice(0, cut), value: pair.slice(cut + 1), url }
        return { ...cookie, httpOnly: true, sameSite: 'Lax' } as const
      }),
    )
    return client
  }

  get boardId(): string {
    return new URL(this.page.url()).pathname.split('/')[2] ?? ''
  }

  /** Resolves when the board is connected and has nothing unsaved. */
  async ready(): Promise<void> {
    await this.page.waitForFunction(() => 'drawbridge' in window)
    await this.saved()
  }

  async saved(): Promise<void> {
    await expect(this.page.locator('[data-save-state="saved"]')).toBeVisible()
  }

  /** Makes a share link in the dialog and resolves with its address. */
  async share(role: 'Can edit' | 'Can view'): Promise<string> {
    await this.page.getByRole('button', { name: 'Share' }).click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('button', { name: new RegExp(role) }).click()
    const rows = dialog.locator('[data-link]')
    const before = await rows.count()
    await dialog.getByRole('button', { name: 'Create link' }).click()
    await expect(rows).toHaveCount(before + 1)
    const address = await rows.first().getByRole('textbox').inputValue()
    await this.page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    return address
  }

  /** Opens a share link and joins under a name. */
  async join(address: string, name: string): Promise<void> {
    await this.page.goto(address)
    await this.page.getByLabel('Your name').fill(name)
    await this.page.getByRole('button', { name: 'Join the board' }).click()
    await this.page.waitForURL(/\/b\//)
    await this.ready()
  }

  /** Presses at the first point, moves through the others, releases at the last. Page coordinates. */
  async drag(...points: readonly Point[]): Promise<void> {
    const [start, ...rest] = points
    if (!start) return
    await this.page.mouse.move(...start)
    await this.page.mouse.down()
    for (const point of rest) await this.page.mouse.move(point[0], point[1], { steps: 6 })
    await this.page.mouse.up()
  }

  /** Chooses a tool by its key and drags with it. */
  async draw(key: string, ...points: readonly Point[]): Promise<void> {
    await this.page.keyboard.press(key)
    await this.drag(...points)
  }

  elements(): Promise<PageElement[]> {
    return this.handle((handle) => handle.editor.elements(), null)
  }

  /** Waits until the board holds this many elements, and resolves with them. */
  async sees(count: number): Promise<PageElement[]> {
    await expect.poll(async () => (await this.elements()).length).toBe(count)
    return this.elements()
  }

  /** The board as a comparable text: all elements, whatever the order of their fields. */
  async picture(): Promise<string> {
    const sorted = (await this.elements()).map((element) =>
      Object.fromEntries(Object.entries(element).sort(([a], [b]) => (a < b ? -1 : 1))),
    )
    return JSON.stringify(sorted)
  }

  /** The darkest colour to be seen within three pixels of a point of the page, as `#rrggbb`: that of a line through it. */
  async colorAt([x, y]: Point): Promise<string> {
    const clip = { x: x - 3, y: y - 3, width: 7, height: 7 }
    const shot = await this.page.screenshot({ clip, animations: 'disabled' })
    return this.page.evaluate(darkestColor, shot.toString('base64'))
  }

  /** How much of a part of the page has the colour of somebody. */
  async colourfulPixels(clip: { x: number; y: number; width: number; height: number }): Promise<number> {
    const shot = await this.page.screenshot({ clip, animations: 'disabled' })
    return this.page.evaluate(countColourful, shot.toString('base64'))
  }

  leave(): Promise<void> {
    return this.context.close()
  }
}
