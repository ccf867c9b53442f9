import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { MemoryRoomStorage } from '../../../test/support/memory-room-storage.ts'
import { createLog } from '../../log.ts'
import { withDefaults } from '../limits.ts'
import { SyncMetrics } from '../metrics.ts'
import { systemClock } from '../ports.ts'
import { createSaver } from '../saving/saver.ts'
import { decodeFrame, updateFrame } from '../wire.ts'
import type { Member } from './member.ts'
import { createRooms } from './rooms.ts'
import { readStoredDocument } from './stored-document.ts'

const limits = withDefaults({ commitTick: 0 })
const log = createLog('silent')

const createMember = () => {
  const ended: number[] = []
  const received: Uint8Array[] = []
  const member: Member = {
    identity: { id: 'ada', name: 'Ada', color: '#000000' },
    canWrite: true,
    send: (frame) => received.push(frame),
    deliver: (message) => received.push(message),
    answer: (messages) => received.push(...messages),
    show: (message) => received.push(message),
    notify: () => {},
    end: (code) => ended.push(code),
    acknowledge: () => {},
    askAgain: () => {},
  }
  return { member, ended, received }
}

/** The update in a short WebSocket message. */
const updateIn = (message: Uint8Array): Uint8Array => {
  const frame = decodeFrame(message.subarray(2))
  if (frame.type !== 'update') throw new Error('This message holds no update')
  return frame.update
}

const incoming = (key: string) => {
  const doc = new Y.Doc()
  doc.getMap('elements').set(key, 1)
  const update = Y.encodeStateAsUpdate(doc)
  return { frame: updateFrame(update), update, isStep2: false, number: 1, takesPart: false }
}

/** Rooms whose first document breaks at the second update. */
const createFragileRooms = () => {
  const storage = new MemoryRoomStorage()
  let reads = 0
  const { savedLag } = new SyncMetrics()
  const saver = createSaver({ storage, limits, clock: systemClock, log, onCommitted: () => {}, savedLag })
  const rooms = createRooms({
    storage,
    saver,
    limits,
    clock: systemClock,
    log,
    read: async (...stored) => {
      const document = await readStoredDocument(...stored)
      if (++reads > 1) return document
      let applied = 0
      const apply: typeof document.apply = (...update) => {
        if (++applied > 1) throw new Error('broken')
        return document.apply(...update)
      }
      return { ...document, apply }
    },
  })
  return { rooms, storage }
}

it('S36 SY16 gives a broken room up: nobody stays, what was accepted is saved, and it is loaded anew', async () => {
  const { rooms, storage } = createFragileRooms()
  const [ada, ben] = [createMember(), createMember()]
  const { room } = await rooms.acquire('board')
  room.join(ada.member)
  room.join(ben.member)
  expect(room.update(ada.member, incoming('kept'))).toBe('accepted')
  expect(room.update(ada.member, incoming('lost'))).toBe('broken')
  expect([ada.ended, ben.ended]).toEqual([[1011], [1011]])
  expect(ben.received).toHaveLength(1)
  expect(room.update(ben.member, incoming('late'))).toBe('broken')

  const { room: fresh } = await rooms.acquire('board')
  expect(fresh).not.toBe(room)
  expect(storage.logLength('board')).toBe(1)
  const eve = createMember()
  fresh.bringUpToDate(eve.member, Uint8Array.of(0))
  const doc = new Y.Doc()
  for (const message of eve.received) Y.applyUpdate(doc, updateIn(message))
  expect(doc.getMap('elements').toJSON()).toEqual({ kept: 1 })
  await room.compact()
  expect(storage.logLength('board')).toBe(1)
})
