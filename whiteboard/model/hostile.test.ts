import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { testKinds } from '../../test/support/kinds.ts'
import { oddNumbers } from '../../test/support/odd-values.ts'
import { worldPoint } from '../geometry/types.ts'
import { createBoardStore } from './board-store.ts'
import type { Element, ElementId } from './element.ts'
import { COORDINATE_LIMIT, MAX_TEXT_LENGTH, SIZE_LIMIT } from './heal.ts'
import { elementToJson } from './json.ts'
import { compareOrder, isOrderKey } from './order.ts'
import { MAX_PIECES } from './shared-text.ts'

const EVERYWHERE = { minX: -1e9, minY: -1e9, maxX: 1e9, maxY: 1e9 }

/** Puts entries into a document as a raw client would, lets another board receive them, and reads everything there. */
const receive = (entries: Readonly<Record<string, () => unknown>>) => {
  const source = new Y.Doc()
  const map = source.getMap('elements')
  for (const [key, make] of Object.entries(entries)) map.set(key, make())
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(source))
  const store = createBoardStore(doc, testKinds)
  readAll(store.ordered)
  store.query(EVERYWHERE)
  store.bounds()
  store.hit(worldPoint(1, 1), 5)
  return { store, doc }
}

const readAll = (elements: readonly Element[]): void => {
  for (const element of elements) {
    const numbers = [...element.position, ...element.size, element.rotation, element.opacity]
    expect(numbers.every((value) => Number.isFinite(value) && !Object.is(value, -0))).toBe(true)
    expect(isOrderKey(element.order)).toBe(true)
    expect(typeof element.text).toBe('string')
    JSON.stringify(elementToJson(element))
  }
  expect([...elements].sort(compareOrder)).toEqual(elements)
}

const withBase = (base: unknown) => () => {
  const entry = new Y.Map()
  entry.set('base', base)
  return entry
}

const good = { type: 'rectangle', position: [1, 2], size: [3, 4], order: 'a0' }

const withField = (key: string, value: unknown) => () => {
  const entry = new Y.Map()
  entry.set('base', good)
  entry.set(key, value)
  return entry
}

/** Letters as an editor of rich text might store them: `[` is an embedded object, and what follows it up to `]` is bold. */
const written = (marked: string): Y.Text => {
  const text = new Y.Text()
  const delta = [...marked].map((letter, index) => {
    const bold = marked.lastIndexOf('[', index) > marked.lastIndexOf(']', index)
    return letter === '[' ? { insert: { image: 'x' } } : { insert: letter, attributes: bold ? { bold } : {} }
  })
  text.applyDelta(delta.filter(({ insert }) => insert !== ']'))
  return text
}

describe('hostile documents', () => {
  it('M20, CT1: an entry that is no element is passed over, the others are shown', () => {
    const { store, doc } = receive({
      string: () => 'element',
      number: () => 5,
      null: () => null,
      array: () => [1, 2],
      object: () => ({ ...good }),
      bytes: () => new Uint8Array([1]),
      text: () => new Y.Text('element'),
      list: () => new Y.Array(),
      empty: () => new Y.Map(),
      fine: withBase(good),
    })
    expect(store.ordered.map((element) => element.id)).toEqual(['fine'])
    expect(doc.getMap('elements').size).toBe(10)
  })

  it('M20, CT1: a base that is no plain object counts as empty', () => {
    const bases = ['base', 5, null, [good], new Uint8Array([1, 2])]
    for (const base of bases) expect(receive({ a: withBase(base) }).store.size).toBe(0)
    for (const make of [
      () => new Y.Map([['type', 'rectangle']]),
      () => new Y.Text('x'),
      () => new Y.Array(),
    ]) {
      expect(receive({ a: () => withBase(make())() }).store.size).toBe(0)
    }
  })

  it('M21, CT1: shared types where plain values belong are passed over', () => {
    const { store } = receive({
      a: () => {
        const entry = withBase(good)() as Y.Map<unknown>
        entry.set('position', new Y.Array())
        entry.set('stroke', new Y.Text('#ff0000'))
        entry.set('extra', new Y.Map())
        return entry
      },
    })
    expect(store.get('a' as ElementId)).toMatchObject({ position: [1, 2], stroke: '#1e1e1e' })
    expect(store.get('a' as ElementId)).not.toHaveProperty('extra')
  })

  it('M22, CT1: unknown types and types that cannot be read are kept and shown as placeholders', () => {
    const { store, doc } = receive({
      unknown: withBase({ ...good, type: 'hologram', depth: 5 }),
      missing: withBase({ position: [1, 2] }),
      odd: withBase({ ...good, type: 12 }),
      line: withBase({ ...good, type: 'line', points: 'none' }),
      failing: withBase({ ...good, type: 'broken', fail: 'parse' }),
    })
    const type = (id: string) => store.get(id as ElementId)?.type
    expect(type('unknown')).toBe('hologram')
    expect(store.get('unknown' as ElementId)?.depth).toBe(5)
    expect(['missing', 'odd', 'line', 'failing'].map(type)).toEqual(Array(4).fill('damaged'))
    for (const element of store.ordered) expect(testKinds.has(element.type)).toBe(false)
    const entry = doc.getMap<Y.Map<unknown>>('elements').get('line')
    expect(entry?.get('base')).toMatchObject({ type: 'line', points: 'none' })
  })

  it('M22: a damaged element can be moved, removed and copied without losing its type', () => {
    const { store, doc } = receive({ line: withBase({ ...good, type: 'line', points: 'none' }) })
    store.transact('user', (edit) => edit.update('line' as ElementId, { position: [9, 9] }))
    const damaged = store.get('line' as ElementId)
    expect(damaged).toMatchObject({ type: 'damaged', position: [9, 9] })
    store.transact('user', (edit) => damaged && edit.create({ ...damaged, id: 'copy' as ElementId }))
    const copy = doc.getMap<Y.Map<unknown>>('elements').get('copy')
    expect(copy?.get('base')).toMatchObject({ type: 'line', points: 'none' })
    store.transact('user', (edit) => edit.remove('line' as ElementId))
    expect(store.size).toBe(1)
  })

  it('M22: a kind whose functions throw breaks neither queries nor hits', () => {
    const { store } = receive({ broken: withBase({ ...good, type: 'broken' }), fine: withBase(good) })
    expect(store.query(EVERYWHERE)).toHaveLength(2)
    expect(store.hit(worldPoint(2, 3), 1)?.id).toBe('fine')
  })

  it('M23, CT2: odd numbers are healed', () => {
    const odd = [...oddNumbers, null, undefined, true, [], {}, new Uint8Array([1])]
    for (const value of odd) {
      for (const field of [
        'position',
        'size',
        'rotation',
        'opacity',
        'strokeWidth',
        'order',
        'groups',
        'locked',
      ]) {
        expect(receive({ a: withField(field, value) }).store.size).toBeLessThanOrEqual(1)
      }
      const { store } = receive({ a: withField('position', [value, 3]), b: withField('size', [value, -7]) })
      expect(store.get('a' as ElementId)?.position[1]).toBe(3)
      expect(store.get('b' as ElementId)?.size[1]).toBe(7)
      const [x = 0] = store.get('a' as ElementId)?.position ?? []
      expect(Math.abs(x)).toBeLessThanOrEqual(COORDINATE_LIMIT)
      expect(store.get('b' as ElementId)?.size[0]).toBeLessThanOrEqual(SIZE_LIMIT)
    }
  })

  it('M23, CT2: numbers that JSON cannot hold do not get out of unknown fields', () => {
    const { store } = receive({
      a: withField('count', 10n),
      b: withField('deep', [{ n: 10n, m: Number.NaN, k: 1 }]),
    })
    expect(store.get('a' as ElementId)).not.toHaveProperty('count')
    expect(store.get('b' as ElementId)?.deep).toEqual([{ k: 1 }])
  })

  it('M24, CT6: names of inherited properties are harmless as ids, types and fields', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']
    const entries = new Map(names.map((name) => [name, withBase({ ...good, type: name })]))
    const { store } = receive(Object.fromEntries(entries))
    expect(store.ordered.map((element) => element.id).sort()).toEqual([...names].sort())
    for (const name of names) {
      const read = receive({ a: withField(name, { isAdmin: true }) }).store.get('a' as ElementId)
      expect(read).toMatchObject({ type: 'rectangle', locked: false })
      expect((read as unknown as { isAdmin?: boolean }).isAdmin).toBeUndefined()
    }
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('M24, CT6: a base decoded with another prototype gives away nothing of it', () => {
    const base = JSON.parse(
      '{"type":"rectangle","position":[1,2],"__proto__":{"locked":true,"isAdmin":true}}',
    )
    const inner = { ...good, extra: JSON.parse('{"__proto__":{"isAdmin":true},"own":1}') }
    const { store } = receive({ a: withBase(base), b: withBase(inner) })
    expect(store.get('a' as ElementId)).toMatchObject({ position: [1, 2], locked: false })
    expect((store.get('a' as ElementId) as unknown as { isAdmin?: boolean }).isAdmin).toBeUndefined()
    const extra = store.get('b' as ElementId)?.extra as { isAdmin?: boolean; own: number }
    expect(extra.own).toBe(1)
    expect(extra.isAdmin).toBeUndefined()
  })

  it('M25, CT9: order keys that are equal, empty or huge still give one order', () => {
    const entries: Record<string, () => unknown> = {}
    for (let index = 0; index < 1000; index++) entries[`same${index}`] = withBase({ ...good, order: 'a5' })
    for (const [index, order] of ['', 'x'.repeat(1_000_000), 'ä', 7, null, 'a0'].entries()) {
      entries[`odd${index}`] = withBase({ ...good, order })
    }
    const { store } = receive(entries)
    expect(store.size).toBe(1006)
  })

  it('M25: ids beyond a sensible length are passed over', () => {
    const { store } = receive({
      ['x'.repeat(10_000)]: withBase(good),
      '': withBase(good),
      fine: withBase(good),
    })
    expect(store.ordered.map((element) => element.id)).toEqual(['fine'])
  })

  it('M26, CT4, CT10: endless texts are cut, deep nesting is left out', () => {
    let deep: unknown = 'bottom'
    for (let depth = 0; depth < 2000; depth++) deep = [deep]
    const { store } = receive({ a: withField('deep', deep) })
    store.transact('user', () => store.text('a' as ElementId).insert(0, 'x'.repeat(MAX_TEXT_LENGTH * 3)))
    expect(store.get('a' as ElementId)?.text).toHaveLength(MAX_TEXT_LENGTH)
    expect(store.text('a' as ElementId).length).toBe(MAX_TEXT_LENGTH * 3)
    JSON.stringify(store.get('a' as ElementId))
  })

  it('M26: a text with embedded objects and formats gives its letters', () => {
    const { store } = receive({
      a: withField('text/1', written('[let]ters')),
      b: withField('text/1', written('[]')),
    })
    expect(store.get('a' as ElementId)?.text).toBe('letters')
    expect(store.get('b' as ElementId)?.text).toBe('')
    store.transact('user', (edit) => {
      edit.update('a' as ElementId, { text: 'let others' })
      store.text('b' as ElementId).insert(0, 'x')
    })
    expect(store.get('a' as ElementId)?.text).toBe('let others')
    expect(store.get('b' as ElementId)?.text).toBe('x')
    store.transact('user', () => store.text('a' as ElementId).delete(2, 6))
    expect(store.get('a' as ElementId)?.text).toBe('lers')
  })

  it('M26: places in a text with embedded objects are places between letters', () => {
    const { store } = receive({ a: withField('text/1', written('[a][b]c[d]')) })
    const text = store.text('a' as ElementId)
    for (const index of [0, 1, 2, 3, 4]) expect(text.indexOf(text.positionAt(index))).toBe(index)
  })

  it('M21, CT1: keys of texts that hold none are passed over, and can be written', () => {
    const values = [
      1,
      'letters',
      null,
      [1],
      { a: 1 },
      new Uint8Array([1]),
      new Y.Map([['a', 1]]),
      new Y.Array(),
    ]
    for (const value of values) {
      const { store, doc } = receive({ a: withField('text/1', value) })
      doc.clientID = 1
      const element = store.get('a' as ElementId)
      expect(element?.text).toBe('')
      expect(Object.keys(element ?? {}).filter((key) => key.startsWith('text/'))).toEqual([])
      store.transact('user', () => store.text('a' as ElementId).insert(0, 'x'))
      expect(store.get('a' as ElementId)?.text).toBe('x')
    }
  })

  it('M26: of very many texts on one element the first that have letters are read', () => {
    const entry = new Y.Map<unknown>([['base', good]])
    for (let index = 0; index < 2000; index++) entry.set(`text/${index}`, new Y.Text(index % 2 ? 'x' : ''))
    const { store } = receive({ a: () => entry })
    expect(store.get('a' as ElementId)?.text).toBe('x'.repeat(MAX_PIECES))
    store.transact('user', (edit) => edit.update('a' as ElementId, { text: 'mine' }))
    expect(
      store
        .text('a' as ElementId)
        .toString()
        .startsWith('mine'),
    ).toBe(true)
  })

  it('M27: no field is written where a text belongs', () => {
    const { store, doc } = receive({ a: withField('text/1', new Y.Text('kept')) })
    store.transact('user', (edit) => {
      edit.update('a' as ElementId, { 'text/1': 'gone', 'text/2': 1 })
      const [element] = store.ordered
      if (element) edit.create({ ...element, id: 'b' as ElementId, text: '', 'text/1': 'x' })
    })
    expect(store.get('a' as ElementId)?.text).toBe('kept')
    const copy = doc.getMap<Y.Map<unknown>>('elements').get('b')
    expect(copy?.get('base')).not.toHaveProperty('text/1')
  })

  it('M27: whatever is written through the store can be read by others', () => {
    const { store, doc } = receive({ a: withBase(good) })
    const cyclic: Record<string, unknown> = {}
    cyclic.self = cyclic
    store.transact('user', (edit) =>
      edit.update('a' as ElementId, {
        cyclic,
        call: () => {},
        big: 5n,
        none: undefined,
        symbol: Symbol('x'),
        fine: 1,
      }),
    )
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    expect(createBoardStore(copy, testKinds).get('a' as ElementId)?.fine).toBe(1)
  })
})
