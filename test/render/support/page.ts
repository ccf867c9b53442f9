import { kinds } from '../../../whiteboard/elements/index.ts'
import { embeddedFontFaces, type FontFiles } from '../../../whiteboard/formats/embedded-fonts.ts'
import { pictureBox, startSvg } from '../../../whiteboard/formats/svg.ts'
import type { Box } from '../../../whiteboard/geometry/types.ts'
import type { Element } from '../../../whiteboard/model/element.ts'
import { paintElement } from '../../../whiteboard/model/paint-element.ts'
import type { Theme } from '../../../whiteboard/model/palette.ts'
import { shownPaper } from '../../../whiteboard/model/paper.ts'
import { createCanvasMeasurer } from '../../../whiteboard/render/canvas-measurer.ts'
import { createCanvasSurface } from '../../../whiteboard/render/canvas-surface.ts'
import { addFonts, type Font } from './fonts.ts'
import { loadImage, loadPictures, newCanvas, readElements, type Scene } from './scenes.ts'

export interface Difference {
  /** Of all channels of all pixels, 0 to 1. */
  readonly mean: number
  /** Part of the pixels that are off by more than `OFF` in some channel. */
  readonly off: number
  /** The mean of the square of `BLOCK` pixels in which it is largest: a missing line shows here, not in the whole. */
  readonly worst: number
  /** Both pictures and what differs, side by side, as a `data:` URL. */
  readonly picture: string
}

/** Board units round the elements. */
const MARGIN = 10
const OFF = 32
const BLOCK = 32

const fonts: Font[] = []

const bytesOf = async (url: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(url)).arrayBuffer())

const fontFiles: FontFiles = {
  get files() {
    return fonts.map(({ font, url }) => ({ font, url, range: '' }))
  },
  load: bytesOf,
}

const prepare = async (given: readonly Font[]): Promise<void> => {
  await addFonts(given)
  fonts.push(...given)
}

/** Whole units, so that both pictures lie alike on the pixels. */
const boxOf = (elements: readonly Element[]): Box => {
  const { minX, minY, maxX, maxY } = pictureBox(elements, kinds, MARGIN)
  return { minX: Math.floor(minX), minY: Math.floor(minY), maxX: Math.ceil(maxX), maxY: Math.ceil(maxY) }
}

/** As the board shows it, as a PNG in a `data:` URL. */
const paint = async (scene: Scene, theme: Theme): Promise<string> => {
  const elements = readElements(scene)
  const box = boxOf(elements)
  const pictures = await loadPictures(scene)
  const { canvas, context } = newCanvas(box.maxX - box.minX, box.maxY - box.minY)
  context.fillStyle = shownPaper(scene.paper ?? null, theme)
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.translate(-box.minX, -box.minY)
  const surface = createCanvasSurface(context, theme, 1, (asset) => {
    const picture = pictures.get(asset)
    return picture ? { ...picture, ratio: 1 } : null
  })
  const measure = createCanvasMeasurer()
  for (const element of elements) paintElement(surface, element, kinds, { measure, editing: false })
  return canvas.toDataURL('image/png')
}

/** The SVG export of the same, drawn by the browser as any page would, as a PNG in a `data:` URL. */
const paintSvg = async (scene: Scene, theme: Theme): Promise<string> => {
  const elements = readElements(scene)
  const box = boxOf(elements)
  const pictures = await loadPictures(scene)
  const drawing = startSvg(box, kinds, createCanvasMeasurer(), {
    theme,
    pictures,
    paper: scene.paper ?? null,
  })
  for (const element of elements) drawing.add(element)
  const svg = drawing.finish({ styles: await embeddedFontFaces(drawing.letters, fontFiles) })
  const { canvas, context } = newCanvas(box.maxX - box.minX, box.maxY - box.minY)
  const image = await loadImage(URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })))
  context.drawImage(image, 0, 0)
  return canvas.toDataURL('image/png')
}

const pixelsOf = (image: HTMLImageElement): ImageData => {
  const { context } = newCanvas(image.naturalWidth, image.naturalHeight)
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, image.naturalWidth, image.naturalHeight)
}

interface Sums {
  total: number
  off: number
  readonly blocks: number[]
}

const addPixel = (sums: Sums, a: ImageData, b: ImageData, shown: ImageData, pixel: number): void => {
  const channels = [0, 1, 2].map((channel) =>
    Math.abs((a.data[pixel * 4 + channel] ?? 0) - (b.data[pixel * 4 + channel] ?? 0)),
  )
  const columns = Math.ceil(a.width / BLOCK)
  const block =
    Math.floor(Math.floor(pixel / a.width) / BLOCK) * columns + Math.floor((pixel % a.width) / BLOCK)
  const sum = channels.reduce((all, value) => all + value, 0)
  sums.total += sum
  sums.blocks[block] = (sums.blocks[block] ?? 0) + sum
  const most = Math.max(...channels)
  if (most > OFF) sums.off += 1
  shown.data.set([255, 255 - most, 255 - most, 255], pixel * 4)
}

/** How far two pictures of the same size are apart. */
const compare = async (first: string, second: string): Promise<Difference> => {
  const images = [await loadImage(first), await loadImage(second)] as const
  const [a, b] = [pixelsOf(images[0]), pixelsOf(images[1])]
  const { canvas, context } = newCanvas(a.width * 3, Math.max(a.height, b.height))
  if (a.width !== b.width || a.height !== b.height) {
    throw new Error(`One is ${a.width} × ${a.height}, the other ${b.width} × ${b.height}`)
  }
  const shown = new ImageData(a.width, a.height)
  const sums: Sums = { total: 0, off: 0, blocks: [] }
  const count = a.width * a.height
  for (let pixel = 0; pixel < count; pixel++) addPixel(sums, a, b, shown, pixel)
  context.drawImage(images[0], 0, 0)
  context.drawImage(images[1], a.width, 0)
  context.putImageData(shown, 2 * a.width, 0)
  return {
    mean: sums.total / (count * 3 * 255),
    off: sums.off / count,
    worst: Math.max(...sums.blocks) / (BLOCK * BLOCK * 3 * 255),
    picture: canvas.toDataURL('image/png'),
  }
}

export const inPage = { prepare, paint, paintSvg, compare }
Object.assign(globalThis, { inPage })
