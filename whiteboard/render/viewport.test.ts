import { describe, expect, it } from 'vitest'
import { toScreen } from '../geometry/camera.ts'
import { worldPoint } from '../geometry/types.ts'
import { pixelRatio, viewportOf } from './viewport.ts'

describe('a viewport', () => {
  it('lies on whole device pixels, at most half a pixel from where the camera is', () => {
    for (const x of [0, 0.3, 17.77, -1234.5678, 999_999.9]) {
      const camera = { x, y: -x, zoom: 1.37 }
      const view = viewportOf(camera, [800, 600], 2)
      expect(Number.isInteger(view.offsetX) && Number.isInteger(view.offsetY)).toBe(true)
      const point = worldPoint(5, 5)
      const [wanted] = toScreen(camera, point)
      const [shown] = toScreen(view.camera, point)
      expect(Math.abs(wanted - shown) * view.ratio).toBeLessThanOrEqual(0.5 + 1e-6)
    }
  })

  it('sees as much of the board as fits on the canvas', () => {
    const { box } = viewportOf({ x: 10, y: 20, zoom: 0.5 }, [800, 600], 1)
    expect(box).toEqual({ minX: 10, minY: 20, maxX: 1610, maxY: 1220 })
  })

  it('has at most two device pixels for each of a huge canvas, and never less than one', () => {
    expect(pixelRatio(3, [400, 800])).toBe(3)
    expect(pixelRatio(3, [2560, 1440])).toBe(2)
    expect(pixelRatio(0.5, [400, 800])).toBe(1)
    const ratio = pixelRatio(2, [3840, 2160])
    expect(ratio).toBeGreaterThan(1)
    expect(3840 * 2160 * ratio * ratio).toBeLessThan(17_000_000)
  })
})
