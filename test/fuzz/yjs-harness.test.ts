import * as prng from 'lib0/prng'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
// @ts-expect-error Yjs ships its own random tests without types.
import { init } from 'yjs/testHelper'
import { withDefaults } from '../../server/sync/limits.ts'
import { readStoredDocument } from '../../server/sync/room/stored-document.ts'
import { seedsOf } from '../support/seeds.ts'

type Elements = Y.Map<unknown>
type Change = (random: prng.PRNG, elements: Elements) => void

const key = (random: prng.PRNG): string => `${prng.int32(random, 0, 5)}`

const textOf = (random: prng.PRNG, elements: Elements): Y.Text | null => {
  const value = elements.get(key(random))
  return value instanceof Y.Text ? value : null
}

/** What people do on boards, and with maps, texts and arrays at large. */
const changes: readonly Change[] = [
  (random, elements) => elements.set(key(random), prng.int32(random, 0, 100)),
  (random, elements) => elements.set(key(random), new Y.Map([['base', { at: [1, 2] }]])),
  (random, elements) => elements.set(key(random), new Y.Text('hello')),
  (random, elements) => elements.set(key(random), Y.Array.from([1, 'two', { three: 3 }])),
  (random, elements) => elements.delete(key(random)),
  (random, elements) => {
    const value = elements.get(key(random))
    if (value instanceof Y.Map) value.set(key(random), new Uint8Array([1, 2]))
    if (value instanceof Y.Array && value.length > 1) value.delete(0, 1)
    if (value instanceof Y.Array) value.insert(0, [prng.word(random), null])
  },
  (random, elements) => {
    const text = textOf(random, elements)
    text?.insert(
      prng.int32(random, 0, text.length),
      prng.word(random),
      prng.bool(random) ? { bold: true } : {},
    )
  },
  (random, elements) => {
    const text = textOf(random, elements)
    if (text && text.length > 0) text.delete(0, prng.int32(random, 1, text.length))
  },
]

interface Network {
  disconnectRandom(): boolean
  reconnectRandom(): boolean
  flushRandomMessage(): boolean
  flushAllMessages(): boolean
}

interface Connected extends Y.Doc {
  connect(): void
}

/** Messages between people wait, overtake each other and are cut off, in the way of Yjs' own random tests. */
const disturb = (network: Network, random: prng.PRNG): void => {
  const chance = prng.int32(random, 0, 100)
  if (chance < 2) network.disconnectRandom()
  else if (chance < 4) network.reconnectRandom()
  else if (chance < 6) network.flushAllMessages()
  else if (chance < 55) network.flushRandomMessage()
}

it.each(seedsOf(20))(
  'CV1 S33 what people write in the random network of Yjs passes the gate, seed %i',
  async (seed) => {
    const random = prng.create(seed)
    const stored = { snapshot: null, entries: [], owners: new Map<number, string>() }
    const server = await readStoredDocument('board', stored, withDefaults())
    const harness = init({ prng: random }, { users: 5 })
    const network: Network = harness.testConnector
    const people: Connected[] = harness.users
    for (const [index, user] of people.entries()) {
      user.on('update', (update: Uint8Array, _: unknown, __: Y.Doc, { local }: Y.Transaction) => {
        if (local) expect(server.apply(update, `person ${index}`).type, update.join()).toBe('applied')
      })
    }
    for (let step = 0; step < 300; step++) {
      disturb(network, random)
      const user = prng.oneOf(random, people)
      prng.oneOf(random, [...changes])(random, user.getMap('elements'))
    }
    for (const user of people) user.connect()
    while (network.flushAllMessages());
    const board = new Y.Doc()
    Y.applyUpdate(board, server.missingFrom())
    for (const user of people)
      expect(user.getMap('elements').toJSON()).toEqual(board.getMap('elements').toJSON())
  },
)
