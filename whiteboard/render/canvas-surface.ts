import type { Box, Vec } from '../geometry/types.ts'
import { dashesAlong } from '../model/dashes.ts'
import type { Color } from '../model/element.ts'
import { shownColor, type Theme } from '../model/palette.ts'
import type { AssetId, Flip, Path, StrokeStyle, Surface, TextLine, TextStyle } from '../model/surface.ts'
import { cssFont } from '../model/text/fonts.ts'

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Paths are immutable, so a long one is handed to the browser once for as long as it lives. */
const converted = new WeakMap<Path, Path2D>()

/** What paths are told to: the canvas itself, or an object that keeps them. */
type Tracer = Pick<Path2D, 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'>

const trace = (path: Path, tracer: Tracer): void => {
  for (const command of path) {
    if (command[0] === 'M') tracer.moveTo(command[1], command[2])
    else if (command[0] === 'L') tracer.lineTo(command[1], command[2])
    else if (command[0] === 'Q') tracer.quadraticCurveTo(command[1], command[2], command[3], command[4])
    else if (command[0] === 'C') {
      tracer.bezierCurveTo(command[1], command[2], command[3], command[4], command[5], command[6])
    } else tracer.closePath()
  }
}

const toPath2D = (path: Path): Path2D => {
  const known = converted.get(path)
  if (known !== undefined) return known
  const made = new Path2D()
  trace(path, made)
  converted.set(path, made)
  return made
}

/** Commands up to which a path is told anew each time, rather than kept. */
const SHORT = 16

/** Draws on a 2D canvas. Its context's transform must already lead from board units to the canvas' pixels. */
export interface CanvasSurface extends Surface {
  /** The part of the canvas, in its pixels, that is drawn next may touch: keeps fading from costing the whole canvas. */
  limit(box: Box): void
}

/** One canvas on which faded elements are put together before they are laid down; grows to the largest one asked for. */
const scratch = (() => {
  const stack: Context[] = []
  return {
    take(width: number, height: number): Context {
      const context =
        stack.pop() ?? document.createElement('canvas').getContext('2d', { willReadFrequently: false })
      if (context === null) throw new Error('No canvas is left')
      if (context.canvas.width < width) context.canvas.width = width
      if (context.canvas.height < height) context.canvas.height = height
      return context
    },
    give(context: Context): void {
      stack.push(context)
    },
  }
})()

const clampedPixels = (box: Box, canvas: { width: number; height: number }) => {
  const left = Math.max(0, Math.floor(box.minX) - 1)
  const top = Math.max(0, Math.floor(box.minY) - 1)
  const right = Math.min(canvas.width, Math.ceil(box.maxX) + 1)
  const bottom = Math.min(canvas.height, Math.ceil(box.maxY) + 1)
  return { left, top, width: right - left, height: bottom - top }
}

const EVERYTHING: Box = {
  minX: Number.NEGATIVE_INFINITY,
  minY: Number.NEGATIVE_INFINITY,
  maxX: Number.POSITIVE_INFINITY,
  maxY: Number.POSITIVE_INFINITY,
}

/** Device pixels; more than any canvas is wide. */
const OUT_OF_SIGHT = 20_000

/** A wide soft shadow and a narrow one; blur and offset in board units. */
const SHADOWS = {
  light: [
    { color: 'rgb(70 58 28 / 0.2)', blur: 14, offset: 5 },
    { color: 'rgb(70 58 28 / 0.18)', blur: 3, offset: 1 },
  ],
  dark: [
    { color: 'rgb(0 0 0 / 0.38)', blur: 14, offset: 5 },
    { color: 'rgb(0 0 0 / 0.32)', blur: 3, offset: 1 },
  ],
} as const

/** A stored picture that has arrived, possibly made smaller by `ratio`; width and height are its own pixels. */
export interface LoadedPicture {
  readonly image: CanvasImageSource
  readonly width: number
  readonly height: number
  readonly ratio: number
}

/** Finds a picture that is to be drawn at `ratio` canvas pixels per pixel of its own; null while it is not here. */
export type FindPicture = (asset: AssetId, ratio: number) => LoadedPicture | null

const noPictures: FindPicture = () => null

/** @param scale Canvas pixels per board unit. */
export const createCanvasSurface = (
  target: Context,
  theme: Theme,
  scale: number,
  pictures: FindPicture = noPictures,
): CanvasSurface => new PaintedCanvas(target, theme, scale, pictures)

class PaintedCanvas implements CanvasSurface {
  readonly scale: number
  readonly #theme: Theme
  readonly #pictures: FindPicture
  /** What is drawn on now: the target, or a scratch canvas while something is faded. */
  #context: Context
  #touched = EVERYTHING

  constructor(target: Context, theme: Theme, scale: number, pictures: FindPicture) {
    this.#context = target
    this.#pictures = pictures
    this.#theme = theme
    this.scale = scale
  }

  limit(box: Box): void {
    this.#touched = box
  }

  transformed(origin: Vec, rotation: number, pivot: Vec, draw: () => void): void {
    if (rotation === 0) {
      this.#moved(origin, draw)
      return
    }
    this.#kept((context) => {
      context.translate(origin[0] + pivot[0], origin[1] + pivot[1])
      context.rotate(rotation)
      context.translate(-pivot[0], -pivot[1])
      draw()
    })
  }

  faded(opacity: number, draw: () => void): void {
    if (opacity >= 1) draw()
    else if (opacity > 0) this.#fadeThrough(opacity, draw)
  }

  clipped(path: Path, draw: () => void): void {
    this.#kept((context) => {
      context.clip(toPath2D(path))
      draw()
    })
  }

  /** Light ink darkens what is under it; on a dark board it lightens it. */
  highlighted(draw: () => void): void {
    this.#kept((context) => {
      context.globalCompositeOperation = this.#theme === 'light' ? 'multiply' : 'lighten'
      draw()
    })
  }

  image(asset: AssetId, from: Box | null, to: Box, flip?: Flip): boolean {
    const toWidth = to.maxX - to.minX
    const picture = this.#pictures(asset, from ? (toWidth * this.scale) / (from.maxX - from.minX) : 1)
    if (picture === null) return false
    const { image, width, height, ratio } = picture
    const part = from ?? { minX: 0, minY: 0, maxX: width, maxY: height }
    this.#kept((context) => {
      context.imageSmoothingQuality = 'high'
      if (flip?.[0] || flip?.[1]) {
        context.translate(flip[0] ? to.minX + to.maxX : 0, flip[1] ? to.minY + to.maxY : 0)
        context.scale(flip[0] ? -1 : 1, flip[1] ? -1 : 1)
      }
      context.drawImage(
        image,
        part.minX * ratio,
        part.minY * ratio,
        (part.maxX - part.minX) * ratio,
        (part.maxY - part.minY) * ratio,
        to.minX,
        to.minY,
        toWidth,
        to.maxY - to.minY,
      )
    })
    return true
  }

  fill(path: Path, color: Color, opacity = 1): void {
    const context = this.#context
    context.fillStyle = shownColor(color, this.#theme)
    const before = context.globalAlpha
    if (opacity < 1) context.globalAlpha = before * opacity
    if (path.length > SHORT) context.fill(toPath2D(path))
    else {
      context.beginPath()
      trace(path, context)
      context.fill()
    }
    if (opacity < 1) context.globalAlpha = before
  }

  stroke(path: Path, style: StrokeStyle): void {
    if (!(style.width > 0)) return
    const context = this.#context
    context.strokeStyle = shownColor(style.color, this.#theme)
    context.lineWidth = style.width
    context.lineJoin = 'round'
    context.lineCap = 'round'
    context.setLineDash(style.dash === 'solid' ? [] : [...dashesAlong(path, style.dash, style.width)])
    if (path.length > SHORT) context.stroke(toPath2D(path))
    else {
      context.beginPath()
      trace(path, context)
      context.stroke()
    }
  }

  text(lines: readonly TextLine[], style: TextStyle): void {
    const context = this.#context
    context.font = cssFont(style.family, style.size)
    context.fillStyle = shownColor(style.color, this.#theme)
    context.textAlign = style.align
    context.textBaseline = 'alphabetic'
    context.textRendering = 'geometricPrecision'
    const before = context.globalAlpha
    context.globalAlpha = before * (style.opacity ?? 1)
    for (const line of lines) {
      if (line.text === '') continue
      context.direction = line.rightToLeft ? 'rtl' : 'ltr'
      context.fillText(line.text, line.x, line.baseline)
    }
    context.globalAlpha = before
  }

  /** Only the shadow lands on the canvas: its shape is drawn far to the left. Blur and offset are in device pixels. */
  shadow(path: Path): void {
    this.#kept((context) => {
      const { a, b, c, d, e, f } = context.getTransform()
      context.setTransform(a, b, c, d, e - OUT_OF_SIGHT, f)
      context.fillStyle = '#000000'
      context.shadowOffsetX = OUT_OF_SIGHT
      for (const { color, blur, offset } of SHADOWS[this.#theme]) {
        context.shadowColor = color
        context.shadowBlur = blur * this.scale
        context.shadowOffsetY = offset * this.scale
        context.fill(toPath2D(path))
      }
    })
  }

  /** Moving forth and back again is exact enough, and costs less than remembering how it was. */
  #moved([x, y]: Vec, draw: () => void): void {
    const context = this.#context
    context.translate(x, y)
    try {
      draw()
    } finally {
      context.translate(-x, -y)
    }
  }

  #kept(draw: (context: Context) => void): void {
    const context = this.#context
    context.save()
    try {
      draw(context)
    } finally {
      context.restore()
    }
  }

  #fadeThrough(opacity: number, draw: () => void): void {
    const outer = this.#context
    const { left, top, width, height } = clampedPixels(this.#touched, outer.canvas)
    if (width <= 0 || height <= 0) return
    const inner = scratch.take(width, height)
    inner.setTransform(1, 0, 0, 1, 0, 0)
    inner.clearRect(0, 0, width, height)
    const { a, b, c, d, e, f } = outer.getTransform()
    inner.setTransform(a, b, c, d, e - left, f - top)
    this.#context = inner
    try {
      draw()
    } finally {
      this.#context = outer
      outer.save()
      outer.setTransform(1, 0, 0, 1, 0, 0)
      outer.globalAlpha *= opacity
      outer.drawImage(inner.canvas, 0, 0, width, height, left, top, width, height)
      outer.restore()
      scratch.give(inner)
    }
  }
}
