import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { createDeviceCopy } from './device-copy.ts'
import { listDeviceCopies } from './device-database.ts'
import { forgetDeviceCopies, moveDeviceCopies } from './move-copies.ts'

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
  await moveDeviceCopies('guest', 'ada', { factory, range: IDBKeyRange })
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

it('what a tab goes on writing as the guest after that is moved by the next time, and merged with what is there', async () => {
  const factory = new IDBFactory()
  const place = { factory, range: IDBKeyRange }
  await draw(factory, 'guest', 'before')
  const { copy: tab } = await open(factory, 'guest')
  await moveDeviceCopies('guest', 'ada', place)
  await draw(factory, 'ada', 'as ada')
  const doc = new Y.Doc()
  doc.getMap('elements').set('after', 1)
  tab.addLocal(Y.encodeStateAsUpdate(doc), 1)
  await tab.close()
  for (const _ of ['once', 'and again']) await moveDeviceCopies('guest', 'ada', place)
  expect(await open(factory, 'ada')).toMatchObject({ unsaved: 3, names: ['after', 'as ada', 'before'] })
  expect((await listDeviceCopies(factory)).map(({ person }) => person)).toEqual(['ada'])
})

it('keeps the later of the two times at which a board was opened', async () => {
  const factory = new IDBFactory()
  for (const [person, now] of [
    ['guest', 1],
    ['ada', 2],
  ] as const) {
    const clock = { now: () => now, after: () => () => {} }
    const copy = createDeviceCopy({ personId: person, boardId: 'board', factory, range: IDBKeyRange, clock })
    await copy.open(
      async () => null,
      () => {},
    )
    await copy.close()
  }
  await moveDeviceCopies('guest', 'ada', { factory, range: IDBKeyRange })
  expect(await listDeviceCopies(factory)).toEqual([{ person: 'ada', board: 'board', openedAt: 2 }])
})

it('forgets what is kept of somebody whose account is closed, and of nobody else', async () => {
  const factory = new IDBFactory()
  for (const person of ['ada', 'ada2', 'ben']) await draw(factory, person, `as ${person}`)
  await forgetDeviceCopies('ada', { factory, range: IDBKeyRange })
  expect((await listDeviceCopies(factory)).map(({ person }) => person)).toEqual(['ada2', 'ben'])
  expect(await open(factory, 'ada')).toMatchObject({ unsaved: 0, names: [] })
  expect(await open(factory, 'ada2')).toMatchObject({ unsaved: 1, names: ['as ada2'] })
})
