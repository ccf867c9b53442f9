import { describe, expect, it } from 'vitest'
import { testKinds } from '../../test/support/kinds.ts'
import { generateScene } from '../../test/support/scene-generator.ts'
import { worldPoint } from '../geometry/types.ts'
import { applyDraft, applyDrafts } from './apply-draft.ts'
import type { Element, ElementId, Patch } from './element.ts'

const scene = generateScene({ count: 3 }).map(
  (element, index): Element => ({
    ...element,
    id: 'abc'.charAt(index) as ElementId,
    position: worldPoint(0, 0),
  }),
)
const board = {
  get: (id: ElementId) => scene.find((element) => element.id === id),
  referrers: () => [],
  frames: [],
}
const id = (name: string) => name as ElementId

describe('drafts', () => {
  it('M90: move and change elements without touching the board', () => {
    const { changed, erasing } = applyDraft(
      { type: 'translate', ids: [id('a'), id('gone')], delta: [3, 4] },
      board,
      testKinds,
    )
    expect([...changed.keys()]).toEqual(['a'])
    expect(changed.get(id('a'))).toMatchObject({ position: [3, 4], stroke: scene[0]?.stroke })
    expect(scene[0]?.position).toEqual([0, 0])
    expect(erasing.size).toBe(0)
  })

  it('M90: do not move elements a second time that have arrived', () => {
    const ids = [id('a'), id('b')]
    const underWay = (from: [number, number]) =>
      applyDraft({ type: 'translate', ids, delta: [3, 4], from }, board, testKinds).changed.size
    expect(underWay([0, 0.0001])).toBe(2)
    expect(underWay([-3, -4])).toBe(0)
    expect(underWay([-2, -4])).toBe(0)
  })

  it('M90: several apply together, what is given last on top of what came before', () => {
    const fresh = { ...(scene[0] as Element), id: id('new') }
    const { changed, erasing } = applyDrafts(
      [
        { type: 'create', elements: [fresh] },
        { type: 'translate', ids: [id('a'), id('new')], delta: [1, 1] },
        null,
        { type: 'change', patches: new Map<ElementId, Patch>([[id('a'), { locked: true, id: 'other' }]]) },
        { type: 'erase', ids: [id('b'), id('gone')] },
      ],
      board,
      testKinds,
    )
    expect(changed.get(id('a'))).toMatchObject({ id: 'a', position: [1, 1], locked: true })
    expect(changed.get(id('new'))).toMatchObject({ position: [1, 1] })
    expect([...erasing]).toEqual(['b'])
  })

  it('M91: what came over the wire is healed', () => {
    const { changed } = applyDrafts(
      [
        { type: 'translate', ids: [id('a')], delta: [Number.NaN, 1e300] },
        {
          type: 'change',
          patches: new Map<ElementId, Patch>([
            [id('b'), { size: [-5, 'x'], stroke: 'url(evil)', type: 'rectangle' }],
            [id('c'), { position: 'nowhere' }],
          ]),
        },
        { type: 'create', elements: [{ id: 'x' } as unknown as Element] },
      ],
      board,
      testKinds,
      { heal: true },
    )
    expect(changed.get(id('a'))?.position).toEqual([0, 1_000_000])
    expect(changed.get(id('b'))).toMatchObject({ size: [5, 100], stroke: '#1e1e1e' })
    expect(changed.has(id('c'))).toBe(false)
    expect(changed.has(id('x'))).toBe(false)
  })
})
