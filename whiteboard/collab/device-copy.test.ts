import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { settle } from '../../test/support/fake-sync-server.ts'
import { createManualClock } from '../../test/support/manual-clock.ts'
import { createDeviceCopy, type DeviceCopy } from './device-copy.ts'
import { listDeviceCopies, openDatabase, stores } from './device-database.ts'
import { requestDone } from './indexed-db.ts'

interface Opened {
  readonly copy: DeviceCopy
  readonly doc: Y.Doc
  readonly unsaved: number
  readonly changes: () => number
}

const openCopy = async (factory: IDBFactory, boardId = 'board', personId = 'ada'): Promise<Opened> => {
  const copy = createDeviceCopy({
    personId,
    boardId,
    clock: createManualClock(),
    factory,
    range: IDBKeyRange,
  })
  const doc = new Y.Doc()
  let changes = 0
  await copy.open(
    async () => Y.encodeStateAsUpdate(doc),
    () => changes++,
  )
  const { updates, unsaved } = await copy.read()
  copy.adopt(0)
  for (const update of updates) Y.applyUpdate(doc, update)
  return { copy, doc, unsaved, changes: () => changes }
}

/** The update of setting one key in a document of its own. */
const updateOf = (key: string, size = 1): Uint8Array => {
  const doc = new Y.Doc()
  doc.getMap('elements').set(key, 'x'.repeat(size))
  return Y.encodeStateAsUpdate(doc)
}

const keysOf = (doc: Y.Doc): string[] => [...doc.getMap('elements').keys()].sort()

const rowsOf = async (factory: IDBFactory, store: string = stores.updates): Promise<unknown[]> => {
  const database = await openDatabase(factory)
  const keys = await requestDone(database.transaction(store).objectStore(store).getAllKeys())
  database.close()
  return keys
}

describe('The copy on the device', () => {
  it('gives back what was added, and how much of it is unsaved', async () => {
    const factory = new IDBFactory()
    const { copy } = await openCopy(factory)
    copy.addRemote(updateOf('of a peer'))
    copy.addLocal(updateOf('first'), 1)
    copy.addLocal(updateOf('second'), 2)
    copy.addLocal(updateOf('third'), 3)
    copy.markSaved(2)
    await copy.close()
    const again = await openCopy(factory)
    expect(again.unsaved).toBe(1)
    expect(keysOf(again.doc)).toEqual(['first', 'of a peer', 'second', 'third'])
  })

  it('has a local change on its way before the next line runs, without anybody closing it', async () => {
    const factory = new IDBFactory()
    const { copy } = await openCopy(factory)
    copy.addLocal(updateOf('mine'), 1)
    const other = await openCopy(factory)
    expect(other.unsaved).toBe(1)
    expect(keysOf(other.doc)).toEqual(['mine'])
  })

  it('keeps changes from before it was open, saved ones as saved', async () => {
    const factory = new IDBFactory()
    const copy = createDeviceCopy({
      personId: 'ada',
      boardId: 'board',
      clock: createManualClock(),
      factory,
      range: IDBKeyRange,
    })
    const opening = copy.open(
      async () => new Uint8Array(),
      () => {},
    )
    copy.addLocal(updateOf('early'), 1)
    copy.addLocal(updateOf('later'), 2)
    copy.markSaved(1)
    await opening
    await copy.close()
    const again = await openCopy(factory)
    expect(again.unsaved).toBe(1)
    expect(keysOf(again.doc)).toEqual(['early', 'later'])
  })

  it('holds boards and people apart', async () => {
    const factory = new IDBFactory()
    const { copy } = await openCopy(factory)
    copy.addLocal(updateOf('mine'), 1)
    await copy.close()
    expect(keysOf((await openCopy(factory, 'board', 'bob')).doc)).toEqual([])
    expect(keysOf((await openCopy(factory, 'board2')).doc)).toEqual([])
  })

  it('makes many rows one without losing any, those of another tab neither', async () => {
    const factory = new IDBFactory()
    const one = await openCopy(factory)
    const two = await openCopy(factory)
    two.copy.addLocal(updateOf('of the other tab'), 1)
    two.copy.markSaved(1)
    for (let index = 1; index <= 200; index++) {
      const update = updateOf(`e${index}`)
      Y.applyUpdate(one.doc, update)
      one.copy.addLocal(update, index)
      one.copy.markSaved(index)
      if (index % 50 === 0) await settle()
    }
    await one.copy.close()
    await two.copy.close()
    const rows = await rowsOf(factory)
    expect(rows.length).toBeLessThan(90)
    expect(keysOf((await openCopy(factory)).doc).length).toBe(201)
  })

  it('makes many unsaved rows of an earlier tab one, and still knows how many changes they are', async () => {
    const factory = new IDBFactory()
    const { copy } = await openCopy(factory)
    for (let index = 1; index <= 300; index++) copy.addLocal(updateOf(`e${index}`), index)
    await copy.close()
    await (await openCopy(factory)).copy.close()
    expect((await rowsOf(factory)).length).toBe(1)
    const again = await openCopy(factory)
    expect(again.unsaved).toBe(300)
    expect(keysOf(again.doc).length).toBe(300)
  })

  it('later reads only what other tabs left unsaved, and each of it once', async () => {
    const factory = new IDBFactory()
    const one = await openCopy(factory)
    const two = await openCopy(factory)
    two.copy.addLocal(updateOf('saved there'), 1)
    two.copy.markSaved(1)
    two.copy.addLocal(updateOf('left there'), 2)
    const [first, second] = await Promise.all([one.copy.read(), one.copy.read()])
    expect(first.unsaved).toBe(1)
    expect(first.updates.length).toBe(1)
    expect(second.updates.length).toBe(0)
  })

  it('CT13 sets a corrupt row aside and goes on with the rest', async () => {
    const factory = new IDBFactory()
    const { copy } = await openCopy(factory)
    copy.addLocal(updateOf('whole'), 1)
    copy.addLocal(updateOf('damaged'), 2)
    await copy.close()
    const database = await openDatabase(factory)
    const store = database.transaction(stores.updates, 'readwrite').objectStore(stores.updates)
    const keys = await requestDone(store.getAllKeys())
    const key = keys[1] as IDBValidKey
    const row = (await requestDone(store.get(key))) as { data: Uint8Array }
    row.data[10] = (row.data[10] ?? 0) ^ 0x40
    await requestDone(store.put(row, key))
    await requestDone(store.put('not a row at all', ['ada', 'board', 'unsaved', 'other', 0]))
    database.close()

    const again = await openCopy(factory)
    expect(keysOf(again.doc)).toEqual(['whole'])
    expect(again.unsaved).toBe(1)
    expect(again.copy.damaged).toBe(2)
    expect(again.copy.available).toBe(true)
    expect((await rowsOf(factory, stores.damaged)).length).toBe(2)
    expect((await openCopy(factory)).copy.damaged).toBe(0)
  })

  it('says that it is not there any more when the disk is full', async () => {
    const factory = new IDBFactory()
    const { copy, changes } = await openCopy(factory)
    const before = changes()
    const { IDBObjectStore } = await import('fake-indexeddb')
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The disk is full', 'QuotaExceededError')
    }
    copy.addLocal(updateOf('mine'), 1)
    IDBObjectStore.prototype.put = put
    expect(copy.available).toBe(false)
    expect(changes()).toBe(before + 1)
    copy.addLocal(updateOf('more'), 2)
    copy.markSaved(2)
    await copy.close()
  })

  it('says that it is not there any more when a transaction fails on the way to the disk', async () => {
    const factory = new IDBFactory()
    const { copy } = await openCopy(factory)
    const { IDBDatabase } = await import('fake-indexeddb')
    const transaction = IDBDatabase.prototype.transaction
    IDBDatabase.prototype.transaction = function (this: InstanceType<typeof IDBDatabase>, ...args) {
      const made = transaction.apply(this, args)
      made.commit = () => made.abort()
      return made
    } as typeof transaction
    copy.addLocal(updateOf('mine'), 1)
    IDBDatabase.prototype.transaction = transaction
    await settle()
    expect(copy.available).toBe(false)
  })

  it('does not make the board wait for a database that is slow to open, and keeps a copy from then on', async () => {
    const clock = createManualClock()
    const factory = new IDBFactory()
    const open = factory.open.bind(factory)
    const request: { onsuccess?: () => void; result?: IDBDatabase } = {}
    factory.open = (() => request) as unknown as IDBFactory['open']
    const copy = createDeviceCopy({ personId: 'ada', boardId: 'board', clock, factory, range: IDBKeyRange })
    const opening = copy.open(
      async () => new Uint8Array(),
      () => {},
    )
    clock.advance(4000)
    await opening
    expect(copy.available).toBe(false)
    expect(await copy.read()).toEqual({ updates: [], unsaved: 0 })
    copy.addLocal(updateOf('meanwhile'), 1)
    factory.open = open
    request.result = await openDatabase(factory)
    request.onsuccess?.()
    await settle()
    expect(copy.available).toBe(true)
    expect((await openCopy(factory)).unsaved).toBe(1)
  })

  it('goes on without where there is no database', async () => {
    const factory = new IDBFactory()
    factory.open = () => {
      throw new DOMException('not in a private window', 'SecurityError')
    }
    const { copy, unsaved, changes } = await openCopy(factory)
    expect(copy.available).toBe(false)
    expect(unsaved).toBe(0)
    expect(changes()).toBe(1)
  })

  it('can be listed', async () => {
    const factory = new IDBFactory()
    const { copy } = await openCopy(factory)
    copy.addLocal(updateOf('mine'), 1)
    await copy.close()
    await (await openCopy(factory, 'other')).copy.close()
    expect((await listDeviceCopies(factory)).map(({ board }) => board)).toEqual(['board', 'other'])
  })
})
