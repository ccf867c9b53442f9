import { draw } from './drawing.ts'
import { type Scene, start } from './page.ts'

/** A bare canvas: each frame draws what is in view, straight. */
const drawScene = ({ context, board, camera, view, ratio, hold }: Scene): void => {
  const scale = camera.zoom * ratio
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
  const place = (dx: number, dy: number): void =>
    context.setTransform(scale, 0, 0, scale, (dx - camera.x) * scale, (dy - camera.y) * scale)
  const { what, dx, dy } = hold ?? { what: null, dx: 0, dy: 0 }
  const moved = what === 'all' ? { left: -dx, top: -dy, right: -dx, bottom: -dy } : null
  const seen = moved
    ? {
        left: view.left + moved.left,
        top: view.top + moved.top,
        right: view.right + moved.right,
        bottom: view.bottom + moved.bottom,
      }
    : view
  place(what === 'all' ? dx : 0, what === 'all' ? dy : 0)
  for (const element of board.within(seen)) if (element !== what) draw(context, element)
  if (!what || what === 'all') return
  place(dx, dy)
  draw(context, what)
}

start({ draw: drawScene, changed: () => {} })
