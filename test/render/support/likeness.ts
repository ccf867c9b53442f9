import { newCanvas } from './scenes.ts'

/** How far two pictures of the same size are apart. */
export interface Likeness {
  /**
   * How far some pixel of one is at most from all that lies within a pixel of its place in the other, 0 to 255 of a
   * channel. Browsers smooth the same edge in slightly different ways where it is cut off at the border of a tile, as if
   * it lay a part of a pixel beside: that does not count here. What is missing, doubled or shifted does.
   */
  readonly stray: number
  /** How many pixels are further than `STRAY` from it, and how many further than `FAR`. */
  readonly strays: number
  readonly far: number
  /** The largest mean difference of a square of `BLOCK` pixels, 0 to 255: what is blurred or paler shows here. */
  readonly block: number
  /** The box round what strays, else round the worst square, in pixels: left, top, right, bottom. */
  readonly where: readonly [number, number, number, number]
  /** Both pictures and what differs, side by side, as a `data:` URL; null when they are alike. */
  readonly picture: string | null
}

/**
 * What may differ between two drawings of the same. Measured over all render cases, eight zooms and both themes, and over
 * random boards: thin hatching across tile borders strays on fewer than 80 pixels of 300,000, by 100 on a few where lines
 * cross; squares differ by 6, or by 14 where the foot of letters lies just between two pixels. A word that is missing
 * strays on hundreds; of what is drawn at half its scale squares differ by 26 and more.
 */
const LIMITS = { strays: 150, far: 15, block: 20 } as const
const STRAY = 24
const FAR = 80
const BLOCK = 16

type Pixels = Uint8ClampedArray

const WINDOW = [-1, 0, 1] as const

/** How far a channel's value at this place is outside of what the other picture has within a pixel of it. */
const strayAt = (
  value: number,
  other: Pixels,
  width: number,
  height: number,
  x: number,
  y: number,
  channel: number,
): number => {
  let [low, high] = [255, 0]
  for (const dy of WINDOW) {
    for (const dx of WINDOW) {
      const [column, row] = [x + dx, y + dy]
      if (column < 0 || row < 0 || column >= width || row >= height) continue
      const near = other[(row * width + column) * 4 + channel] ?? 0
      if (near < low) low = near
      if (near > high) high = near
    }
  }
  return Math.max(0, low - value, value - high)
}

const sideBySide = (a: ImageData, b: ImageData): string => {
  const { canvas, context } = newCanvas(a.width * 3, a.height)
  const shown = new ImageData(a.width, a.height)
  for (let index = 0; index < a.data.length; index += 4) {
    const off = [0, 1, 2].map((channel) =>
      Math.abs((a.data[index + channel] ?? 0) - (b.data[index + channel] ?? 0)),
    )
    const rest = Math.max(0, 255 - Math.max(...off) * 4)
    shown.data.set([255, rest, rest, 255], index)
  }
  context.putImageData(a, 0, 0)
  context.putImageData(b, a.width, 0)
  context.putImageData(shown, 2 * a.width, 0)
  return canvas.toDataURL('image/png')
}

export const likenessOf = (a: ImageData, b: ImageData): Likeness => {
  const { width, height } = a
  if (width !== b.width || height !== b.height) {
    throw new Error(`One is ${width} × ${height}, the other ${b.width} × ${b.height}`)
  }
  const columns = Math.ceil(width / BLOCK)
  const blocks = new Float64Array(columns * Math.ceil(height / BLOCK))
  let [stray, strays, far] = [0, 0, 0]
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let index = 0; index < a.data.length; index++) {
    const difference = Math.abs((a.data[index] ?? 0) - (b.data[index] ?? 0))
    if (difference === 0) continue
    const pixel = index >> 2
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    const block = Math.floor(y / BLOCK) * columns + Math.floor(x / BLOCK)
    blocks[block] = (blocks[block] ?? 0) + difference
    if (difference <= stray && difference <= STRAY) continue
    const beyond = Math.max(
      strayAt(a.data[index] ?? 0, b.data, width, height, x, y, index & 3),
      strayAt(b.data[index] ?? 0, a.data, width, height, x, y, index & 3),
    )
    stray = Math.max(stray, beyond)
    if (beyond <= STRAY) continue
    strays++
    if (beyond > FAR) far++
    ;[left, top] = [Math.min(left, x), Math.min(top, y)]
    ;[right, bottom] = [Math.max(right, x), Math.max(bottom, y)]
  }
  const worst = blocks.indexOf(Math.max(...blocks))
  if (right < 0) {
    ;[left, top] = [(worst % columns) * BLOCK, Math.floor(worst / columns) * BLOCK]
    ;[right, bottom] = [left + BLOCK, top + BLOCK]
  }
  const block = (blocks[worst] ?? 0) / (BLOCK * BLOCK * 3)
  const alike = strays <= LIMITS.strays && far <= LIMITS.far && block <= LIMITS.block
  return {
    stray,
    strays,
    far,
    block,
    where: [left, top, right, bottom],
    picture: alike ? null : sideBySide(a, b),
  }
}
