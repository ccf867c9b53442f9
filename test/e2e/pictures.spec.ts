import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { jpegSegment, makePng } from '../support/pictures.ts'
import { expect, test } from './support/fixtures.ts'

interface TestFile {
  readonly name: string
  readonly type: string
  readonly base64: string
}

const fileOf = (name: string, type: string, bytes: Uint8Array): TestFile => ({
  name,
  type,
  base64: Buffer.from(bytes).toString('base64'),
})

/** Runs in the page: makes an event that carries files, as a browser does for a drop or a paste. */
const give = ({
  how,
  files,
  at,
}: {
  how: 'drop' | 'paste'
  files: TestFile[]
  at: readonly [number, number]
}): void => {
  const data = new DataTransfer()
  for (const { name, type, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    data.items.add(new File([bytes], name, { type }))
  }
  const canvas = document.querySelector('[data-board-canvas]') ?? document.body
  const shared = { bubbles: true, cancelable: true }
  const event =
    how === 'drop'
      ? new DragEvent('drop', { ...shared, dataTransfer: data, clientX: at[0], clientY: at[1] })
      : new ClipboardEvent('paste', { ...shared, clipboardData: data })
  ;(how === 'drop' ? canvas : document.body).dispatchEvent(event)
}

const red = (shade: number, side = 120) => makePng({ width: side, height: side, shade })

/** The shade of grey that is to be seen at a point of the page; null where it is no grey. */
const shadeAt = async (page: Page, [x, y]: readonly [number, number]): Promise<number | null> => {
  const shot = await page.screenshot({ clip: { x, y, width: 1, height: 1 }, animations: 'disabled' })
  const [r = 0, g = 0, b = 0] = await page.evaluate(async (png) => {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))
    const context = new OffscreenCanvas(1, 1).getContext('2d')
    context?.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0)
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])]
  }, shot.toString('base64'))
  return Math.abs(r - g) < 3 && Math.abs(g - b) < 3 ? r : null
}

const SHADE = 90

/** A message at the bottom of the page. */
const said = (page: Page, words: RegExp) =>
  page.getByRole('region', { name: 'Notifications' }).getByText(words)

/** A GIF of one pixel. */
const PIXEL = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

test('a dropped picture is seen by the peer, is there after a reload, and is nobody else’s', async ({
  ada,
  bob,
  enter,
  server,
}) => {
  const at = [500, 380] as const
  await ada.page.evaluate(give, {
    how: 'drop' as const,
    files: [fileOf('red.png', 'image/png', red(SHADE))],
    at,
  })
  const [element] = await ada.sees(1)
  expect(element).toMatchObject({ type: 'image', natural: [120, 120], width: 120, height: 120, alt: 'red' })
  await bob.sees(1)
  await ada.saved()
  await expect.poll(() => shadeAt(bob.page, at)).toBe(SHADE)
  expect(await shadeAt(ada.page, at)).toBe(SHADE)

  await ada.page.reload()
  await ada.ready()
  await expect.poll(() => shadeAt(ada.page, at)).toBe(SHADE)

  const address = `${server.url}/api/boards/${ada.boardId}/assets/${element?.asset}`
  const viewer = await enter()
  await viewer.join(await ada.share('Can view'), 'Vera')
  expect((await viewer.page.request.get(address)).status()).toBe(200)
  const stranger = await enter()
  await stranger.startDrawing(server.url)
  expect((await stranger.page.request.get(address)).status()).toBe(404)
})

test('pictures are pasted side by side in one step of undo, chosen by a key, and refused in words', async ({
  ada,
}) => {
  const files = [10, 60, 110].map((shade) => fileOf('image.png', 'image/png', red(shade)))
  await ada.page.mouse.move(640, 400)
  await ada.page.evaluate(give, { how: 'paste' as const, files, at: [0, 0] as const })
  const pasted = await ada.sees(3)
  const lefts = pasted.map(({ x }) => x)
  expect(lefts).toEqual([...lefts].sort((a, b) => a - b))
  expect(new Set(pasted.map(({ y }) => y)).size).toBe(1)
  await ada.page.keyboard.press('Control+z')
  await ada.sees(0)

  const choosing = ada.page.waitForEvent('filechooser')
  await ada.page.keyboard.press('9')
  const chooser = await choosing
  expect(chooser.isMultiple()).toBe(true)
  await chooser.setFiles({ name: 'pixel.gif', mimeType: 'image/gif', buffer: Buffer.from(PIXEL, 'base64') })
  await ada.sees(1)

  const bomb = makePng({ width: 50_000, height: 50_000, pixels: false })
  const liars = [
    fileOf('holiday.png', 'image/png', Buffer.from('<html>no picture</html>')),
    fileOf('bomb.png', 'image/png', bomb),
  ]
  await ada.page.evaluate(give, { how: 'paste' as const, files: liars, at: [0, 0] as const })
  await expect(
    said(ada.page, /“holiday\.png” is not an image.*“bomb\.png” has too many pixels/),
  ).toBeVisible()
  expect(await ada.elements()).toHaveLength(1)
})

test('CT8: an SVG becomes pixels, and nothing in it runs or is fetched', async ({ ada, server }) => {
  const asked: string[] = []
  ada.page.on('request', (request) => asked.push(request.url()))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="80" onload="window.pwned=1">
    <script>window.pwned = 2</script>
    <style>@import url(${server.url}/leak.css);</style>
    <foreignObject width="100" height="80"><body xmlns="http://www.w3.org/1999/xhtml"><img src="${server.url}/leak.png" onerror="window.pwned=3"/></body></foreignObject>
    <image href="${server.url}/leak2.png" width="10" height="10"/>
    <use href="${server.url}/leak.svg#a"/>
    <a xlink:href="javascript:window.pwned=4"><rect width="5" height="5"/></a>
    <rect width="100" height="80" fill="#646464"><set attributeName="href" to="javascript:alert(1)"/></rect>
  </svg>`
  await ada.page.evaluate(give, {
    how: 'drop' as const,
    files: [fileOf('drawing.svg', 'image/svg+xml', Buffer.from(svg))],
    at: [500, 380] as const,
  })
  const [element] = await ada.sees(1)
  expect(element).toMatchObject({ type: 'image', width: 100, height: 80 })
  await ada.saved()
  await expect.poll(() => shadeAt(ada.page, [500, 380])).toBe(100)
  const stored = await ada.page.request.get(
    `${server.url}/api/boards/${ada.boardId}/assets/${element?.asset}`,
  )
  expect(stored.headers()['content-type']).toBe('image/png')
  expect(asked.filter((url) => url.includes('leak'))).toEqual([])
  expect(await ada.page.evaluate(() => 'pwned' in window)).toBe(false)
})

test('UP3: an SVG that is a bomb, or no SVG, is refused and holds nobody up', async ({ ada }) => {
  const head = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">'
  const entities = `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'
    .split('')
    .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`)
    .join('')}]>`
  const doubling = Array.from(
    { length: 24 },
    (_, n) => `<g id="n${n + 1}"><use href="#n${n}"/><use href="#n${n}"/></g>`,
  )
  const rows = Array.from({ length: 7 }, (_, n) => n)
  /** Each holds ten shapes that are drawn with the one before. */
  const chain = (tag: string, use: (n: number) => string): string => {
    const shapes = (n: number): string => `<rect width="5" height="5" ${n < 0 ? '' : use(n)}/>`.repeat(10)
    return `${rows.map((n) => `<${tag} id="p${n}" width="9" height="9">${shapes(n - 1)}</${tag}>`).join('')}${shapes(6)}`
  }
  const sheet = `<style>${rows.map((n) => `.c${n}{clip-path:url(#p${n})}`).join('')}</style>`
  const blur = '<filter id="f"><feGaussianBlur stdDeviation="500"/></filter>'
  const hostile: [string, string | Buffer][] = [
    ['patterns.svg', `${head}${chain('pattern', (n) => `fill="url(#p${n})"`)}</svg>`],
    ['masks.svg', `${head}${chain('mask', (n) => `mask="url(#p${n})"`)}</svg>`],
    ['clips.svg', `${head}${sheet}${chain('clipPath', (n) => `class="c${n}"`)}</svg>`],
    ['blurs.svg', `${head}${blur}${'<rect width="9" height="9" filter="url(#f)"/>'.repeat(2000)}</svg>`],
    ['entities.svg', `${entities}${head}<text>&j;</text></svg>`],
    ['uses.svg', `${head}<rect id="n0" width="1" height="1"/>${doubling.join('')}</svg>`],
    ['cycle.svg', `${head}<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>`],
    ['deep.svg', `${head}${'<g>'.repeat(5000)}${'</g>'.repeat(5000)}</svg>`],
    ['broken.svg', `${head}<rect</svg>`],
    ['packed.svg', gzipSync(`${head}</svg>`)],
    ['page.svg', `<html><body>${head}</svg></body></html>`],
  ]
  for (const [name, content] of hostile) {
    const files = [fileOf(name, 'image/svg+xml', Buffer.from(content))]
    await ada.page.evaluate(give, { how: 'paste' as const, files, at: [500, 380] as const })
    await expect(said(ada.page, new RegExp(`“${name}” is`))).toBeVisible()
  }
  expect(await ada.elements()).toHaveLength(0)
})

test('UP9: a photo stands upright, and says no longer where it was taken', async ({ ada, server }) => {
  const photo = await ada.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(200, 100)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('No canvas')
    context.fillStyle = '#c8c8c8'
    context.fillRect(0, 0, 200, 100)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg' })
    return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())))
  })
  // EXIF that turns it by a quarter (orientation 6), with a place behind it.
  const exif = Buffer.concat([
    Buffer.from(
      'Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0',
      'latin1',
    ),
    Buffer.from('GPSLatitude 52.5200'),
  ])
  const jpeg = Buffer.from(photo, 'base64')
  const turned = Buffer.concat([jpeg.subarray(0, 2), jpegSegment(0xe1, exif), jpeg.subarray(2)])
  await ada.page.evaluate(give, {
    how: 'drop' as const,
    files: [fileOf('IMG_2041.jpg', 'image/jpeg', turned)],
    at: [500, 380] as const,
  })
  const [element] = await ada.sees(1)
  expect(element).toMatchObject({ natural: [100, 200], width: 100, height: 200, alt: '' })
  await ada.saved()
  const stored = await ada.page.request.get(
    `${server.url}/api/boards/${ada.boardId}/assets/${element?.asset}`,
  )
  const bytes = await stored.body()
  expect([bytes.includes('Exif'), bytes.includes('GPS')]).toEqual([false, false])
})

test('a picture that was added offline survives a reload, and reaches the peer once the server is back', async ({
  ada,
  bob,
  server,
}) => {
  const at = [500, 380] as const
  // What takes pictures in has been fetched once.
  await ada.page.evaluate(give, {
    how: 'drop' as const,
    files: [fileOf('a.png', 'image/png', red(20))],
    at: [200, 300] as const,
  })
  await ada.sees(1)
  await ada.saved()
  await ada.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await expect.poll(() => ada.page.evaluate(async () => (await caches.keys()).length)).toBeGreaterThan(1)

  await server.stop()
  await ada.page.evaluate(give, {
    how: 'drop' as const,
    files: [fileOf('b.png', 'image/png', red(SHADE))],
    at,
  })
  await ada.sees(2)
  await expect(ada.page.locator('[data-save-state="offline"]')).toBeVisible()
  await expect.poll(() => shadeAt(ada.page, at)).toBe(SHADE)
  await ada.page.reload()
  await ada.page.waitForFunction(() => 'drawbridge' in window)
  await ada.sees(2)
  await expect.poll(() => shadeAt(ada.page, at)).toBe(SHADE)

  await server.start()
  await ada.saved()
  await bob.sees(2)
  await expect.poll(() => shadeAt(bob.page, at), { timeout: 40_000 }).toBe(SHADE)
})
