import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { CloseCode } from '../../whiteboard/collab/protocol.ts'
import { kinds } from '../../whiteboard/elements/index.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import type { ElementId } from '../../whiteboard/model/element.ts'
import { createHistory } from '../../whiteboard/model/history.ts'
import { documentOf } from '../support/stored-document.ts'
import { connect, join } from '../support/ws-client.ts'
import { GatedRoomStorage, startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

const BOARD = 'board'

let server: TestSyncServer | null = null
afterEach(async () => {
  await server?.stop()
  server = null
})

const restarted = async (storage: GatedRoomStorage): Promise<TestSyncServer> => {
  await server?.stop()
  server = await startSyncServer({ storage })
  return server
}

/** A board as a version may write it that knows more than this one: a higher schema, other types, fields and parts. */
const newerBoard = (): Y.Doc => {
  const doc = new Y.Doc()
  const base = { type: 'rectangle', position: [0, 0], size: [100, 50], order: 'a0', glow: { colour: 'x' } }
  const known = new Y.Map<unknown>([
    ['base', base],
    ['sparkle', 3],
  ])
  const unknown = new Y.Map<unknown>([['base', { type: 'hologram', depth: 7, order: 'a1' }]])
  doc.getMap('elements').set('known', known)
  doc.getMap('elements').set('unknown', unknown)
  doc.getMap('meta').set('schema', 9)
  doc.getMap('meta').set('mood', 'bright')
  doc.getArray('comments').push(['kept'])
  return doc
}

const stored = async (storage: GatedRoomStorage) => {
  const doc = documentOf(await storage.load(BOARD))
  return {
    elements: doc.getMap('elements').toJSON(),
    meta: doc.getMap('meta').toJSON(),
    comments: doc.getArray('comments').toJSON(),
  }
}

describe('PE17 a board that a newer version has written', () => {
  it('is worked on without losing what this version does not know, in log and snapshots', async () => {
    const storage = new GatedRoomStorage()
    const state = Y.encodeStateAsUpdate(newerBoard())
    await storage.compact(BOARD, { basedOn: null, covers: [], state })
    const ada = await join(await restarted(storage))
    const board = createBoardStore(ada.doc, kinds)
    const history = createHistory(board)
    board.transact('user', (edit) => edit.update('known' as ElementId, { position: [5, 5] }))
    board.transact('user', (edit) => edit.update('unknown' as ElementId, { position: [7, 7] }))
    board.transact('user', (edit) => edit.configure({ background: '#ffffff' }))
    history.undo()
    history.dispose()
    board.dispose()
    await ada.untilSaved()
    // Each start takes the log into a snapshot.
    for (let count = 0; count < 2; count++) await join(await restarted(storage))
    await server?.stop()
    const { elements, meta, comments } = await stored(storage)
    expect(elements).toMatchObject({
      known: { base: { glow: { colour: 'x' } }, sparkle: 3, position: [5, 5] },
      unknown: { base: { type: 'hologram', depth: 7 }, position: [7, 7] },
    })
    expect(meta).toEqual({ schema: 9, mood: 'bright' })
    expect(comments).toEqual(['kept'])
  })

  it('S61 in a format that this one cannot read closes with 4510 and stays as it is', async () => {
    const storage = new GatedRoomStorage()
    const state = Uint8Array.of(0xff, 2, 0, 0, 1, 2, 3)
    await storage.compact(BOARD, { basedOn: null, covers: [], state })
    for (let count = 0; count < 2; count++) {
      const ada = await connect(await restarted(storage))
      ada.elements.set('drawn', 1)
      expect(await ada.closed).toMatchObject({ code: CloseCode.boardUnreadable })
    }
    await server?.stop()
    expect((await storage.load(BOARD)).snapshot?.data).toEqual(state)
    expect(storage.kept(BOARD)).toEqual({ entries: 0, snapshots: 1 })
  })
})
