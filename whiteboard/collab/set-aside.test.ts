import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { settle } from '../../test/support/fake-sync-server.ts'
import { createManualClock } from '../../test/support/manual-clock.ts'
import { createDeviceCopy, type DeviceCopy } from './device-copy.ts'
import { openDatabase, stores } from './device-database.ts'
import { requestDone } from './indexed-db.ts'
import { setDeviceCopyAside } from './set-aside.ts'

const range = IDBKeyRange

const openCopy = async (factory: IDBFactory, boardId = 'board'): Promise<DeviceCopy> => {
  const copy = createDeviceCopy({ personId: 'ada', boardId, clock: createManualClock(), factory, range })
  await copy.open(
    async () => null,
    () => {},
  )
  return copy
}

const updateOf = (key: string): Uint8Array => {
  const doc = new Y.Doc()
  doc.getMap('elements').set(key, key)
  return Y.encodeStateAsUpdate(doc)
}

/** A copy with something of a peer's, something saved and two changes that are not. */
const fill = async (factory: IDBFactory, boardId?: string): Promise<void> => {
  const copy = await openCopy(factory, boardId)
  copy.addRemote(updateOf('of a peer'))
  copy.addLocal(updateOf('saved'), 1)
  copy.addLocal(updateOf('first'), 2)
  copy.addLocal(updateOf('second'), 3)
  copy.markSaved(1)
  await copy.close()
}

const read = async (factory: IDBFactory, boardId?: string) => {
  const copy = await openCopy(factory, boardId)
  const content = await copy.read()
  await copy.close()
  return content
}

describe('Setting the copy on a device aside', () => {
  it('leaves nothing to be sent or shown, and keeps what was not saved', async () => {
    const factory = new IDBFactory()
    await fill(factory)
    expect(await setDeviceCopyAside({ personId: 'ada', boardId: 'board', factory, range })).toBe(2)
    expect(await read(factory)).toEqual({ updates: [], unsaved: 0 })
    const database = await openDatabase(factory)
    const kept: { data: Uint8Array }[] = await requestDone(
      database.transaction(stores.damaged).objectStore(stores.damaged).getAll(),
    )
    database.close()
    const doc = new Y.Doc()
    for (const { data } of kept) Y.applyUpdate(doc, data)
    expect([...doc.getMap('elements').keys()].sort()).toEqual(['first', 'second'])
  })

  it('touches no other board, and no other person', async () => {
    const factory = new IDBFactory()
    await fill(factory)
    await fill(factory, 'another')
    await setDeviceCopyAside({ personId: 'ada', boardId: 'board', factory, range })
    await setDeviceCopyAside({ personId: 'ben', boardId: 'another', factory, range })
    await settle()
    expect((await read(factory, 'another')).unsaved).toBe(2)
  })
})
