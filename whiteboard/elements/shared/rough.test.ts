import { describe, expect, it } from 'vitest'
import type { Element } from '../../model/element.ts'
import type { Path } from '../../model/surface.ts'
import { ellipse, polygonOf, roundedPolygon } from './outlines.ts'
import { handOf, roughen, roughReach, seedOf } from './rough.ts'

const box: Path = roundedPolygon(
  [
    [0, 0],
    [300, 0],
    [300, 200],
    [0, 200],
  ],
  0,
)
const line: Path = [
  ['M', 10, 20],
  ['L', 200, 20],
  ['L', 200, 150],
]

const numbers = (path: Path): number[] => path.flatMap(([, ...values]) => values)
const ends = (path: Path) => path.filter(([letter]) => letter === 'M').length

describe('an unsteady hand', () => {
  it('draws the same seed alike, and another seed otherwise', () => {
    const other: Path = [...box]
    expect(roughen(box, { seed: 7, roughness: 1 })).toEqual(roughen(other, { seed: 7, roughness: 1 }))
    expect(roughen(box, { seed: 7, roughness: 1 })).not.toEqual(roughen(box, { seed: 8, roughness: 1 }))
  })

  it('gives the same object for the same path and hand, and the path itself when it is steady', () => {
    expect(roughen(box, { seed: 7, roughness: 2 })).toBe(roughen(box, { seed: 7, roughness: 2 }))
    expect(roughen(box, { seed: 7, roughness: 0 })).toBe(box)
  })

  it.each([1, 2] as const)('stays within its reach (roughness %d)', (roughness) => {
    for (let seed = 0; seed < 200; seed++) {
      for (const path of [box, ellipse([300, 200])]) {
        const flat = roughen(path, { seed, roughness }).filter(([letter]) => letter !== 'Z')
        const xs = flat.flatMap(([, ...values]) => values.filter((_, index) => index % 2 === 0))
        const reach = roughReach(roughness)
        expect(Math.min(...xs), `seed ${seed}`).toBeGreaterThanOrEqual(-reach)
        expect(Math.max(...xs), `seed ${seed}`).toBeLessThanOrEqual(300 + reach)
      }
    }
  })

  it('lifts at corners, draws what is round in one go, and everything twice unless told otherwise', () => {
    expect(ends(roughen(box, { seed: 1, roughness: 1 }))).toBe(8)
    expect(ends(roughen(box, { seed: 1, roughness: 1, passes: 1 }))).toBe(4)
    expect(ends(roughen(ellipse([100, 80]), { seed: 1, roughness: 1, passes: 1 }))).toBe(1)
  })

  it('leaves the ends of an anchored line where they are, each time it is drawn', () => {
    const drawn = roughen(line, { seed: 3, roughness: 2, anchored: true })
    const starts = drawn.filter(([letter]) => letter === 'M')
    expect(starts.filter(([, x, y]) => x === 10 && y === 20)).toHaveLength(2)
    expect(drawn.at(-1)?.slice(-2)).toEqual([200, 150])
    expect(roughen(line, { seed: 3, roughness: 2 }).at(-1)?.slice(-2)).not.toEqual([200, 150])
  })

  it('does not fall over nothing, or over what has no size', () => {
    for (const path of [[], [['M', 1, 1]], [['M', 1, 1], ['L', 1, 1], ['Z']], ellipse([0, 0])] as Path[]) {
      const drawn = numbers(roughen(path, { seed: 1, roughness: 2 }))
      expect(drawn.every(Number.isFinite)).toBe(true)
    }
  })

  it('does not show where it could not be seen', () => {
    type Drawn = Parameters<typeof handOf>[0]
    const shown = (roughness: number, side: number, scale: number): number =>
      handOf({ id: 'a', size: [side, side], roughness, dash: 'solid' } as unknown as Drawn, scale).roughness
    expect(shown(1, 200, 1)).toBe(1)
    expect(shown(1, 200, 0.1)).toBe(0)
    expect(shown(0, 200, 1)).toBe(0)
    expect(shown(2, 10, 1)).toBe(0)
  })
})

describe('the seed of an element', () => {
  const element = (fields: object) => ({ id: 'element00001', ...fields }) as unknown as Element

  it('is the stored one, or follows from the id', () => {
    expect(seedOf(element({ seed: 42 }))).toBe(42)
    expect(seedOf(element({}))).toBe(seedOf(element({ seed: 'x' })))
    expect(seedOf(element({ seed: Number.NaN }))).toBe(seedOf(element({})))
    expect(seedOf(element({}))).not.toBe(seedOf({ ...element({}), id: 'element00002' as Element['id'] }))
  })
})

describe('a path as a polygon', () => {
  it('follows curves to a fraction of a unit', () => {
    for (const [x, y] of polygonOf(ellipse([1_000, 1_000]))) {
      expect(Math.abs(Math.hypot(x - 500, y - 500) - 500)).toBeLessThan(0.5)
    }
  })
})
