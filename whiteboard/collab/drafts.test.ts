import { describe, expect, it } from 'vitest'
import { testKinds } from '../../test/support/kinds.ts'
import type { Draft } from '../model/draft.ts'
import type { Element, ElementId } from '../model/element.ts'
import { decodeInk, encodeInk, type InkPoint } from '../model/ink.ts'
import { healElement } from '../model/parse-element.ts'
import { encodeDraft, parseDraft } from './drafts.ts'
import { jsonBytes } from './fitting.ts'

const LIMIT = 16 * 1024

const ids = (count: number): ElementId[] =>
  Array.from({ length: count }, (_, index) => `element${index}` as ElementId)

const element = (fields: Record<string, unknown>): Element => {
  const healed = healElement({ position: [10, 20], size: [30, 40], order: 'V', ...fields }, testKinds)
  if (!healed) throw new Error('not an element')
  return healed
}

/** What a peer makes of it, after the JSON of the wire. */
const sent = (draft: Draft, limit = LIMIT): Draft | null =>
  parseDraft(JSON.parse(JSON.stringify(encodeDraft(draft, limit, testKinds))), testKinds)

describe('A draft on the wire', () => {
  it.each<[string, Draft]>([
    ['translate', { type: 'translate', ids: ids(3), delta: [12.5, -7.25] }],
    ['translate from', { type: 'translate', ids: ids(3), delta: [12.5, -7.25], from: [1.5, 2] }],
    ['erase', { type: 'erase', ids: ids(2) }],
    [
      'change',
      {
        type: 'change',
        patches: new Map([
          ['a' as ElementId, { position: [1.5, 2], rotation: 1.5708, text: 'Grüße', locked: true }],
          ['b' as ElementId, { ink: new Uint8Array([0, 1, 127, 128, 255]), points: [[1, 2]] }],
        ]),
      },
    ],
    [
      'create',
      {
        type: 'create',
        elements: [
          element({ id: 'new', type: 'rectangle', stroke: '#ff0000', groups: ['g'] }),
          element({ id: 'ink', type: 'ink', ink: Uint8Array.from({ length: 5000 }, (_, at) => at % 256) }),
        ],
      },
    ],
  ])('arrives as it was: %s', (_type, draft) => {
    expect(sent(draft)).toEqual(draft)
  })

  it('rounds numbers to what can be seen', () => {
    const draft: Draft = { type: 'translate', ids: ids(1), delta: [1 / 3, 2e-9] }
    expect(encodeDraft(draft, LIMIT, testKinds)).toEqual({
      type: 'translate',
      ids: ['element0'],
      delta: [0.3333, 0],
    })
  })

  it.each<[string, Draft]>([
    ['translate', { type: 'translate', ids: ids(5000), delta: [1, 2] }],
    ['erase', { type: 'erase', ids: ids(5000) }],
    ['change', { type: 'change', patches: new Map(ids(5000).map((id) => [id, { position: [1, 2] }])) }],
    [
      'create',
      {
        type: 'create',
        elements: ids(500).map((id) => element({ id, type: 'rectangle', text: 'ü'.repeat(50) })),
      },
    ],
  ])('is cut to the first that fit: %s', (_type, draft) => {
    const wire = encodeDraft(draft, LIMIT, testKinds)
    expect(jsonBytes(wire)).toBeLessThanOrEqual(LIMIT)
    expect(jsonBytes(wire)).toBeGreaterThan(LIMIT * 0.9)
    const arrived = sent(draft)
    if (arrived?.type === 'erase') expect(arrived.ids[0]).toBe('element0')
    expect(arrived?.type).toBe(draft.type)
  })

  it('says that all is moved instead of naming it', () => {
    const draft: Draft = { type: 'translate', ids: ids(5000), delta: [1, 2], from: [3, 4], all: true }
    expect(sent(draft)).toEqual({ ...draft, ids: ids(1) })
    expect(jsonBytes(encodeDraft(draft, LIMIT, testKinds))).toBeLessThan(200)
  })

  it('keeps its list of ids for as long as that stays the same', () => {
    const wire = { type: 'translate', ids: ids(70), delta: [1, 2] }
    const first = parseDraft(wire, testKinds)
    const next = parseDraft({ ...wire, ids: ids(70), delta: [2, 3] }, testKinds, first)
    const other = parseDraft({ ...wire, ids: ids(71) }, testKinds, next)
    if (first?.type !== 'translate' || next?.type !== 'translate') throw new Error('not read')
    expect(next.ids).toBe(first.ids)
    expect(other).toMatchObject({ ids: ids(71) })
  })

  it('shows a very long stroke with fewer points, from its first to its last', () => {
    const points = Array.from({ length: 19_000 }, (_, at): InkPoint => [at % 97, (at * at) % 89, 0.5])
    const ink = encodeInk([...points, [5, 7, 0.5]])
    const arrived = sent({ type: 'create', elements: [element({ id: 'long', type: 'ink', ink })] })
    if (arrived?.type !== 'create') throw new Error('not read')
    const shown = decodeInk(arrived.elements[0]?.ink as Uint8Array)
    expect(shown.length).toBeGreaterThan(1000)
    expect(shown.at(-1)?.slice(0, 2)).toEqual([5, 7])
  })

  it('shows a very long stroke that is turned over with fewer points, too', () => {
    const ink = encodeInk(Array.from({ length: 19_000 }, (_, at): InkPoint => [at % 97, (at * at) % 89, 0.5]))
    const arrived = sent({ type: 'change', patches: new Map([['long' as ElementId, { ink }]]) })
    if (arrived?.type !== 'change') throw new Error('not read')
    const shown = decodeInk(arrived.patches.get('long' as ElementId)?.ink as Uint8Array)
    expect(shown.length).toBeGreaterThan(1000)
  })

  it('is nothing when not even one fits', () => {
    const ink = new Uint8Array(20_000)
    const draft: Draft = { type: 'create', elements: [element({ id: 'long', type: 'ink', ink })] }
    expect(encodeDraft(draft, LIMIT, testKinds)).toBeNull()
  })
})

describe('A hostile draft', () => {
  it.each([
    null,
    undefined,
    7,
    'translate',
    [],
    {},
    { type: 'unknown' },
    { type: '__proto__' },
    { type: 'translate', ids: 'all', delta: [1, 2] },
    { type: 'translate', ids: ['a'], delta: [Number.NaN, 0] },
    { type: 'translate', ids: ['a'], delta: [Number.POSITIVE_INFINITY, 0] },
    { type: 'translate', ids: ['a'], delta: [1e300, 0] },
    { type: 'translate', ids: ['a'], delta: ['1', 2] },
    { type: 'translate', ids: ['a'], delta: [1] },
    { type: 'translate', ids: ['a'] },
    { type: 'change', patches: { a: {} } },
    { type: 'create', elements: 'many' },
    { type: 'erase' },
  ])('is none: %j', (value) => {
    expect(parseDraft(value, testKinds)).toBeNull()
  })

  it('loses the ids that are none', () => {
    const value = { type: 'erase', ids: ['a', 7, null, '', 'x'.repeat(1000), ['b'], 'a', '__proto__'] }
    expect(parseDraft(value, testKinds)).toEqual({ type: 'erase', ids: ['a', '__proto__'] })
  })

  it('loses elements that nothing can be made of, and has the others healed', () => {
    const elements = [
      { id: 'ok', type: 'rectangle', position: [1, 2], size: [-5, 1e300], stroke: 'url(//evil)', order: 7 },
      { id: 'nowhere', type: 'rectangle' },
      { type: 'rectangle', position: [1, 2] },
      'rectangle',
      null,
      [],
    ]
    const draft = parseDraft({ type: 'create', elements }, testKinds)
    if (draft?.type !== 'create') throw new Error('not read')
    expect(draft.elements.map(({ id }) => id)).toEqual(['ok'])
    expect(draft.elements[0]?.size).toEqual([5, 1_000_000])
    expect(draft.elements[0]?.stroke).toBe('#1e1e1e')
  })

  it('cannot give an element another id or type, nor reach a prototype', () => {
    const value = JSON.parse(
      '{"type":"change","patches":[["a",{"id":"b","type":"ink","__proto__":{"isAdmin":true},"locked":true}]]}',
    )
    const draft = parseDraft(value, testKinds)
    if (draft?.type !== 'change') throw new Error('not read')
    const patch = draft.patches.get('a' as ElementId)
    expect(patch).toEqual({ locked: true })
    expect((patch as { isAdmin?: boolean }).isAdmin).toBeUndefined()
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('may hold broken bytes, too many bytes, and deep nesting', () => {
    let deep: unknown = 1
    for (let level = 0; level < 1000; level++) deep = [deep]
    const patch = { ink: { $bytes: '%%%' }, more: { $bytes: 'A'.repeat(200_000) }, deep, locked: true }
    const draft = parseDraft({ type: 'change', patches: [['a', patch]] }, testKinds)
    if (draft?.type !== 'change') throw new Error('not read')
    for (const value of Object.values(draft.patches.get('a' as ElementId) ?? {})) {
      expect(value instanceof Uint8Array && value.length > 48 * 1024).toBe(false)
    }
  })

  it('is bounded in its entries', () => {
    const draft = parseDraft({ type: 'erase', ids: ids(100_000) }, testKinds)
    expect(draft?.type === 'erase' && draft.ids.length).toBe(2000)
  })
})
