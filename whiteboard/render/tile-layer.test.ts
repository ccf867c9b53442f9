import { beforeEach, describe, expect, it, vi } from 'vitest'
import { testKinds } from '../../test/support/kinds.ts'
import { generateScene } from '../../test/support/scene-generator.ts'
import { intersects } from '../geometry/box.ts'
import { type Box, worldPoint } from '../geometry/types.ts'
import { paintedBounds } from '../model/element-index.ts'
import { TileLayer } from './tile-layer.ts'
import type { TileSource } from './tile-raster.ts'
import { viewportOf } from './viewport.ts'

/** Canvases that take everything and remember how often something was laid on them. */
const fakeCanvas = () => {
  const laid: unknown[] = []
  const own: Record<string, unknown> = {
    drawImage: (image: unknown) => laid.push(image),
    getTransform: () => ({ a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }),
  }
  const context: Record<string, unknown> = new Proxy(own, {
    get: (target, key: string) => target[key] ?? (() => undefined),
    set: () => true,
  })
  const canvas = { width: 0, height: 0, getContext: () => context, laid }
  own.canvas = canvas
  return canvas
}

let canvases = 0

beforeEach(() => {
  canvases = 0
  vi.stubGlobal(
    'Path2D',
    class {
      moveTo() {}
      lineTo() {}
      quadraticCurveTo() {}
      bezierCurveTo() {}
      closePath() {}
    },
  )
  vi.stubGlobal('document', {
    createElement: () => {
      canvases++
      return fakeCanvas()
    },
  })
})

const elements = generateScene({ count: 60 }).map((element, index) => ({
  ...element,
  position: worldPoint((index % 10) * 120, Math.floor(index / 10) * 120),
}))
const inBox = (box: Box) => elements.filter((element) => intersects(paintedBounds(element, testKinds), box))

const source: TileSource = {
  kinds: testKinds,
  measure: { width: (text, _, size) => text.length * size * 0.5 },
  theme: 'light',
  pictures: undefined,
  hidden: new Set(),
  ordered: elements,
  boxOf: (id) => {
    const element = elements.find((each) => each.id === id)
    return element && paintedBounds(element, testKinds)
  },
  bounds: () => ({ minX: 0, minY: 0, maxX: 1300, maxY: 800 }),
  query: inBox,
}

const view = viewportOf({ x: 0, y: 0, zoom: 1 }, [900, 600], 1)
/** Enough for one slice of one tile. */
const LITTLE = { urgent: 0, leisure: 0, ahead: 0, far: 0 }
const MUCH = { urgent: 1000, leisure: 1000, ahead: 1000, far: 1000 }

const workUntil = (layer: TileLayer, done: (progress: { complete: boolean; more: boolean }) => boolean) => {
  for (let frame = 1; frame <= 500; frame++) {
    const progress = layer.work(view, true, source, MUCH)
    if (done(progress)) return frame
  }
  return Number.POSITIVE_INFINITY
}

describe('tiles', () => {
  it('are complete after a while, and then ask for nothing more', () => {
    const layer = new TileLayer()
    expect(workUntil(layer, ({ complete, more }) => complete && !more)).toBeLessThan(100)
    const made = canvases
    expect(layer.work(view, true, source, MUCH)).toEqual({ changed: false, complete: true, more: false })
    expect(canvases).toBe(made)
  })

  it('are all shown at last though something changes with every frame', () => {
    const layer = new TileLayer()
    const screen = fakeCanvas()
    for (let frame = 0; frame < 400; frame++) {
      layer.work(view, true, source, LITTLE)
      layer.invalidate({ minX: 10, minY: 10, maxX: 880, maxY: 20 })
    }
    layer.show(screen.getContext() as unknown as CanvasRenderingContext2D, view)
    expect(screen.laid).toHaveLength(4)
  })

  it('that were given back leave the picture of the whole board to stand in', () => {
    const layer = new TileLayer()
    const far = viewportOf({ x: 0, y: 0, zoom: 1 }, [300, 200], 1)
    for (let frame = 0; frame < 200; frame++) layer.work(far, true, source, MUCH)
    layer.shrink()
    const moved = viewportOf({ x: 700, y: 300, zoom: 1 }, [300, 200], 1)
    const screen = fakeCanvas()
    layer.work(moved, true, { ...source, query: () => [] }, { ...LITTLE, urgent: -1, leisure: -1 })
    layer.show(screen.getContext() as unknown as CanvasRenderingContext2D, moved)
    expect(screen.laid.length).toBeGreaterThan(0)
  })
})
