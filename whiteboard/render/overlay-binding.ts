import { toScreen } from '../geometry/camera.ts'
import type { BoardReader } from '../model/board.ts'
import { worldOutline } from '../model/derive.ts'
import type { Element, ElementId } from '../model/element.ts'
import type { Hints } from '../model/hints.ts'
import type { KindRegistry } from '../model/kind.ts'
import type { ThemeColors } from '../model/palette.ts'
import type { Viewport } from './viewport.ts'

interface BindingSource {
  readonly board: Pick<BoardReader, 'get'>
  readonly kinds: KindRegistry
  readonly drafted: { readonly changed: ReadonlyMap<ElementId, Element> }
  readonly scene: { readonly hints: Hints | null }
}

/** CSS pixels. */
const LINE = 2.5
const HALO = 9
const DOT = 4.5
const RING = 2

/** The line round an element, or along it, as it is on screen. */
export const traceOutline = (
  context: CanvasRenderingContext2D,
  element: Element,
  kinds: KindRegistry,
  { camera }: Viewport,
): void => {
  context.beginPath()
  for (const point of worldOutline(element, kinds)) {
    const [x, y] = toScreen(camera, point)
    context.lineTo(x, y)
  }
}

/** What the end of an arrow will be bound to: its outline, and the point that the arrow aims at. */
export const paintBinding = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  { board, kinds, drafted, scene }: BindingSource,
  colors: ThemeColors,
): void => {
  const binding = scene.hints?.binding
  const target = binding && (drafted.changed.get(binding.element) ?? board.get(binding.element))
  if (!binding || !target) return
  context.save()
  context.strokeStyle = colors.accent
  context.lineJoin = 'round'
  traceOutline(context, target, kinds, view)
  context.closePath()
  context.globalAlpha = 0.22
  context.lineWidth = HALO
  context.stroke()
  context.globalAlpha = 0.9
  context.lineWidth = LINE
  context.stroke()
  const [x, y] = toScreen(view.camera, binding.at)
  context.globalAlpha = 1
  context.beginPath()
  context.arc(x, y, DOT, 0, 2 * Math.PI)
  context.fillStyle = colors.accent
  context.fill()
  context.lineWidth = RING
  context.strokeStyle = colors.handle
  context.stroke()
  context.restore()
}
