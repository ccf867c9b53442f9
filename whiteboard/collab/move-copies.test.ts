import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { createDeviceCopy } from './device-copy.ts'
import { listDeviceCopies } from './device-database.ts'
import { moveDeviceCopies } from './move-copies.ts'

const open = async (factory: IDBFactory, personId: string, boardId = 'board') => {
  const copy = createDeviceCopy({ personId, boardId, factory, range: IDBKeyRange })
  await copy.open(
    async () => null,
    () => {},
  )
  const { updates, unsaved } = await copy.read()
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return { copy, unsaved, names: [...doc.getMap('elements').keys()].sort() }
}

const draw = async (factory: IDBFactory, personId: string, name: string, boardId = 'board') => {
  const { copy } = await open(factory, personId, boardId)
  const doc = new Y.Doc()
  doc.getMap('elements').set(name, 1)
  copy.addLocal(Y.encodeStateAsUpdate(doc), 1)
  await copy.close()
}

it('what a guest drew offline is sent by the account that they sign in to', async () => {
  const factory = new IDBFactory()
  await draw(factory, 'guest', 'as guest')
  await draw(factory, 'guest', 'elsewhere', 'other')
  await draw(factory, 'ada', 'as ada')
  await draw(factory, 'ben', 'as ben')
  await moveDeviceCopies('guest', 'ada', factory, IDBKeyRange)
  expect(await open(factory, 'ada')).toMatchObject({ unsaved: 2, names: ['as ada', 'as guest'] })
  expect(await open(factory, 'ada', 'other')).toMatchObject({ unsaved: 1, names: ['elsewhere'] })
  expect(await open(factory, 'ben')).toMatchObject({ unsaved: 1, names: ['as ben'] })
  const copies = await listDeviceCopies(factory)
  expect(copies.map(({ person, board }) => `${person} ${board}`).sort()).toEqual([
    'ada board',
    'ada other',
    'ben board',
  ])
  expect(await open(factory, 'guest')).toMatchObject({ unsaved: 0, names: [] })
})
