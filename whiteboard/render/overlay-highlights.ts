import { intersects } from '../geometry/box.ts'
import { toScreen } from '../geometry/camera.ts'
import { boundsOf, rotatedCorners } from '../geometry/transform.ts'
import { worldPoint } from '../geometry/types.ts'
import type { BoardReader } from '../model/board.ts'
import type { Element } from '../model/element.ts'
import type { Highlights } from './contract.ts'
import type { Viewport } from './viewport.ts'

const FOUND = '#f2b705'
const CURRENT = '#e8590c'
/** CSS pixels between an element and the line round it. */
const MARGIN = 4

const trace = (context: CanvasRenderingContext2D, element: Element, view: Viewport): void => {
  const [width, height] = element.size
  const margin = MARGIN / view.camera.zoom
  const grown = {
    position: worldPoint(element.position[0] - margin, element.position[1] - margin),
    size: [width + 2 * margin, height + 2 * margin] as const,
    rotation: element.rotation,
  }
  context.beginPath()
  for (const corner of rotatedCorners(grown)) {
    const [x, y] = toScreen(view.camera, corner)
    context.lineTo(x, y)
  }
  context.closePath()
}

/** Marks what a search found, and more strongly the one that is looked at. */
export const paintHighlights = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  board: BoardReader,
  { found, current }: Highlights,
): void => {
  context.lineJoin = 'round'
  for (const id of found) {
    const element = board.get(id)
    if (!element || !intersects(boundsOf(element), view.box)) continue
    const isCurrent = id === current
    trace(context, element, view)
    context.globalAlpha = isCurrent ? 0.22 : 0.16
    context.fillStyle = isCurrent ? CURRENT : FOUND
    context.fill()
    context.globalAlpha = 1
    context.strokeStyle = isCurrent ? CURRENT : FOUND
    context.lineWidth = isCurrent ? 3 : 2
    context.stroke()
  }
}
