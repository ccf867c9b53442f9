/**
 * Canvases only take notes of what they are told; drawing itself happens when somebody looks, or with the frame. Who wants
 * to know what drawing costs, to stay within a frame, has to have it done now.
 */

const newContext = (side: number, willReadFrequently: boolean): CanvasRenderingContext2D | null => {
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  return canvas.getContext('2d', { willReadFrequently })
}

/** Looks at one pixel of a canvas, by way of a canvas of one pixel: reading the large one itself could change how it is kept. */
const look = (canvas: HTMLCanvasElement, through: CanvasRenderingContext2D): void => {
  through.drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1)
  through.getImageData(0, 0, 1, 1)
}

/** Milliseconds from which on a look costs more than the drawing: the picture is then in the memory of a graphics card. */
const TOO_LONG = 0.25
const TRIALS = 3

/** What a look at next to nothing costs. */
const costOfLook = (through: CanvasRenderingContext2D): number => {
  const target = newContext(256, false)
  if (target === null) return Number.POSITIVE_INFINITY
  let least = Number.POSITIVE_INFINITY
  for (let trial = 0; trial < TRIALS; trial++) {
    target.fillRect(trial, 0, 1, 1)
    const start = performance.now()
    look(target.canvas, through)
    least = Math.min(least, performance.now() - start)
  }
  return least
}

/** Undefined until it is known; null where a graphics card draws beside this thread and looking would only wait for it. */
let through: CanvasRenderingContext2D | null | undefined

/** Has everything drawn now that a canvas was told so far, where this thread is the one that draws. */
export const flushCanvas = (canvas: HTMLCanvasElement): void => {
  if (through === undefined) {
    const candidate = newContext(1, true)
    through = candidate !== null && costOfLook(candidate) < TOO_LONG ? candidate : null
  }
  if (through !== null) look(canvas, through)
}
