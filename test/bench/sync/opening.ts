import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { kinds } from '../../../whiteboard/elements/index.ts'
import { createBoardStore } from '../../../whiteboard/model/board-store.ts'
import { generateScene } from '../../support/scene-generator.ts'
import { newClient, type Subject } from './crowd.ts'
import { Tally } from './tally.ts'
import type { Figures } from './types.ts'

const ELEMENTS = 50_000
/** As many bytes as a board may have, nearly. */
const MOST_ELEMENTS = 100_000
const MOST_LETTERS = 320
const PARTS = 20
const JOINERS = 50

const largeBoard = (): Uint8Array => {
  const doc = new Y.Doc()
  const store = createBoardStore(doc, kinds)
  store.transact('user', (edit) => {
    for (const element of generateScene({ count: ELEMENTS })) edit.create(element)
  })
  return Y.encodeStateAsUpdate(doc)
}

/** The updates by which somebody makes a board of so many elements with so many letters on each. */
const largestBoard = (): Uint8Array[] => {
  const doc = new Y.Doc()
  const board = createBoardStore(doc, kinds)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const text = 'words and '.repeat(MOST_LETTERS / 10)
  const scene = generateScene({ count: MOST_ELEMENTS })
  for (let start = 0; start < scene.length; start += MOST_ELEMENTS / PARTS) {
    board.transact('user', (edit) => {
      for (const element of scene.slice(start, start + MOST_ELEMENTS / PARTS))
        edit.create({ ...element, text })
    })
  }
  return updates
}

/** Resolves with the bytes of the state that a client gets, once all of them are there. */
const open = async (subject: Subject, port: number, number: number): Promise<Uint8Array> => {
  let state: Uint8Array | null = null
  const events = {
    onState: (message: Buffer, body: number) => {
      // What is large has a buffer of its own, so no copy is needed.
      state = decoding.readVarUint8Array(decoding.createDecoder(message.subarray(body)))
    },
  }
  const client = await newClient(subject, new Tally(), { room: 0, number, own: null, senders: 0, events })
  await client.join(port)
  client.leave()
  return state ?? new Uint8Array()
}

const elementsIn = (state: Uint8Array): number => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc.getMap('elements').size
}

/** Sends each part once the one before is saved. */
const storeInParts = async (subject: Subject, parts: readonly Uint8Array[]): Promise<void> => {
  let told: () => void = () => {}
  let saved = 0
  const events = {
    onSaved: (frames: number) => {
      saved = frames
      told()
    },
  }
  const client = await newClient(subject, new Tally(), { room: 0, number: 0, own: null, senders: 0, events })
  await client.join(subject.port)
  for (const part of parts) {
    client.sendUpdate(part)
    while (saved < client.frameSentAt.length - 1) {
      await new Promise<void>((resolve) => {
        told = resolve
      })
    }
  }
  client.leave()
}

const store = async (subject: Subject, board: Uint8Array): Promise<void> => {
  let arrived: () => void = () => {}
  const stored = new Promise<void>((resolve) => {
    arrived = resolve
    // Servers that acknowledge nothing get this long.
    setTimeout(resolve, 6000)
  })
  const events = { onSaved: (frames: number) => frames >= 2 && arrived() }
  const place = { room: 0, number: 0, own: null, senders: 0, events }
  const client = await newClient(subject, new Tally(), place)
  await client.join(subject.port)
  client.sendUpdate(board)
  await stored
  client.leave()
}

const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const start = performance.now()
  return [await work(), performance.now() - start]
}

/** A server that has just started opens a large board that it has stored: for one, and, started anew, for 50 at once. */
export const measureOpening = async (subject: Subject): Promise<Figures> => {
  await store(subject, largeBoard())
  const first = await subject.restart()
  const [state, one] = await timed(() => open(subject, first, 0))
  if (elementsIn(state) !== ELEMENTS) throw new Error(`Only ${elementsIn(state)} elements came back`)
  const second = await subject.restart()
  const joiners = Array.from({ length: JOINERS }, (_, number) => number)
  const [states, fifty] = await timed(() =>
    Promise.all(joiners.map((number) => open(subject, second, number))),
  )
  if (states.some(({ length }) => length !== state.length))
    throw new Error('Not everybody got all of the board')
  const { loads } = await subject.usage()
  return { one, fifty, loads }
}

/** The same with as large a board as there may be, for one. */
export const measureLargest = async (subject: Subject): Promise<Figures> => {
  const parts = largestBoard()
  await storeInParts(subject, parts)
  const port = await subject.restart()
  const [state, one] = await timed(() => open(subject, port, 0))
  const { rss } = await subject.usage()
  if (elementsIn(state) !== MOST_ELEMENTS) throw new Error(`Only ${elementsIn(state)} elements came back`)
  return { one, megabytes: rss / 2 ** 20, note: `${(state.length / 2 ** 20).toFixed(1)} MB` }
}
