import { deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { makePng } from '../../test/support/pictures.ts'
import { toByteString } from '../model/base64.ts'
import { EXCALIDRAW_MIME } from './excalidraw/file.ts'
import { FileFault } from './faults.ts'
import { inspectImage } from './images/inspect.ts'
import { openFile } from './open.ts'
import { readPngText, withPngText } from './png-chunk.ts'
import { packScene, unpackScene } from './scene-payload.ts'
import { readSvgPayload, svgPayload } from './svg-payload.ts'

const scene = JSON.stringify({
  type: 'excalidraw',
  version: 2,
  elements: [{ id: 'ä', text: 'שלום 🎉 \u0000' }],
})

const opening = (content: BlobPart) => openFile(new Blob([content]))
const pngWith = async (text: string) => withPngText(new Uint8Array(makePng()), EXCALIDRAW_MIME, text)

describe('pictures that carry their drawing', () => {
  it('a PNG gives back what was put into it, and stays the picture that it was', async () => {
    const png = await pngWith(await packScene(scene))
    expect(await unpackScene(readPngText(png, EXCALIDRAW_MIME) ?? '')).toBe(scene)
    expect(await opening(png)).toEqual({ type: 'excalidraw', content: JSON.parse(scene) })
    expect(png.subarray(-12)).toEqual(new Uint8Array(makePng()).subarray(-12))
    const inspected = inspectImage(png)
    expect(inspected.ok && inspected.image.bytes).toEqual(new Uint8Array(makePng()))
  })

  it('is packed as others unpack it: zlib, its bytes as letters', async () => {
    const { version, encoding, compressed, encoded } = JSON.parse(await packScene(scene))
    expect({ version, encoding, compressed }).toEqual({ version: '1', encoding: 'bstring', compressed: true })
    expect(inflateSync(Buffer.from(encoded, 'latin1')).toString('utf8')).toBe(scene)
  })

  it('an SVG does, in both forms that there are', async () => {
    const svg = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">${svgPayload(EXCALIDRAW_MIME, await packScene(scene))}</svg>`
    expect(await opening(svg)).toEqual({ type: 'excalidraw', content: JSON.parse(scene) })
    const first = `payload-type:${EXCALIDRAW_MIME} --><!-- payload-version:1 --><!-- payload-start -->${Buffer.from(scene, 'utf8').toString('base64')}<!-- payload-end -->`
    expect(readSvgPayload(first, EXCALIDRAW_MIME)).toBe(scene)
  })

  it('the oldest form is the scene itself', async () => {
    const plain = JSON.stringify({ type: 'excalidraw', elements: [] })
    expect(await opening(await pngWith(plain))).toMatchObject({ type: 'excalidraw' })
  })

  it('without a drawing they are pictures', async () => {
    expect(await opening(new Uint8Array(makePng()))).toEqual({ type: 'picture' })
    expect(await opening('<svg xmlns="http://www.w3.org/2000/svg"/>')).toEqual({ type: 'picture' })
    expect(await opening(await pngWith('{"nothing":1}'))).toEqual({ type: 'picture' })
  })

  it('CT11: what unpacks to more than a limit is refused before it is all unpacked', async () => {
    const bomb = JSON.stringify({
      version: '1',
      encoding: 'bstring',
      compressed: true,
      encoded: toByteString(deflateSync(Buffer.alloc(8 * 1024 * 1024))),
    })
    expect(bomb.length).toBeLessThan(60_000)
    await expect(unpackScene(bomb, 1024 * 1024)).rejects.toThrow(/too large/)
    const cut = JSON.stringify({
      compressed: true,
      encoded: toByteString(deflateSync(Buffer.from(scene)).subarray(0, 20)),
    })
    await expect(unpackScene(cut)).rejects.toThrow(FileFault)
  })
})

describe('opening a file', () => {
  it('goes by what is in it', async () => {
    expect(await opening(scene)).toMatchObject({ type: 'excalidraw' })
    expect(await opening('{"type":"excalidraw/clipboard","elements":[]}')).toMatchObject({
      type: 'excalidraw',
    })
    expect(await opening('{"type":"drawbridge","version":1,"elements":[]}')).toMatchObject({
      type: 'drawbridge',
    })
    expect(await opening('{"type":"excalidrawlib","library":[[]]}')).toMatchObject({ type: 'library' })
  })

  it.each([
    ['nothing', '', /not a drawing/],
    ['words', 'hello', /not a drawing/],
    ['a list', '[1]', /not a drawing/],
    ['other JSON', '{"type":"other","elements":[]}', /not a drawing/],
    ['broken JSON', '{"type":"excalidraw","elements":[', /damaged/],
    ['a spreadsheet', '=cmd|calc', /not a drawing/],
  ])('says what is wrong with %s', async (_, content, words) => {
    await expect(opening(content)).rejects.toThrow(words)
    await expect(opening(content)).rejects.toThrow(FileFault)
  })

  it('CT11: has bounds that it tells', async () => {
    const elements = `[${'{},'.repeat(999_999)}{}]`
    await expect(opening(`{"type":"excalidraw","elements":${elements}}`)).rejects.toThrow(
      /1,000,000 elements/,
    )
    const huge = {
      size: 2 ** 30,
      arrayBuffer: () => Promise.reject(new Error('was read')),
    } as unknown as Blob
    await expect(openFile(huge)).rejects.toThrow(/too large/)
  })

  it('CT11: survives nesting without end', async () => {
    const depth = 100_000
    const nested = `{"type":"excalidraw","elements":[${'['.repeat(depth)}${']'.repeat(depth)}]}`
    const answer = await opening(nested).catch((error: unknown) => error)
    expect(answer instanceof FileFault || (answer as { type: string }).type === 'excalidraw').toBe(true)
  })
})
