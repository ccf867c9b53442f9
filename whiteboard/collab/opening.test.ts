import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createFakeSyncServer, type FakeSyncServer, settle } from '../../test/support/fake-sync-server.ts'
import { testKinds } from '../../test/support/kinds.ts'
import { generateScene } from '../../test/support/scene-generator.ts'
import { onServer, openTab } from '../../test/support/tabs.ts'
import { worldPoint } from '../geometry/types.ts'
import type { BoardStore } from '../model/board.ts'
import { createBoardStore } from '../model/board-store.ts'
import type { ChangeSet } from '../model/changes.ts'
import { markPart, origins } from '../model/document.ts'
import type { Element, ElementId } from '../model/element.ts'
import { applyParts } from '../model/updates/apply-parts.ts'

const until = async (isDone: () => boolean): Promise<void> => {
  for (let round = 0; round < 10_000 && !isDone(); round++) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(isDone()).toBe(true)
}

/** Far more than is applied at once. */
const MANY = 1500

const scene = generateScene({ count: MANY })

const draw = (store: BoardStore, elements: readonly Element[]): void =>
  store.transact('user', (edit) => {
    for (const element of elements) edit.create(element)
  })

/** A board of many elements, a third of which were removed; garbage is kept, so that they are in the update. */
const largeBoard = (doc = new Y.Doc({ gc: false })): BoardStore => {
  const store = createBoardStore(doc, testKinds)
  draw(store, scene)
  store.transact('user', (edit) => {
    scene.forEach(({ id }, index) => {
      if (index % 3 === 0) edit.remove(id)
      else if (index % 5 === 0) edit.update(id, { rotation: 1 as Element['rotation'] })
    })
  })
  return store
}

const removed = new Set(scene.filter((_element, index) => index % 3 === 0).map(({ id }) => id))

const openStore = () => {
  const doc = new Y.Doc()
  const store = createBoardStore(doc, testKinds)
  const told: ChangeSet[] = []
  store.subscribe((changes) => told.push(changes))
  return { doc, store, told }
}

const shown = (store: BoardStore): ElementId[] => store.ordered.map(({ id }) => id)

const expectAsAnew = (store: BoardStore): void => {
  const anew = createBoardStore(store.doc, testKinds)
  expect(store.ordered).toEqual(anew.ordered)
  expect(store.bounds()).toEqual(anew.bounds())
  anew.dispose()
}

describe('Showing what comes in parts', () => {
  it('M17: shows nothing of a first state until it is all there, and then all at once', async () => {
    const source = largeBoard()
    const { doc, store, told } = openStore()
    for (const _pause of applyParts(doc, [Y.encodeStateAsUpdate(source.doc)], { origin: origins.load })) {
      expect(store.size).toBe(0)
    }
    expect(store.loading).toBe(true)
    await until(() => !store.loading)
    expect(store.ordered).toEqual(source.ordered)
    expect(told.map(({ added }) => added.size).filter((size) => size > 0)).toEqual([source.size])
    expectAsAnew(store)
  })

  it('M17: shows own work meanwhile, and keeps it', async () => {
    const source = largeBoard()
    const { doc, store } = openStore()
    const own = generateScene({ count: 4, seed: 99 }).map((element, index) => ({
      ...element,
      id: `own${index}` as ElementId,
    }))
    let pauses = 0
    for (const _pause of applyParts(doc, [Y.encodeStateAsUpdate(source.doc)], { origin: origins.load })) {
      const element = own[pauses++]
      if (element) draw(store, [element])
    }
    expect(shown(store).sort()).toEqual(own.map(({ id }) => id))
    store.transact('user', (edit) => edit.remove(own[0]?.id ?? scene[0]?.id ?? ('' as ElementId)))
    await until(() => !store.loading)
    expect(store.size).toBe(source.size + own.length - 1)
    expectAsAnew(store)
  })

  it('M17: adds to a board that is shown what it has in the end, and never what ends removed', async () => {
    const source = largeBoard()
    const { doc, store, told } = openStore()
    const [kept] = generateScene({ count: 1, seed: 7 })
    if (!kept) throw new Error('empty scene')
    draw(store, [{ ...kept, id: 'kept' as ElementId }])
    const seen = new Set<ElementId>()
    store.subscribe(({ added, updated }) => {
      for (const id of [...added, ...updated]) seen.add(id)
    })
    for (const _pause of applyParts(doc, [Y.encodeStateAsUpdate(source.doc)], { origin: origins.load })) {
      expect(store.size).toBe(1)
    }
    await until(() => !store.loading)
    expect([...seen].filter((id) => removed.has(id))).toEqual([])
    expect(told.map(({ added }) => added.size).filter((size) => size > 0)).toEqual([1, source.size])
    expect(store.size).toBe(source.size + 1)
    expectAsAnew(store)
  })

  it('M17: shows a change of very many at once, with what was done to them meanwhile', async () => {
    const source = largeBoard()
    const { doc, store, told } = openStore()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(source.doc), origins.load)
    const before = Y.encodeStateVector(source.doc)
    source.transact('user', (edit) => {
      for (const { id } of source.ordered) edit.update(id, { position: worldPoint(1, 2) })
    })
    const [first, last] = [source.ordered[0], source.ordered.at(-1)]
    if (!first || !last) throw new Error('empty board')
    told.length = 0
    const update = Y.encodeStateAsUpdate(source.doc, before)
    for (const _pause of applyParts(doc, [update], {
      origin: origins.remote,
      limit: { structs: 50, bytes: 9e9 },
    }));
    store.transact('user', (edit) => edit.remove(first.id))
    while (store.loading) {
      const { opacity } = store.get(last.id) ?? last
      store.transact('user', (edit) => edit.update(last.id, { opacity: opacity * 0.9 }))
      await new Promise((resolve) => setImmediate(resolve))
    }
    const loads = told.filter(({ origin }) => origin === 'load')
    expect(loads.map(({ updated }) => updated.size).filter((size) => size > 0)).toEqual([source.size - 1])
    expectAsAnew(store)
  })

  it('takes in what peers do while it reads, and what they change of it', async () => {
    const source = largeBoard()
    const { doc, store } = openStore()
    const update = Y.encodeStateAsUpdate(source.doc)
    const state = Y.encodeStateVector(source.doc)
    for (const _pause of applyParts(doc, [update], { origin: origins.load }));
    const left = shown(source)
    for (let index = 0; store.loading; index++) {
      const id = left[index * 7]
      source.transact(
        'user',
        (edit) => id && (index % 2 === 0 ? edit.remove(id) : edit.update(id, { opacity: 0.5 })),
      )
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(source.doc, state), origins.remote)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(store.ordered).toEqual(source.ordered)
    expectAsAnew(store)
  })

  it('ends when what came was nothing, and stops with the store', async () => {
    const { doc, store, told } = openStore()
    doc.transact((transaction) => markPart(transaction, 'more'))
    expect(store.loading).toBe(true)
    doc.transact((transaction) => markPart(transaction, 'last'))
    await until(() => !store.loading)
    expect(told.length).toBe(1)
    store.dispose()
  })
})

const seed = (server: FakeSyncServer): BoardStore => {
  server.doc.gc = false
  return largeBoard(server.doc)
}

describe('Opening a large board', () => {
  it('is online with all of it, and says that all is saved', async () => {
    const server = createFakeSyncServer()
    server.saving = true
    const source = seed(server)
    const { client, doc } = openTab(server)
    const store = createBoardStore(doc, testKinds)
    await until(() => client.status.state === 'online')
    expect(client.loaded).toBe(true)
    expect(client.status.unsaved).toBe(0)
    expect(doc.store.pendingStructs).toBeNull()
    expect(store.ordered).toEqual(source.ordered)
  })

  it('lets what comes later wait, and sends what was drawn meanwhile', async () => {
    const server = createFakeSyncServer()
    server.saving = true
    seed(server)
    const { client, doc, draw: drawKey } = openTab(server)
    let applying = 0
    doc.on('afterTransaction', ({ local }) => {
      if (local || ++applying !== 3) return
      server.doc.getMap('elements').delete(scene[1]?.id ?? '')
      queueMicrotask(() => drawKey('meanwhile'))
    })
    await until(() => client.status.state === 'online' && client.status.unsaved === 0)
    await settle()
    expect(applying).toBeGreaterThan(3)
    expect(doc.getMap('elements').has(scene[1]?.id ?? '')).toBe(false)
    expect(onServer(server)).toContain('meanwhile')
    expect(doc.getMap('elements').toJSON()).toEqual(server.doc.getMap('elements').toJSON())
  })

  it('keeps it on the device as it came, and opens from there without the server', async () => {
    const server = createFakeSyncServer()
    server.saving = true
    const source = seed(server)
    const factory = new IDBFactory()
    const first = openTab(server, { factory })
    await until(() => first.client.status.state === 'online')
    await first.close()
    server.down = true
    const second = openTab(server, { factory })
    const store = createBoardStore(second.doc, testKinds)
    await until(() => second.client.loaded)
    expect(store.ordered).toEqual(source.ordered)
    server.down = false
    second.client.retry()
    await until(() => second.client.status.state === 'online')
    expect(second.client.status.unsaved).toBe(0)
    expect(server.connection.updates.every((update) => update.length < 20_000)).toBe(true)
  })

  it('goes on with what came when the connection is lost over it, and is online only with the next', async () => {
    const server = createFakeSyncServer()
    server.saving = true
    const source = seed(server)
    const { client, doc } = openTab(server)
    let applied = 0
    doc.on('afterTransaction', ({ local }) => {
      if (!local && ++applied === 3) queueMicrotask(() => server.connection.close(1006))
    })
    await until(() => client.status.state === 'offline')
    await until(() => doc.getMap('elements').size === source.size)
    expect(client.status.state).toBe('offline')
    client.retry()
    await until(() => client.status.state === 'online')
    expect(server.connections.length).toBe(2)
  })

  it('keeps what is changed in answer to what was read from the device', async () => {
    const server = createFakeSyncServer()
    server.down = true
    const factory = new IDBFactory()
    const first = openTab(server, { factory })
    await until(() => first.client.status.state === 'offline')
    first.draw('before')
    await first.close()
    const second = openTab(server, { factory })
    second.doc.once('afterTransaction', () => second.draw('answer'))
    await until(() => second.client.loaded)
    expect(second.client.status.unsaved).toBe(2)
    await second.close()
    const third = openTab(server, { factory })
    await until(() => third.client.loaded)
    expect([...third.doc.getMap('elements').keys()].sort()).toEqual(['answer', 'before'])
  })

  it('stops when it is closed over it', async () => {
    const server = createFakeSyncServer()
    seed(server)
    const { client, doc, close } = openTab(server)
    await until(() => doc.getMap('elements').size > 0)
    client.dispose()
    const { size } = doc.getMap('elements')
    await settle()
    expect(doc.getMap('elements').size).toBe(size)
    await close()
  })
})
