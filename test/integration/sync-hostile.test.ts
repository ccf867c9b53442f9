import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { craftUpdate } from '../support/crafted-updates.ts'
import { storedElements } from '../support/stored-document.ts'
import { join, presenceFrame, type RawClient, syncFrame } from '../support/ws-client.ts'
import { GatedRoomStorage, startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

let storage: GatedRoomStorage
let server: TestSyncServer
let ada: RawClient
let ben: RawClient
let eve: RawClient

beforeEach(async () => {
  storage = new GatedRoomStorage()
  server = await startSyncServer({ storage })
  ada = await join(server, { personId: 'ada' })
  ben = await join(server, { personId: 'ben' })
  ada.elements.set('before', 1)
  await ben.untilHas('before')
  eve = await join(server, { personId: 'eve' })
})

afterEach(() => {
  storage.releaseAll()
  return server.stop()
})

/** The others draw on together, and nothing else has come to them or to the disk. */
const expectUntouched = async (): Promise<void> => {
  ben.elements.set('after', 1)
  await ada.untilHas('after')
  await ben.untilSaved()
  const content = { before: 1, after: 1 }
  expect([ada.elements.toJSON(), ben.elements.toJSON(), await storedElements(storage)]).toEqual([
    content,
    content,
    content,
  ])
  for (const { doc } of [ada, ben])
    expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
}

const docWith = (change: (doc: Y.Doc) => void): Y.Doc => {
  const doc = new Y.Doc()
  change(doc)
  return doc
}

const nested = (doc: Y.Doc): void =>
  doc.transact(() => {
    let inner: Y.Map<unknown> = doc.getMap('elements')
    for (let level = 0; level < 20_000; level++) inner = inner.set('a', new Y.Map())
  })

const plain = (): Uint8Array => Y.encodeStateAsUpdate(docWith((doc) => doc.getMap('elements').set('x', 1)))
const varint = (value: number): number[] => [
  ...encoding.encode((encoder) => encoding.writeVarUint(encoder, value)),
]

describe('SY1 frames that are none', () => {
  it.each([
    ['an empty frame', new Uint8Array()],
    ['one byte', Uint8Array.of(0)],
    ['an endless number', new Uint8Array(10).fill(0xff)],
    ['bytes after a message', Uint8Array.of(...syncFrame(2, plain()), 0)],
    ['an unknown kind of sync message', syncFrame(3, plain())],
  ])('S30: %s ends with 4400 at once', async (_, bytes) => {
    eve.send(bytes)
    expect(await eve.closed).toMatchObject({ code: 4400 })
    await expectUntouched()
  })

  it('S31: of the kinds 2 to 255 that clients do not send, the third ends with 4400', async () => {
    const kinds = Array.from({ length: 254 }, (_, index) => index + 2).filter((kind) => kind !== 3)
    for (let index = 0; index < kinds.length; index += 3) {
      const client = await join(server, { personId: 'eve' })
      const [first = 2, second = 2, third = 2] = kinds.slice(index, index + 3)
      for (const kind of [first, second]) client.send(Uint8Array.of(...varint(kind), 1, 2, 3))
      await client.settled()
      client.send(Uint8Array.of(...varint(third), 1))
      expect(await client.closed, `kinds ${first} to ${third}`).toMatchObject({ code: 4400 })
    }
    await expectUntouched()
  })
})

describe('updates that are none of a board', () => {
  it.each([
    ['SY3 32 million structs', Uint8Array.of(1, ...varint(32e6), 9, 0), 4413],
    ['SY3 2^40 structs', Uint8Array.of(1, ...varint(2 ** 40), 9, 0), 4413],
    ['SY3 2^40 clients', Uint8Array.of(...varint(2 ** 40)), 4400],
    ['SY3 2^40 delete ranges', Uint8Array.of(0, 1, 9, ...varint(2 ** 40)), 4413],
    ['SY4 an update in v2', Y.convertUpdateFormatV1ToV2(plain()), 4400],
    [
      'SY7 2^48 clocks in one struct',
      craftUpdate({ sections: [{ client: 9, clock: 0, structs: [{ type: 'garbage', length: 2 ** 48 }] }] }),
      4413,
    ],
    [
      'SY7 a text that claims a gigabyte',
      Uint8Array.of(1, 1, 9, 0, 0x84, 9, 0, ...varint(2 ** 30), 97, 0),
      4400,
    ],
    [
      'SY9 a root of the server’s own',
      Y.encodeStateAsUpdate(docWith((doc) => doc.getMap('permissions').set('owner', 'eve'))),
      4400,
    ],
    [
      'SY10 an array under the name of the elements',
      Y.encodeStateAsUpdate(docWith((doc) => doc.getArray('elements').push([1]))),
      4400,
    ],
    [
      'SY10 a subdocument',
      Y.encodeStateAsUpdate(docWith((doc) => doc.getMap('elements').set('a', new Y.Doc()))),
      4400,
    ],
    [
      'SY10 XML',
      Y.encodeStateAsUpdate(docWith((doc) => doc.getMap('elements').set('a', new Y.XmlElement('script')))),
      4400,
    ],
    ['CT10 20,000 maps, one in the other', Y.encodeStateAsUpdate(docWith(nested)), 4400],
    [
      'CT10 a value 5,000 levels deep',
      craftUpdate({
        sections: [
          {
            client: 9,
            clock: 0,
            structs: [
              {
                type: 'any',
                origin: null,
                rightOrigin: null,
                parent: 'elements',
                key: 'deep',
                content: 8,
                bytes: Uint8Array.of(1, ...Array.from({ length: 5000 }, () => [117, 1]).flat(), 126),
              },
            ],
          },
        ],
      }),
      4400,
    ],
  ])('%s: refused whole', async (_, update, code) => {
    eve.sendUpdate(update)
    expect(await eve.closed).toMatchObject({ code })
    await expectUntouched()
  })

  it.each([
    [
      'a million entries',
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, 1e6)
        for (let index = 0; index < 2e6; index++) encoding.writeVarUint(encoder, index & 127)
      }),
    ],
    ['a count that lies', Uint8Array.of(...varint(9000), 1, 1)],
    ['2^40 entries', Uint8Array.of(...varint(2 ** 40))],
  ])('SY3 S30: a state vector of %s ends with 4400', async (_, stateVector) => {
    eve.send(syncFrame(0, stateVector))
    expect(await eve.closed).toMatchObject({ code: 4400 })
    await expectUntouched()
  })

  it('SY2 S30 nothing is taken of an update with a flipped bit that does not decode', async () => {
    const update = plain()
    for (let bit = 0; bit < 8 * update.length; bit++) {
      const broken = update.slice()
      broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      // Some flips make another sound update, of another key or value.
      if (isSound(broken)) continue
      const mallory = await join(server, { personId: 'mallory' })
      mallory.sendUpdate(broken)
      await Promise.race([mallory.closed, mallory.settled().catch(() => {})])
      mallory.socket.terminate()
    }
    await expectUntouched()
  })
})

/** Whether Yjs makes anything of it. */
const isSound = (update: Uint8Array): boolean => {
  try {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, update)
    return doc.store.clients.size > 0 && doc.store.pendingStructs === null
  } catch {
    return false
  }
}

describe('SY6 gaps', () => {
  it('S32 S33 leave nothing pending, and their author is asked, once until they answer', async () => {
    eve.answersStep1 = false
    const questions = () => eve.received.filter(([kind, sync]) => kind === 0 && sync === 0).length
    const before = questions()
    for (let round = 1; round <= 4000; round++) {
      eve.sendUpdate(
        craftUpdate({ sections: [{ client: 9, clock: 2 * round, structs: [{ type: 'item', key: 'gap' }] }] }),
      )
    }
    await eve.settled()
    expect(questions()).toBe(before + 1)
    expect(eve.isOpen).toBe(true)
    await expectUntouched()
  })
})

describe('presence', () => {
  beforeEach(async () => {
    ada.send(presenceFrame(ada.doc.clientID, 1, { cursor: [1, 1] }))
    await ben.until(() => ben.presence.get(ada.doc.clientID) !== undefined)
  })

  const adaIsShown = async (cursor: readonly number[]): Promise<void> => {
    ada.send(presenceFrame(ada.doc.clientID, 9, { cursor }))
    const shown = () => ben.presence.get(ada.doc.clientID) as { cursor?: number[]; user?: unknown } | null
    await ben.until(() => shown()?.cursor?.[0] === cursor[0])
    expect(shown()).toMatchObject({ user: { id: 'ada', name: 'ada' } })
  }

  it.each([
    ['a higher clock and the name of the owner', 5, { user: { id: 'ada', name: 'Owner' }, cursor: [6, 6] }],
    ['their removal', 5, 'null'],
    ['the highest clock there is', Number.MAX_SAFE_INTEGER, { cursor: [6, 6] }],
    ['their removal for good', Number.MAX_SAFE_INTEGER, 'null'],
  ])('SY11 S42: %s, said of somebody else, is not heard', async (_, clock, state) => {
    eve.send(presenceFrame(ada.doc.clientID, clock, state))
    await eve.settled()
    expect(ben.presence.get(ada.doc.clientID)).toMatchObject({ cursor: [1, 1], user: { id: 'ada' } })
    await adaIsShown([7, 7])
  })

  it.each([
    ['a text', '"hello"'],
    ['a number', '5'],
    ['a list', '[1]'],
    ['no JSON', '{"a":'],
    ['5 MB', JSON.stringify({ a: 'x'.repeat(5e6) })],
    ['10,000 levels', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['a prototype', '{"__proto__":{"isAdmin":true}}'],
    ['a prototype further in', '{"a":{"b":{"__proto__":{"isAdmin":true}}}}'],
  ])('SY12 S44: a state that is %s is dropped whole', async (_, state) => {
    eve.send(presenceFrame(eve.doc.clientID, 1, state))
    await eve.settled()
    expect(ben.presence.has(eve.doc.clientID)).toBe(false)
    await adaIsShown([8, 8])
  })

  it('SY12 S44: an entry that is none spoils the sound one before it', async () => {
    const payload = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 2)
      for (const state of ['{"cursor":[3,3]}', '{']) {
        encoding.writeVarUint(encoder, eve.doc.clientID)
        encoding.writeVarUint(encoder, 1)
        encoding.writeVarString(encoder, state)
      }
    })
    // The last byte is missing.
    eve.send(Uint8Array.of(1, ...varint(payload.length - 1), ...payload.subarray(0, -1)))
    await eve.settled()
    expect(ben.presence.has(eve.doc.clientID)).toBe(false)
    await adaIsShown([8, 8])
  })

  it('SY13 S42 who announces somebody else and leaves takes nobody along', async () => {
    eve.send(presenceFrame(ada.doc.clientID, 50, { cursor: [6, 6] }))
    await eve.settled()
    await eve.close()
    await adaIsShown([9, 9])
  })

  it('SY8 a viewer is shown, and changes nothing by it', async () => {
    const viewer = await join(server, { personId: 'viewer', role: 'viewer' })
    viewer.send(presenceFrame(viewer.doc.clientID, 1, { elements: { x: 1 } }))
    await ben.until(() => ben.presence.has(viewer.doc.clientID))
    expect(viewer.isOpen).toBe(true)
    await expectUntouched()
  })
})
