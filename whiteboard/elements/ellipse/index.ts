import { ellipse as outline } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

export const ellipse = shapeKind({
  type: 'ellipse',
  outline,
  inner: [Math.SQRT1_2 + 0.08, Math.SQRT1_2 + 0.08],
  /** The first-order distance: the implicit function over the length of its gradient. */
  distance: ([width, height], [x, y]) => {
    const radiusX = Math.max(0.01, width / 2)
    const radiusY = Math.max(0.01, height / 2)
    const dx = (x - width / 2) / radiusX
    const dy = (y - height / 2) / radiusY
    const length = Math.hypot(dx, dy)
    if (length < 1e-6) return -Math.min(radiusX, radiusY)
    const gradient = Math.hypot(dx / radiusX, dy / radiusY)
    return ((length - 1) * length) / gradient
  },
})
