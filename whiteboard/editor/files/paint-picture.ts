import type { Box } from '../../geometry/types.ts'
import type { Color, Element } from '../../model/element.ts'
import { paintedBounds } from '../../model/element-index.ts'
import type { KindRegistry } from '../../model/kind.ts'
import { paintElement } from '../../model/paint-element.ts'
import { shownColor, type Theme, themeColors } from '../../model/palette.ts'
import type { TextMeasurer } from '../../model/surface.ts'
import { createCanvasSurface, type FindPicture } from '../../render/canvas-surface.ts'

/** Pixels of a side and of a whole canvas that all usual browsers can hold. */
const MAX_SIDE = 16_000
const MAX_PIXELS = 64_000_000

/** Milliseconds of work after which the page gets a turn. */
const TURN = 20

/** The scale asked for, or the largest below it in which a picture of this part of the board can be made. */
export const fittingScale = ({ minX, minY, maxX, maxY }: Box, wanted: number): number => {
  const [width, height] = [maxX - minX, maxY - minY]
  return Math.min(wanted, MAX_SIDE / width, MAX_SIDE / height, Math.sqrt(MAX_PIXELS / (width * height)))
}

export const throwIfAborted = (signal: AbortSignal | undefined): void => signal?.throwIfAborted()

interface Turns {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((done: number) => void) | undefined
}

/** Hands out items one by one and lets the page breathe in between. Throws when it is called off. */
export async function* turns<Item>(
  items: readonly Item[],
  { signal, onProgress }: Turns,
): AsyncGenerator<Item> {
  let began = performance.now()
  for (const [index, item] of items.entries()) {
    throwIfAborted(signal)
    if (performance.now() - began > TURN) {
      onProgress?.(index / items.length)
      await new Promise((resolve) => setTimeout(resolve))
      throwIfAborted(signal)
      began = performance.now()
    }
    yield item
  }
}

export interface PaintOptions extends Turns {
  /** In drawing order. */
  readonly elements: readonly Element[]
  /** The part of the board that is shown. */
  readonly box: Box
  readonly kinds: KindRegistry
  readonly measure: TextMeasurer
  readonly theme: Theme
  readonly background: boolean
  readonly paper: Color | null
  /** Pixels for each board unit. */
  readonly scale: number
  readonly pictures: FindPicture
}

/** Paints elements on a canvas of their own, a few at a time, and resolves with it as PNG. */
export const paintPicture = async (options: PaintOptions): Promise<Blob> => {
  const { elements, box, kinds, measure, theme, scale, paper } = options
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.ceil((box.maxX - box.minX) * scale))
  canvas.height = Math.max(1, Math.ceil((box.maxY - box.minY) * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser has no room for a picture of this size.')
  if (options.background) {
    context.fillStyle = paper === null ? themeColors[theme].background : shownColor(paper, theme)
    context.fillRect(0, 0, canvas.width, canvas.height)
  }
  context.setTransform(scale, 0, 0, scale, -box.minX * scale, -box.minY * scale)
  const surface = createCanvasSurface(context, theme, scale, options.pictures)
  for await (const element of turns(elements, options)) {
    const { minX, minY, maxX, maxY } = paintedBounds(element, kinds)
    surface.limit({
      minX: (minX - box.minX) * scale,
      minY: (minY - box.minY) * scale,
      maxX: (maxX - box.minX) * scale,
      maxY: (maxY - box.minY) * scale,
    })
    paintElement(surface, element, kinds, { measure, editing: false })
  }
  return encoded(canvas)
}

const encoded = async (canvas: HTMLCanvasElement): Promise<Blob> => {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  // Gives the memory back at once: some browsers keep large canvases for long.
  canvas.width = 0
  canvas.height = 0
  if (!blob) throw new Error('This browser has no room for a picture of this size. Try a smaller scale.')
  return blob
}
