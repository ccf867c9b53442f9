import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { cpuTime } from '../../test/support/cpu-time.ts'
import { testKinds } from '../../test/support/kinds.ts'
import { generateScene } from '../../test/support/scene-generator.ts'
import { radians, worldPoint } from '../geometry/types.ts'
import { createBoardStore } from './board-store.ts'
import type { ChangeSet } from './changes.ts'
import { origins } from './document.ts'
import type { Element, ElementId, GroupId, OrderKey } from './element.ts'

const id = (value: string): ElementId => value as ElementId

const rectangle = (name: string, fields: Partial<Element> = {}): Element => {
  const [element] = generateScene({ count: 1 })
  if (!element) throw new Error('empty scene')
  return {
    ...element,
    id: id(name),
    position: worldPoint(10, 20),
    size: [100, 50],
    stroke: '#1e1e1e',
    ...fields,
  }
}

const open = (doc = new Y.Doc()) => {
  const store = createBoardStore(doc, testKinds)
  const changes: ChangeSet[] = []
  store.subscribe((change) => changes.push(change))
  return { doc, store, changes }
}

const connect = (a: Y.Doc, b: Y.Doc): void => {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
}

describe('the document format', () => {
  it('M1, M2: stores a new element as one base value without what equals the defaults', () => {
    const { doc, store } = open()
    store.transact('user', (edit) => edit.create(rectangle('a', { stroke: '#ff0000' })))
    const entry = doc.getMap<Y.Map<unknown>>('elements').get('a')
    expect([...(entry?.keys() ?? [])]).toEqual(['base'])
    expect(entry?.get('base')).toEqual({
      type: 'rectangle',
      position: [10, 20],
      size: [100, 50],
      order: 'a0',
      stroke: '#ff0000',
    })
    expect(doc.getMap('meta').get('schema')).toBe(1)
  })

  it('M2: reads a place that was written alone as if the whole element were read anew', () => {
    const { doc, store } = open()
    store.transact('user', (edit) => edit.create(rectangle('a')))
    const entry = doc.getMap<Y.Map<unknown>>('elements').get('a')
    const places = [
      [30, 40],
      [1e12, -5],
      ['x', 2],
      [7],
      null,
      'there',
      new Y.Map(),
      { 0: 1, 1: 2 },
      [1, 2, 3],
    ]
    for (const place of places) {
      entry?.set('position', place)
      expect(store.ordered).toEqual(createBoardStore(doc, testKinds).ordered)
    }
    entry?.delete('position')
    expect(store.get(id('a'))?.position).toEqual([10, 20])
  })

  it('M1: stores fields of bytes beside the base', () => {
    const { doc, store } = open()
    const ink = Uint8Array.of(1, 2, 3)
    store.transact('user', (edit) => edit.create(rectangle('a', { ink })))
    const entry = doc.getMap<Y.Map<unknown>>('elements').get('a')
    expect([...(entry?.keys() ?? [])].sort()).toEqual(['base', 'ink'])
    expect(entry?.get('base')).not.toHaveProperty('ink')
    expect(store.get(id('a'))?.ink).toEqual(ink)
  })

  it('M3: writes only changed fields beside the base, and none that are equal', () => {
    const { doc, store } = open()
    store.transact('user', (edit) => edit.create(rectangle('a')))
    store.transact('user', (edit) =>
      edit.update(id('a'), { position: [1, 2], size: [100, 50], strokeWidth: 2, locked: true }),
    )
    const entry = doc.getMap<Y.Map<unknown>>('elements').get('a')
    expect([...(entry?.keys() ?? [])].sort()).toEqual(['base', 'locked', 'position'])
    expect(store.get(id('a'))).toMatchObject({ position: [1, 2], size: [100, 50], locked: true })
  })

  it('M3: two people who change different fields both keep their change', () => {
    const one = open()
    const two = open()
    one.store.transact('user', (edit) => edit.create(rectangle('a')))
    connect(one.doc, two.doc)
    one.store.transact('user', (edit) => edit.update(id('a'), { stroke: '#00ff00' }))
    two.store.transact('user', (edit) => edit.update(id('a'), { position: [7, 7] }))
    connect(one.doc, two.doc)
    expect(one.store.get(id('a'))).toMatchObject({ stroke: '#00ff00', position: [7, 7] })
    expect(two.store.get(id('a'))).toEqual(one.store.get(id('a')))
  })

  it('M2: one drawn shape is one update, the version of the format included', () => {
    const { doc, store } = open()
    let updates = 0
    doc.on('update', () => updates++)
    store.transact('user', () => {})
    expect(updates).toBe(0)
    store.transact('user', (edit) => edit.create(rectangle('a')))
    expect(updates).toBe(1)
    expect(doc.getMap('meta').get('schema')).toBe(1)
  })

  it('M4: an element has no text type before its first letter, then one in its own map', () => {
    const { doc, store } = open()
    const keys = (name: string) => [...(doc.getMap<Y.Map<unknown>>('elements').get(name)?.keys() ?? [])]
    store.transact('user', (edit) => {
      edit.create(rectangle('a'))
      edit.create(rectangle('b', { text: 'hello' }))
    })
    expect(store.get(id('a'))?.text).toBe('')
    expect(keys('a')).toEqual(['base'])
    expect(keys('b')).toEqual(['base', `text/${doc.clientID}`])
    store.transact('user', (edit) => edit.update(id('a'), { text: 'x' }))
    expect(keys('a')).toEqual(['base', `text/${doc.clientID}`])
    expect([...doc.share.keys()].sort()).toEqual(['elements', 'meta'])
  })

  it('M4: two people who begin to type in one empty label both keep all their letters', () => {
    const one = open()
    const two = open()
    one.store.transact('user', (edit) => edit.create(rectangle('a')))
    connect(one.doc, two.doc)
    one.store.transact('user', () => one.store.text(id('a')).insert(0, 'left'))
    two.store.transact('user', () => two.store.text(id('a')).insert(0, 'right'))
    connect(one.doc, two.doc)
    const text = one.store.get(id('a'))?.text ?? ''
    expect(['leftright', 'rightleft']).toContain(text)
    expect(two.store.get(id('a'))?.text).toBe(text)
  })

  it('M5: removing an element removes its text', () => {
    const { doc, store } = open()
    store.transact('user', (edit) => edit.create(rectangle('a', { text: 'hello' })))
    store.transact('user', (edit) => edit.remove(id('a')))
    expect(Buffer.from(Y.encodeStateAsUpdate(doc)).includes('hello')).toBe(false)
    store.transact('user', (edit) => edit.create(rectangle('a')))
    expect(store.get(id('a'))?.text).toBe('')
  })

  it('M6: a patch of text changes only the letters that differ', () => {
    const one = open()
    const two = open()
    one.store.transact('user', (edit) => edit.create(rectangle('a', { text: 'red 🙂 car' })))
    connect(one.doc, two.doc)
    one.store.transact('user', (edit) => edit.update(id('a'), { text: 'red 🙃 car' }))
    two.store.transact('user', () => two.store.text(id('a')).insert(0, 'my '))
    connect(one.doc, two.doc)
    expect(one.store.get(id('a'))?.text).toBe('my red 🙃 car')
  })

  it('M7: creating an id that exists, and changing or removing one that does not, does nothing', () => {
    const { store, changes } = open()
    store.transact('user', (edit) => edit.create(rectangle('a')))
    const before = store.get(id('a'))
    changes.length = 0
    store.transact('user', (edit) => {
      edit.create(rectangle('a', { position: worldPoint(0, 0) }))
      edit.update(id('b'), { position: [0, 0] })
      edit.remove(id('b'))
    })
    expect(store.get(id('a'))).toBe(before)
    expect(changes).toEqual([])
  })

  it('M8: an element created and changed in one transaction is as changed', () => {
    const { store } = open()
    store.transact('user', (edit) => {
      edit.create(rectangle('a'))
      edit.update(id('a'), { stroke: '#0000ff' })
    })
    expect(store.get(id('a'))?.stroke).toBe('#0000ff')
  })
})

describe('reading', () => {
  it('M10: elements stay the same objects until they change', () => {
    const { store } = open()
    store.transact('user', (edit) => {
      edit.create(rectangle('a'))
      edit.create(rectangle('b', { order: 'a1' as OrderKey }))
    })
    const before = store.ordered
    const a = store.get(id('a'))
    store.transact('user', (edit) => edit.update(id('b'), { locked: true }))
    expect(store.get(id('a'))).toBe(a)
    expect(store.ordered).not.toBe(before)
    expect(before[1]?.locked).toBe(false)
    expect(store.ordered[1]?.locked).toBe(true)
  })

  it('M10: the order is by key, then by id, however changes came', () => {
    const { store } = open()
    const scene = generateScene({ count: 300, seed: 5 })
    store.transact('user', (edit) => {
      for (const element of [...scene].reverse()) edit.create(element)
    })
    expect(store.ordered.map((element) => element.id)).toEqual(scene.map((element) => element.id))
    store.transact('user', (edit) => {
      edit.remove(id(scene[10]?.id ?? ''))
      edit.update(id(scene[0]?.id ?? ''), { order: 'zz'.padEnd(27, 'z') })
      edit.update(id(scene[299]?.id ?? ''), { order: scene[5]?.order })
    })
    const ids = store.ordered.map((element) => element.id)
    expect(ids).toHaveLength(299)
    expect(ids.at(-1)).toBe(scene[0]?.id)
    expect(ids.slice(4, 7)).toEqual([scene[5]?.id, scene[299]?.id, scene[6]?.id])
  })

  it('M11: tells what each transaction did, and whose it was', () => {
    const { doc, store, changes } = open()
    store.transact('user', (edit) => edit.create(rectangle('a')))
    changes.length = 0
    const other = open()
    connect(doc, other.doc)
    expect(other.changes.map((change) => [change.origin, [...change.added]])).toEqual([['remote', ['a']]])
    other.store.transact('user', (edit) => edit.update(id('a'), { locked: true }))
    other.store.transact('user', () => other.store.text(id('a')).insert(0, 'x'))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other.doc), origins.load)
    expect(changes.map((change) => [change.origin, [...change.updated]])).toEqual([['load', ['a']]])
    expect(store.get(id('a'))).toMatchObject({ text: 'x', locked: true })
    other.store.transact('user', (edit) => edit.remove(id('a')))
    expect([...(other.changes.at(-1)?.removed ?? [])]).toEqual(['a'])
  })

  it('M11: later letters of a peer in a text that nobody opened here are told too', () => {
    const one = open()
    const two = open()
    one.store.transact('user', (edit) => edit.create(rectangle('a', { text: 'a' })))
    connect(one.doc, two.doc)
    one.store.transact('user', () => one.store.text(id('a')).insert(1, 'b'))
    connect(one.doc, two.doc)
    expect(two.store.get(id('a'))?.text).toBe('ab')
    expect([...(two.changes.at(-1)?.updated ?? [])]).toEqual(['a'])
  })

  it('M11: thousands of texts that arrive at once are all told, soon', () => {
    const one = open()
    const two = open()
    const scene = generateScene({ count: 8000, labelled: 1 })
    one.store.transact('user', (edit) => {
      for (const element of scene) edit.create({ ...element, text: '' })
    })
    connect(one.doc, two.doc)
    one.store.transact('user', (edit) => {
      for (const { id: target, text } of scene) edit.update(target, { text })
    })
    const update = Y.encodeStateAsUpdate(one.doc, Y.encodeStateVector(two.doc))
    const start = cpuTime()
    Y.applyUpdate(two.doc, update)
    expect(cpuTime() - start).toBeLessThan(3000)
    expect(two.changes.at(-1)?.updated.size).toBe(8000)
    expect(two.store.get(id(scene[7999]?.id ?? ''))?.text).toBe(scene[7999]?.text)
  })

  it('says where elements were painted before, once for each transaction', () => {
    const { store, changes } = open()
    store.transact('user', (edit) => edit.create(rectangle('a')))
    const before = store.boxOf(id('a'))
    store.transact('user', (edit) => {
      edit.update(id('a'), { position: worldPoint(500, 500) })
      edit.update(id('a'), { size: [7, 7] })
    })
    const between = store.boxOf(id('a'))
    store.transact('user', (edit) => edit.remove(id('a')))
    expect(changes.map(({ left }) => [...left])).toEqual([[], [['a', before]], [['a', between]]])
    expect(store.boxOf(id('a'))).toBeUndefined()
  })

  it('says of a board just read nothing about what did not change', () => {
    const { store, doc } = open()
    store.transact('user', (edit) => {
      edit.create({ ...rectangle('f'), type: 'frame' })
      edit.create({ ...rectangle('in'), frame: id('f') })
      edit.create(rectangle('a'))
    })
    const anew = createBoardStore(doc, testKinds)
    const told: ChangeSet[] = []
    anew.subscribe((changes) => told.push(changes))
    anew.transact('user', (edit) => edit.update(id('a'), { rotation: radians(1) }))
    expect(told.map(({ left }) => [...left.keys()])).toEqual([['a']])
  })

  it('M11: a listener that fails keeps neither others nor the document from going on', () => {
    const { store } = open()
    const seen: number[] = []
    const silenced = console.error
    console.error = () => {}
    store.subscribe(() => {
      throw new Error('listener')
    })
    store.subscribe((change) => seen.push(change.added.size))
    store.transact('user', (edit) => edit.create(rectangle('a')))
    console.error = silenced
    expect(seen).toEqual([1])
    expect(store.size).toBe(1)
  })

  it('M12: finds what is in a box and on top at a point, turned elements included', () => {
    const { store } = open()
    store.transact('user', (edit) => {
      edit.create(rectangle('low', { order: 'a1' as OrderKey }))
      edit.create(rectangle('high', { order: 'a2' as OrderKey }))
      edit.create(
        rectangle('turned', {
          position: worldPoint(500, 500),
          size: [200, 10],
          rotation: (Math.PI / 2) as Element['rotation'],
        }),
      )
    })
    expect(store.hit(worldPoint(50, 40), 0)?.id).toBe('high')
    expect(store.hit(worldPoint(50, 40), 0, (element) => element.id !== 'high')?.id).toBe('low')
    expect(store.hit(worldPoint(600, 420), 0)?.id).toBe('turned')
    expect(store.hit(worldPoint(510, 505), 0)).toBeUndefined()
    const found = store.query({ minX: 0, minY: 0, maxX: 20, maxY: 30 })
    expect(found.map((element) => element.id)).toEqual(['low', 'high'])
    expect(store.bounds()).toMatchObject({ minX: 8, minY: 18 })
    store.transact('user', (edit) => edit.update(id('low'), { position: [9000, 9000] }))
    expect(store.query({ minX: 9050, minY: 9000, maxX: 9051, maxY: 9001 })).toHaveLength(1)
    expect(store.query({ minX: 0, minY: 0, maxX: 20, maxY: 30 })).toHaveLength(1)
  })

  it('M12: groups and locks are plain fields', () => {
    const { store } = open()
    store.transact('user', (edit) => edit.create(rectangle('a', { groups: ['inner', 'outer'] as GroupId[] })))
    expect(store.get(id('a'))?.groups).toEqual(['inner', 'outer'])
    store.transact('user', (edit) => edit.update(id('a'), { groups: [] }))
    expect(store.get(id('a'))?.groups).toEqual([])
  })
})
