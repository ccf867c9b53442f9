/** An element as the baseline pages know it: what simple canvas calls need, and no more. */
export interface Simple {
  readonly id: string
  readonly type: string
  x: number
  y: number
  readonly width: number
  readonly height: number
  readonly stroke: string
  /** Null: not filled. */
  readonly fill: string | null
  readonly text: string
  /** From the element's own corner. */
  readonly points: readonly (readonly [number, number])[]
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Strokes, arrow heads and letters reach that far beyond an element's box, in board units. */
export const REACH = 16

const HEAD = 12

const trace = (context: CanvasRenderingContext2D, { x, y, width, height, type }: Simple): void => {
  context.beginPath()
  if (type === 'ellipse') {
    context.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI)
  } else if (type === 'diamond') {
    context.moveTo(x + width / 2, y)
    context.lineTo(x + width, y + height / 2)
    context.lineTo(x + width / 2, y + height)
    context.lineTo(x, y + height / 2)
    context.closePath()
  } else context.rect(x, y, width, height)
}

const follow = (context: CanvasRenderingContext2D, { x, y, points }: Simple): void => {
  context.beginPath()
  for (const [px, py] of points) context.lineTo(x + px, y + py)
}

const head = (context: CanvasRenderingContext2D, { x, y, points }: Simple): void => {
  const [tip, before] = [points.at(-1), points.at(-2)]
  if (!tip || !before) return
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0])
  for (const turn of [2.6, -2.6]) {
    context.moveTo(x + tip[0], y + tip[1])
    context.lineTo(x + tip[0] + HEAD * Math.cos(angle + turn), y + tip[1] + HEAD * Math.sin(angle + turn))
  }
}

const write = (context: CanvasRenderingContext2D, { x, y, text, type }: Simple): void => {
  const inset = type === 'sticky' ? 12 : 0
  context.fillStyle = '#1e1e1e'
  context.font = '20px sans-serif'
  context.textBaseline = 'top'
  context.fillText(text, x + inset, y + inset)
}

/** Draws one element in board units. */
export const draw = (context: CanvasRenderingContext2D, element: Simple): void => {
  context.strokeStyle = element.stroke
  context.lineWidth = 2
  if (element.points.length > 0) {
    follow(context, element)
    if (element.type === 'arrow') head(context, element)
    context.stroke()
    return
  }
  if (element.type !== 'text') {
    trace(context, element)
    if (element.fill) {
      context.fillStyle = element.fill
      context.fill()
    }
    if (element.type !== 'sticky') context.stroke()
  }
  if (element.text) write(context, element)
}

export const overlaps = (element: Simple, box: Box): boolean =>
  element.x - REACH < box.right &&
  element.y - REACH < box.bottom &&
  element.x + element.width + REACH > box.left &&
  element.y + element.height + REACH > box.top
