import { describe, expect, it } from 'vitest'
import type { Box } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import type { Flip, Surface } from '../../model/surface.ts'
import { image } from './index.ts'

const ASSET = 'ab'.repeat(32)

const make = (fields: Record<string, unknown> = {}): Element =>
  ({
    position: [0, 0],
    size: [100, 50],
    ...image.parse({ ...image.defaults, asset: ASSET, natural: [400, 200], ...fields }),
  }) as unknown as Element

interface Drawn {
  readonly asset: string
  readonly from: Box | null
  readonly to: Box
  readonly flip: Flip | undefined
}

/** Draws on something that has the picture, or not. */
const draw = (element: Element, { here = true, scale = 1 } = {}) => {
  const images: Drawn[] = []
  const calls: string[] = []
  const surface: Surface = {
    scale,
    transformed: (_origin, _rotation, _pivot, inner) => inner(),
    faded: (_opacity, inner) => inner(),
    clipped: (_path, inner) => {
      calls.push('clip')
      inner()
    },
    highlighted: (inner) => inner(),
    image: (asset, from, to, flip) => {
      images.push({ asset, from, to, flip })
      return here
    },
    fill: () => calls.push('fill'),
    stroke: () => calls.push('stroke'),
    text: () => calls.push('text'),
    shadow: () => calls.push('shadow'),
  }
  image.paint(surface, element, { measure: { width: () => 0 }, editing: false })
  return { images, calls }
}

describe('a picture', () => {
  it('is drawn whole into its box, or the part of it that is kept', () => {
    const box = { minX: 0, minY: 0, maxX: 100, maxY: 50 }
    expect(draw(make()).images).toEqual([
      { asset: ASSET, from: { minX: 0, minY: 0, maxX: 400, maxY: 200 }, to: box, flip: [false, false] },
    ])
    const part = draw(make({ crop: [40, 20, 100, 50], flip: [true, false] })).images[0]
    expect(part).toMatchObject({ from: { minX: 40, minY: 20, maxX: 140, maxY: 70 }, flip: [true, false] })
  })

  it('is cut to its rounded corners, and only then', () => {
    expect(draw(make()).calls).toEqual([])
    expect(draw(make({ corner: 10 })).calls).toEqual(['clip'])
  })

  it('has a placeholder while it is not there, without a sign where that would be a blot', () => {
    expect(draw(make(), { here: false }).calls).toEqual(['fill', 'fill', 'fill'])
    expect(draw(make(), { here: false, scale: 0.2 }).calls).toEqual(['fill'])
  })

  it('asks for nothing under a name that is no hash: it could become part of an address', () => {
    for (const asset of [
      '',
      '../../secret',
      'A'.repeat(64),
      `${ASSET}/..`,
      `${ASSET}\n`,
      ASSET.slice(1),
      7,
      null,
    ]) {
      const element = make({ asset })
      expect(element.asset).toBeNull()
      expect(draw(element).images).toEqual([])
      expect(draw(element).calls).toContain('fill')
    }
  })

  it('turns over, and back again', () => {
    const turned = { ...make(), ...image.mirrored?.(make(), true, false) } as Element
    expect(turned.flip).toEqual([true, false])
    expect(image.mirrored?.(turned, true, true)).toEqual({ flip: [false, true] })
  })
})
