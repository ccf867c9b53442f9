/** Runs in the reference page, whose canvas shows what a picture of the page under test must show. */

/** Hundredths: of the blocks that must show something, those that do not; of all pixels, those that changed. */
export interface Compared {
  readonly blank: number
  readonly changed: number
}

type Edges = readonly [left: number, top: number, right: number, bottom: number]

export interface Pictures {
  /** Two pictures of the page under test, as base64 of PNG. */
  readonly png: string
  readonly other: string
  /** Where something stands before the board, in CSS pixels. */
  readonly covered: readonly Edges[]
}

/** Side of a block in device pixels, and the part of it that has to be drawn on before it counts. */
const SIDE = 32
const DENSE = 0.3
/** What a channel must differ by to be seen. */
const SEEN = 10

type Color = readonly [red: number, green: number, blue: number]

const WHITE: Color = [255, 255, 255]

class Picture {
  readonly #data: Uint8ClampedArray
  readonly #width: number

  constructor(
    context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    width: number,
    height: number,
  ) {
    this.#data = context.getImageData(0, 0, width, height).data
    this.#width = width
  }

  at(x: number, y: number): Color {
    const offset = 4 * (y * this.#width + x)
    return [this.#data[offset] ?? 0, this.#data[offset + 1] ?? 0, this.#data[offset + 2] ?? 0]
  }

  /** The colour that most pixels of a coarse sample have. */
  paper(): Color {
    const counts = new Map<string, number>()
    for (let pixel = 0; pixel < this.#data.length / 4; pixel += 61) {
      const key = this.at(pixel % this.#width, Math.floor(pixel / this.#width)).join()
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    const [most = ''] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? []
    const [red = 255, green = 255, blue = 255] = most.split(',').map(Number)
    return [red, green, blue]
  }
}

const differ = (a: Color, b: Color): boolean =>
  Math.abs(a[0] - b[0]) > SEEN || Math.abs(a[1] - b[1]) > SEEN || Math.abs(a[2] - b[2]) > SEEN

/** How many pixels of a block the condition holds of. */
const countIn = (left: number, top: number, holds: (x: number, y: number) => boolean): number => {
  let count = 0
  for (let y = top; y < top + SIDE; y++) for (let x = left; x < left + SIDE; x++) if (holds(x, y)) count++
  return count
}

const blocks = function* (width: number, height: number, covered: readonly Edges[]) {
  const ratio = width / innerWidth
  const isCovered = (x: number, y: number): boolean =>
    covered.some(
      ([left, top, right, bottom]) =>
        x + SIDE > left * ratio && y + SIDE > top * ratio && x < right * ratio && y < bottom * ratio,
    )
  for (let y = 0; y + SIDE <= height; y += SIDE)
    for (let x = 0; x + SIDE <= width; x += SIDE) if (!isCovered(x, y)) yield [x, y] as const
}

const compare = async ({ png, other, covered }: Pictures): Promise<Compared> => {
  const context = document.querySelector('canvas')?.getContext('2d')
  if (!context) throw new Error('There is no canvas.')
  const { width, height } = context.canvas
  const read = async (text: string): Promise<Picture> => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    const copy = new OffscreenCanvas(width, height).getContext('2d')
    if (!copy) throw new Error('This browser cannot draw on a canvas')
    copy.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0, width, height)
    return new Picture(copy, width, height)
  }
  const [shown, later, wanted] = [await read(png), await read(other), new Picture(context, width, height)]
  const paper = shown.paper()
  let [must, blank, seen, changed] = [0, 0, 0, 0]
  for (const [left, top] of blocks(width, height, covered)) {
    seen += SIDE * SIDE
    changed += countIn(left, top, (x, y) => differ(shown.at(x, y), later.at(x, y)))
    const drawn = countIn(left, top, (x, y) => differ(wanted.at(x, y), WHITE))
    if (drawn < DENSE * SIDE * SIDE) continue
    must++
    if (countIn(left, top, (x, y) => differ(shown.at(x, y), paper)) === 0) blank++
  }
  return { blank: (100 * blank) / Math.max(1, must), changed: (100 * changed) / Math.max(1, seen) }
}

declare global {
  /** Only where this script was added. */
  var compareLooks: (pictures: Pictures) => Promise<Compared>
}

globalThis.compareLooks = compare
