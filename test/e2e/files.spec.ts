import type { Page } from '@playwright/test'
import { makeExcalidrawFile } from '../support/excalidraw-files.ts'
import { createRandom } from '../support/random.ts'
import { expect, test } from './support/fixtures.ts'
import type { Person } from './support/person.ts'

interface Report {
  readonly added: number
  readonly skipped: readonly { readonly id: string; readonly reason: string }[]
}

interface FileHandle {
  editor: {
    importFile(file: Blob, name: string): Promise<Report>
    exportFile(options: Record<string, unknown>): Promise<Blob>
  }
}

/** Exports in the page; the file as a string of which each letter is a byte. */
const exported = (person: Person, options: Record<string, unknown>): Promise<string> =>
  person.page.evaluate(async (wanted) => {
    const { drawbridge } = window as unknown as { drawbridge: FileHandle }
    const bytes = new Uint8Array(await (await drawbridge.editor.exportFile(wanted)).arrayBuffer())
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  }, options)

const imported = (person: Person, bytes: string, name: string): Promise<Report> =>
  person.page.evaluate(
    async ({ letters, called }) => {
      const { drawbridge } = window as unknown as { drawbridge: FileHandle }
      const file = new Blob([Uint8Array.from(letters, (letter) => letter.charCodeAt(0))])
      return drawbridge.editor.importFile(file, called)
    },
    { letters: bytes, called: name },
  )

/** A file of text, as `imported` takes it. */
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

const textOf = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')

/** Lets go of a file over an element of the page, as a hand would. */
const drop = async (page: Page, target: string, name: string, content: string): Promise<void> => {
  const transfer = await page.evaluateHandle(
    ([called, written]) => {
      const data = new DataTransfer()
      data.items.add(new File([written ?? ''], called ?? ''))
      return data
    },
    [name, content],
  )
  for (const type of ['dragover', 'drop']) {
    await page.dispatchEvent(target, type, { dataTransfer: transfer, clientX: 600, clientY: 400 })
  }
}

const DRAWN = [
  { type: 'rectangle', x: 1 / 3, y: 10, width: 120, height: 80, text: 'Plan', roughness: 1 },
  { type: 'star', x: 200, y: 10, width: 90, height: 90, fillStyle: 'hachure' },
  { type: 'sticky', x: 400, y: 10, text: 'A note' },
  { type: 'text', x: 0, y: 200, text: 'Words of some length', fontFamily: 'serif' },
]

const draw = async (person: Person): Promise<string> => {
  await person.handle((handle, drawn) => handle.editor.create(drawn), DRAWN)
  await person.draw('p', [700, 500], [760, 560], [820, 500])
  await person.saved()
  return person.picture()
}

/** Everything but the places in the order, which are the board's to give. */
const bare = (picture: string): unknown =>
  (JSON.parse(picture) as Record<string, unknown>[]).map(({ order: _order, ...element }) => element)

for (const format of ['png', 'svg', 'excalidraw', 'json']) {
  test(`a board that was exported as ${format} opens again as it was`, async ({ ada }) => {
    const before = await draw(ada)
    const file = await exported(ada, { format, scale: 2, dark: format === 'png' })
    await ada.handle((handle) => handle.editor.delete(handle.editor.elements().map(({ id }) => id)), null)
    await ada.sees(0)
    expect(await imported(ada, file, `board.${format}`)).toEqual({ added: 5, skipped: [] })
    expect(bare(await ada.picture())).toEqual(bare(before))
  })
}

test('pictures are as large and as see-through as asked for, and carry their fonts', async ({ ada }) => {
  await ada.handle(
    (handle) =>
      handle.editor.create([
        { type: 'text', x: 0, y: 0, text: 'Words' },
        { type: 'rectangle', x: 0, y: 50, width: 100, height: 50 },
      ]),
    null,
  )
  const seen = async (options: Record<string, unknown>) => {
    const bytes = await exported(ada, { format: 'png', padding: 10, embedScene: false, ...options })
    return ada.page.evaluate(async (letters) => {
      const blob = new Blob([Uint8Array.from(letters, (letter) => letter.charCodeAt(0))], {
        type: 'image/png',
      })
      const picture = await createImageBitmap(blob)
      const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
      context?.drawImage(picture, 0, 0)
      return { width: picture.width, corner: [...(context?.getImageData(1, 1, 1, 1).data ?? [])] }
    }, bytes)
  }
  const [once, twice] = [await seen({ scale: 1 }), await seen({ scale: 2, transparent: true })]
  expect(Math.abs(twice.width - once.width * 2)).toBeLessThanOrEqual(1)
  expect(once.corner[3]).toBe(255)
  expect(twice.corner[3]).toBe(0)
  expect((await seen({ dark: true })).corner[0]).toBeLessThan(80)
  const svg = textOf(await exported(ada, { format: 'svg', embedScene: false }))
  expect(svg).toMatch(/@font-face[^}]*Shantell Sans[^}]*data:font\/woff2/)
  expect(svg).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
})

test('an Excalidraw file comes out of the browser as it went in', async ({ ada }) => {
  const { elements } = makeExcalidrawFile(createRandom(5), 40)
  const plain = elements.filter(({ type }) => type !== 'image')
  const file = JSON.stringify({ type: 'excalidraw', version: 2, elements: plain, files: {} })
  expect(await imported(ada, bytesOf(file), 'made.excalidraw')).toMatchObject({ skipped: [] })
  await ada.saved()
  await ada.page.reload()
  await ada.ready()
  const out = JSON.parse(textOf(await exported(ada, { format: 'excalidraw' }))) as {
    elements: { id: string }[]
  }
  const byId = new Map(out.elements.map((element) => [element.id, element]))
  for (const element of plain) expect(byId.get(String(element.id))).toEqual(element)
})

test('pictures of an Excalidraw file come along, in and out, by file and by clipboard', async ({
  ada,
  server,
}) => {
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const dataURL = await ada.page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 30
    canvas.height = 20
    canvas.getContext('2d')?.fillRect(0, 0, 15, 20)
    return canvas.toDataURL('image/png')
  })
  const image = {
    id: 'i',
    type: 'image',
    x: 0,
    y: 0,
    width: 300,
    height: 200,
    fileId: 'their-file',
    status: 'saved',
    scale: [1, 1],
  }
  const file = {
    type: 'excalidraw',
    elements: [image],
    files: { 'their-file': { id: 'their-file', mimeType: 'image/png', dataURL } },
  }
  expect(await imported(ada, JSON.stringify(file), 'a.excalidraw')).toEqual({ added: 1, skipped: [] })
  const [element] = await ada.elements()
  expect(element?.asset).toMatch(/^[0-9a-f]{64}$/)
  expect(element?.natural).toEqual([30, 20])
  const out = JSON.parse(textOf(await exported(ada, { format: 'excalidraw' })))
  expect(out.elements).toEqual([image])
  expect(out.files['their-file'].dataURL).toMatch(/^data:image\/png;base64,/)
  expect(textOf(await exported(ada, { format: 'svg' }))).toContain('href="data:image/png')
  await ada.saved()
  await ada.page.keyboard.press('Control+a')
  await ada.page.keyboard.press('Control+c')
  await expect
    .poll(() => ada.page.evaluate(() => navigator.clipboard.readText()))
    .toContain('data:image/png;base64')
  await ada.startDrawing(server.url)
  await ada.page.keyboard.press('Control+v')
  await ada.saved()
  expect(await ada.sees(1)).toMatchObject([{ type: 'image', asset: element?.asset }])
})

test('five thousand elements come in at once, are saved, and go with one undo', async ({ ada }) => {
  test.slow()
  const saved = () => expect(ada.page.locator('[data-save-state="saved"]')).toBeVisible({ timeout: 60_000 })
  const { elements } = makeExcalidrawFile(createRandom(9), 5_000)
  const plain = elements.filter(({ type }) => type !== 'image')
  const file = JSON.stringify({ type: 'excalidraw', version: 2, elements: plain, files: {} })
  const { added, skipped } = await imported(ada, bytesOf(file), 'large.excalidraw')
  expect(skipped).toEqual([])
  await saved()
  await ada.page.reload()
  await ada.page.waitForFunction(() => 'drawbridge' in window)
  await saved()
  expect((await ada.elements()).length).toBe(added)
  expect(await imported(ada, bytesOf(file), 'again.excalidraw')).toMatchObject({ added })
  await ada.handle((handle) => handle.editor.undo(), null)
  expect((await ada.elements()).length).toBe(added)
})

test('a file dropped on the board is opened there, and what is bad in it is reported', async ({ ada }) => {
  const file = {
    type: 'excalidraw',
    elements: [
      { id: 'good', type: 'ellipse', x: 0, y: 0, width: 50, height: 50 },
      { id: 'bad', type: 5 },
      null,
    ],
  }
  await drop(ada.page, '[data-board-canvas]', 'half.excalidraw', JSON.stringify(file))
  const report = ada.page.getByRole('dialog', { name: 'Not all of it could be opened' })
  await expect(report).toContainText('half.excalidraw: 1 element on the board, 2 left out.')
  await report.getByRole('button', { name: 'Close' }).last().click()
  await ada.sees(1)
  await drop(ada.page, '[data-board-canvas]', 'notes.txt', 'no drawing at all')
  await expect(ada.page.getByText('This is not a drawing that can be opened here').first()).toBeVisible()
})

test('a file dropped on the list of boards becomes a board of its own', async ({ ada, server }) => {
  await ada.page.goto(`${server.url}/boards`)
  const file = {
    type: 'excalidraw',
    elements: [{ id: 'one', type: 'diamond', x: 0, y: 0, width: 50, height: 50 }],
  }
  // The list of boards is fetched by the page itself: it takes files from then on.
  await expect(ada.page.getByRole('article')).toHaveCount(1)
  await drop(ada.page, 'main', 'Road map.excalidraw', JSON.stringify(file))
  await ada.page.waitForURL(/\/b\//)
  await ada.ready()
  expect(await ada.sees(1)).toMatchObject([{ id: 'one', type: 'diamond' }])
  await expect(ada.page).toHaveTitle(/Road map/)
  await ada.saved()
  await ada.page.reload()
  await ada.ready()
  expect(await ada.elements()).toHaveLength(1)
})

test('the export dialog shows the picture, and downloads what opens again', async ({ ada }) => {
  await draw(ada)
  await ada.page.keyboard.press('Control+Shift+e')
  const dialog = ada.page.getByRole('dialog', { name: 'Export' })
  await expect(dialog.getByRole('img', { name: 'How it will look' })).toBeVisible()
  await expect(dialog.getByText(/pixels/)).toBeVisible()
  const downloading = ada.page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/\.png$/)
  await expect(dialog).toBeHidden()
})

test('the library keeps what is selected, and puts it on boards by click and by drag', async ({
  ada,
  server,
}) => {
  const openLibrary = async () => {
    await ada.page.getByRole('button', { name: /menu/i }).first().click()
    await ada.page.getByRole('menuitem', { name: 'Library' }).click()
    return ada.page.getByRole('region', { name: 'Library' })
  }
  await ada.draw('r', [500, 300], [600, 380])
  const library = await openLibrary()
  await library.getByRole('button', { name: 'Add' }).click()
  const item = library.getByRole('button', { name: 'Put on the board: Item 1' })
  await expect(item.locator('img')).toBeVisible()
  await ada.startDrawing(server.url)
  await openLibrary()
  await item.click()
  await ada.sees(1)
  await item.dragTo(ada.page.locator('[data-board-canvas]'), { targetPosition: { x: 300, y: 600 } })
  const [, dragged] = await ada.sees(2)
  expect(dragged).toMatchObject({ type: 'rectangle', width: 100, height: 80 })
  const { x, y, zoom } = await ada.handle((handle) => handle.editor.camera, null)
  expect(((dragged?.x ?? 0) + 50 - x) * zoom).toBeCloseTo(300, 0)
  expect(((dragged?.y ?? 0) + 40 - y) * zoom).toBeCloseTo(600, 0)
})

test('the keys for files save one and open it', async ({ ada }) => {
  await draw(ada)
  const saving = ada.page.waitForEvent('download')
  await ada.page.keyboard.press('Control+s')
  const saved = await saving
  expect(saved.suggestedFilename()).toMatch(/\.drawbridge$/)
  const choosing = ada.page.waitForEvent('filechooser')
  await ada.page.keyboard.press('Control+o')
  await (await choosing).setFiles(await saved.path())
  await ada.sees(10)
  await expect(ada.page.getByText(/^Opened .*: 5 elements$/).first()).toBeVisible()
})

test('a long export tells how far it is, and can be called off', async ({ ada }) => {
  const told = await ada.page.evaluate(async () => {
    const { drawbridge } = window as unknown as {
      drawbridge: FileHandle & { editor: { create(elements: unknown[]): string[] } }
    }
    const place = (at: number) => ({
      x: (at % 80) * 120,
      y: Math.floor(at / 80) * 90,
      width: 100,
      height: 70,
    })
    drawbridge.editor.create(
      Array.from({ length: 4_000 }, (_, at) => ({
        type: 'cloud',
        roughness: 2,
        fillStyle: 'hachure',
        ...place(at),
      })),
    )
    const controller = new AbortController()
    const steps: number[] = []
    const onProgress = (done: number) => {
      steps.push(done)
      if (steps.length === 3) controller.abort()
    }
    const options = { format: 'png', scale: 1, signal: controller.signal, onProgress }
    const outcome = await drawbridge.editor.exportFile(options).then(
      () => 'done',
      (error: unknown) => (error instanceof Error ? error.name : 'failed'),
    )
    return { outcome, steps }
  })
  expect(told.outcome).toBe('AbortError')
  expect(told.steps).toHaveLength(3)
  expect(told.steps).toEqual([...told.steps].sort((a, b) => a - b))
  expect(told.steps[2]).toBeLessThan(0.9)
})

test('what is copied goes from board to board, and to Excalidraw', async ({ ada, server }) => {
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await draw(ada)
  await ada.page.keyboard.press('Control+a')
  await ada.page.keyboard.press('Control+c')
  const text = await ada.page.evaluate(() => navigator.clipboard.readText())
  expect(JSON.parse(text)).toMatchObject({ type: 'excalidraw/clipboard' })
  await ada.page.goto(server.url)
  await ada.page.getByRole('button', { name: 'Start drawing' }).first().click()
  await ada.page.waitForURL(/\/b\//)
  await ada.ready()
  await ada.page.mouse.move(600, 400)
  await ada.page.keyboard.press('Control+v')
  const pasted = await ada.sees(5)
  expect(pasted.map(({ type }) => type).sort()).toEqual(['ink', 'rectangle', 'star', 'sticky', 'text'])
  await ada.page.keyboard.press('Control+x')
  await ada.sees(0)
  await ada.page.evaluate(() => navigator.clipboard.writeText('one\ntwo'))
  await ada.page.keyboard.press('Control+v')
  await ada.sees(2)
  await ada.page.keyboard.press('Control+Shift+v')
  expect((await ada.sees(3)).map(({ text: words }) => words)).toContain('one\ntwo')
})
