import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { identityColor } from '../../whiteboard/collab/identity.ts'
import { freshServerForEachTest, server, startAnother, storage } from '../support/fresh-server.ts'
import { storedElements } from '../support/stored-document.ts'
import { join, presenceFrame, syncFrame } from '../support/ws-client.ts'

freshServerForEachTest()

/** The board as it would be loaded from the storage now. */
const stored = () => storedElements(storage)

describe('drawing together', () => {
  it('S3 welcomes ours first, and asks editors, not viewers, for what they have', async () => {
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve', role: 'viewer' })]
    expect(ada.received.slice(0, 2).map(([kind, sync]) => [kind, kind === 0 ? sync : null])).toEqual([
      [17, null],
      [0, 0],
    ])
    expect(eve.received[0]?.[0]).toBe(17)
    expect(eve.received.some(([kind, sync]) => kind === 0 && sync === 0)).toBe(false)
  })

  it('S3 sends plain y-websocket clients only the frame kinds that they know', async () => {
    const ada = await join(server, { protocols: ['y-websocket'] })
    const ben = await join(server, { personId: 'ben' })
    ada.elements.set('a', 1)
    await ben.untilHas('a')
    ben.elements.set('b', 1)
    await ben.untilSaved()
    await ada.settled()
    expect(ada.received.filter(([kind = 0]) => kind > 3)).toEqual([])
  })

  it('S10 passes an update on to the others and not back to its author', async () => {
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    const framesBefore = ada.frames
    ada.elements.set('a', { type: 'rectangle' })
    await ben.untilHas('a')
    ben.elements.set('b', { type: 'ellipse' })
    await ada.untilHas('b')
    expect(ada.elements.toJSON()).toEqual(ben.elements.toJSON())
    const updates = ada.received.slice(framesBefore).filter(([kind, sync]) => kind === 0 && sync === 2)
    expect(updates).toHaveLength(1)
  })

  // WebSocket headers have three lengths: to 125, to 65,535, and beyond.
  it.each([10, 80, 90, 100, 1000, 65_400, 65_500, 65_600, 300_000])(
    'S10 passes on an update of about %i bytes as it is',
    async (length) => {
      const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
      ada.elements.set('a', 'x'.repeat(length))
      await ben.untilHas('a')
      expect(ben.elements.get('a')).toBe(ada.elements.get('a'))
    },
  )

  it('S10 merges what two people type into one empty label at the same time', async () => {
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    ada.elements.set('label', new Y.Map([['base', { type: 'rectangle' }]]))
    await ben.untilHas('label')
    const texts = (person: typeof ada) => (person.elements.get('label') as Y.Map<unknown>).toJSON()
    const begin = (person: typeof ada, letters: string) =>
      (person.elements.get('label') as Y.Map<unknown>).set(`text/${person.doc.clientID}`, new Y.Text(letters))
    begin(ada, 'left')
    begin(ben, 'right')
    const isWhole = (person: typeof ada) => () => Object.keys(texts(person)).length === 3
    await Promise.all([ada.until(isWhole(ada)), ben.until(isWhole(ben))])
    expect(texts(ada)).toEqual(texts(ben))
    expect(Object.values(texts(ada))).toEqual(expect.arrayContaining(['left', 'right']))
  })

  it('S10 does not wait for the disk before it passes an update on', async () => {
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    const release = storage.hold('append')
    ada.elements.set('a', 1)
    await ben.untilHas('a')
    expect(ada.saved).toBeLessThan(ada.sent)
    release()
  })

  it('S11 asks a client for what it has: edits made offline arrive', async () => {
    const doc = new Y.Doc()
    doc.getMap('elements').set('offline', 1)
    const ben = await join(server, { personId: 'ben' })
    await join(server, { doc })
    await ben.untilHas('offline')
  })

  it('S12 works with an unmodified y-websocket provider', async () => {
    const ada = await join(server)
    const doc = new Y.Doc()
    const provider = new WebsocketProvider(`${server.origin}/sync`, 'board', doc, {
      params: { ticket: await server.ticket({ boardId: 'board', personId: 'eve', name: 'Eve' }) },
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    })
    try {
      await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
      doc.getMap('elements').set('from-provider', { type: 'text' })
      provider.awareness.setLocalState({ cursor: [1, 2], user: { name: 'Somebody else' } })
      await ada.untilHas('from-provider')
      await ada.until(() => ada.presence.get(doc.clientID) !== undefined)
      ada.elements.set('from-ada', 1)
      await new Promise<void>((resolve) => {
        doc.on('update', () => doc.getMap('elements').has('from-ada') && resolve())
      })
      expect(ada.presence.get(doc.clientID)).toMatchObject({ cursor: [1, 2], user: { name: 'Eve' } })
    } finally {
      provider.destroy()
    }
  })
})

describe('roles', () => {
  it('S20 neither applies, passes on nor stores what a viewer sends, and says so', async () => {
    const ada = await join(server)
    ada.elements.set('a', 1)
    await ada.untilSaved()
    const eve = await join(server, { personId: 'eve', role: 'viewer' })
    expect(eve.elements.has('a')).toBe(true)
    eve.elements.set('b', 1)
    await eve.until(() => eve.notices.some(({ type }) => type === 'read-only'))
    await ada.settled()
    expect(ada.elements.has('b')).toBe(false)
    expect(await stored()).toEqual({ a: 1 })
    ada.elements.set('c', 1)
    await eve.untilHas('c')
  })

  it('S20 SY8 does not let an update through that hides behind another message in its frame', async () => {
    const eve = await join(server, { personId: 'eve', role: 'viewer' })
    const update = Y.encodeStateAsUpdate(
      (() => {
        const doc = new Y.Doc()
        doc.getMap('elements').set('x', 1)
        return doc
      })(),
    )
    const step1 = syncFrame(0, Y.encodeStateVector(eve.doc))
    eve.send(Buffer.concat([step1, syncFrame(2, update)]))
    expect(await eve.closed).toMatchObject({ code: 4400 })
    expect(await stored()).toEqual({})
  })

  it('S21, WS7: takes the lower of what the ticket and the database say', async () => {
    server.setAccess('eve', { access: 'viewer' })
    const eve = await join(server, { personId: 'eve', role: 'editor' })
    expect(eve.notices[0]).toEqual({
      type: 'welcome',
      role: 'viewer',
      person: { id: 'eve', name: 'eve', color: identityColor('eve') },
    })
  })

  it('S22, WS10: closes with 4403 within a second when access is removed, and lets nothing through after', async () => {
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve' })]
    server.setAccess('eve', { denied: 'access-removed' })
    server.accessEvents.emit({ type: 'board', boardId: 'board' })
    eve.elements.set('late', 1)
    expect(await eve.closed).toMatchObject({ code: 4403 })
    await ada.settled()
    expect(ada.isOpen).toBe(true)
    expect(ada.elements.has('late')).toBe(false)
  })

  it('S22, WS9: does not read from somebody whose access is being asked about', async () => {
    await server.stop()
    let held: Promise<void> | null = null
    let denied = false
    await startAnother({
      access: async ({ personId }) => {
        if (personId === 'eve') await held
        return denied && personId === 'eve' ? { denied: 'access-removed' } : { access: 'editor' }
      },
    })
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve' })]
    let answer = (): void => {}
    held = new Promise((resolve) => {
      answer = resolve
    })
    denied = true
    server.accessEvents.emit({ type: 'board', boardId: 'board' })
    eve.elements.set('late', 1)
    for (let round = 0; round < 20; round++) await ada.settled()
    expect(ada.elements.has('late')).toBe(false)
    answer()
    expect(await eve.closed).toMatchObject({ code: 4403 })
    await ada.settled()
    expect(ada.elements.has('late')).toBe(false)
  })

  it.each([
    ['board-gone', 4404],
    ['session-ended', 4401],
  ] as const)('S22, WS10: closes with its own code when it is %s', async (denied, code) => {
    const eve = await join(server, { personId: 'eve' })
    server.setAccess('eve', { denied })
    server.accessEvents.emit({ type: 'person', personId: 'eve' })
    expect(await eve.closed).toMatchObject({ code })
  })

  it('S23, WS9: closes with 4501 when the role was lowered; what was sent meanwhile reaches nobody', async () => {
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve' })]
    server.setAccess('eve', { access: 'viewer' })
    server.accessEvents.emit({ type: 'board', boardId: 'board' })
    eve.elements.set('late', 1)
    expect(await eve.closed).toMatchObject({ code: 4501 })
    await ada.settled()
    expect(ada.elements.has('late')).toBe(false)
    // Who comes back with it in the document is a viewer now.
    const again = await join(server, { personId: 'eve', doc: eve.doc })
    expect(again.notices[0]).toMatchObject({ type: 'welcome', role: 'viewer' })
    await ada.settled()
    expect(ada.elements.has('late')).toBe(false)
    expect(await stored()).toEqual({})
  })

  it('S24, WS11: closes for a retry, not for good, when access cannot be checked after a change', async () => {
    const eve = await join(server, { personId: 'eve' })
    server.setAccess('eve', new Error('database is away'))
    server.accessEvents.emit({ type: 'board', boardId: 'board' })
    expect(await eve.closed).toMatchObject({ code: 1013 })
  })

  it('S22 leaves those alone whose access is as it was, and reads on from them', async () => {
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    server.accessEvents.emit({ type: 'board', boardId: 'board' })
    ada.elements.set('a', 1)
    await ben.untilHas('a')
  })
})

describe('hostile bytes', () => {
  const update = (): Uint8Array => {
    const doc = new Y.Doc()
    doc.getMap('elements').set('x', { type: 'rectangle', position: [1, 2] })
    return Y.encodeStateAsUpdate(doc)
  }

  const cases: [string, string | Uint8Array][] = [
    ['a text frame', 'hello'],
    ['an empty frame', new Uint8Array()],
    ['an endless number', new Uint8Array(10).fill(0xff)],
    ['a garbage update', syncFrame(2, Uint8Array.of(7, 200, 3, 9, 9))],
    ['bytes after an update', syncFrame(2, Uint8Array.of(...update(), 0))],
    ['a v2 update', syncFrame(2, Y.convertUpdateFormatV1ToV2(update()))],
    ['a garbage state vector', syncFrame(0, Uint8Array.of(5, 1))],
    ['bytes after a message', Uint8Array.of(...syncFrame(2, update()), 1)],
  ]
  it.each(cases)('S30 closes with 4400 on %s and keeps the room', async (_, bytes) => {
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve' })]
    eve.send(bytes)
    expect(await eve.closed).toMatchObject({ code: 4400 })
    const ben = await join(server, { personId: 'ben' })
    ada.elements.set('a', 1)
    await ben.untilHas('a')
    expect(ben.elements.toJSON()).toEqual({ a: 1 })
  })

  it('S30 SY2 takes no part of an update that is cut off anywhere', async () => {
    const whole = update()
    const ada = await join(server)
    for (let length = 0; length < whole.length; length++) {
      const eve = await join(server, { personId: 'eve' })
      eve.send(syncFrame(2, whole.subarray(0, length)))
      expect(await eve.closed).toMatchObject({ code: 4400 })
    }
    await ada.settled()
    expect(ada.elements.size).toBe(0)
    expect(await stored()).toEqual({})
  })

  it('S31 bears unknown frame kinds, but not three of them', async () => {
    const eve = await join(server, { personId: 'eve' })
    eve.send(Uint8Array.of(99))
    eve.send(Uint8Array.of(16, 5))
    await eve.settled()
    eve.send(Uint8Array.of(2, 1))
    expect(await eve.closed).toMatchObject({ code: 4400 })
  })

  it('S32 answers an update with a gap by asking for the rest, and counts it saved only with that', async () => {
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    const doc = new Y.Doc()
    doc.getMap('elements').set('first', 1)
    const before = Y.encodeStateVector(doc)
    doc.getMap('elements').set('second', 2)
    const late = Y.encodeStateAsUpdate(doc, before)
    // Ada's own document knows both, so that her answer to the server's question closes the gap.
    Y.applyUpdate(ada.doc, Y.encodeStateAsUpdate(doc), ada)
    const release = storage.hold('append')
    ada.sendUpdate(late)
    await ben.untilHas('second')
    expect(ben.elements.toJSON()).toEqual({ first: 1, second: 2 })
    release()
    await ada.untilSaved()
    expect(await stored()).toEqual({ first: 1, second: 2 })
  })

  it('S33 refuses to delete what nobody has typed yet', async () => {
    const [ben, eve] = [await join(server, { personId: 'ben' }), await join(server, { personId: 'eve' })]
    const doc = new Y.Doc()
    doc.clientID = ben.doc.clientID
    doc.getMap('elements').set('x', 1)
    const attack = Y.encodeStateAsUpdate(doc).slice()
    doc.getMap('elements').delete('x')
    const deletion = Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(attack))
    eve.send(syncFrame(2, deletion))
    await eve.settled()
    ben.elements.set('mine', 1)
    await eve.untilHas('mine')
    expect(ben.elements.has('mine')).toBe(true)
  })

  it('S34 closes with 1009 on a frame above the limit', async () => {
    await server.stop()
    await startAnother({ limits: { editorFrame: 1000 } })
    const eve = await join(server, { personId: 'eve' })
    eve.send(new Uint8Array(1001))
    expect(await eve.closed).toMatchObject({ code: 1009 })
  })
})

describe('presence', () => {
  it('S40 says who somebody is by the ticket, whatever they say themselves', async () => {
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve', name: 'Eve' })]
    eve.send(presenceFrame(7, 1, { cursor: [3, 4], user: { id: 'ada', name: 'Owner', color: '#000000' } }))
    await ada.until(() => ada.presence.has(7))
    expect(ada.presence.get(7)).toEqual({
      cursor: [3, 4],
      user: { id: 'eve', name: 'Eve', color: identityColor('eve') },
    })
  })

  it('S41 shows newcomers who is there', async () => {
    const eve = await join(server, { personId: 'eve' })
    eve.send(presenceFrame(7, 1, { cursor: [3, 4] }))
    await eve.settled()
    const ada = await join(server)
    expect(ada.presence.get(7)).toMatchObject({ cursor: [3, 4] })
  })

  it('S41 answers who asks with the others only', async () => {
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve' })]
    ada.send(presenceFrame(5, 1, { cursor: [0, 0] }))
    eve.send(presenceFrame(7, 1, { cursor: [3, 4] }))
    await ada.until(() => ada.presence.has(7))
    ada.presence.clear()
    ada.send(Uint8Array.of(3))
    await ada.until(() => ada.presence.size > 0)
    expect([...ada.presence.keys()]).toEqual([7])
  })

  it('S41 answers who asks even when nobody else is there, and once', async () => {
    const ada = await join(server)
    const before = ada.frames
    ada.send(Uint8Array.of(3))
    await ada.settled()
    const answers = ada.received.slice(before).filter((frame) => frame.join() === '1,1,0')
    expect(answers).toHaveLength(1)
  })

  it('S42 takes somebody away when their connection ends, and nobody else', async () => {
    const ada = await join(server)
    const [ben, eve] = [await join(server, { personId: 'ben' }), await join(server, { personId: 'eve' })]
    ben.send(presenceFrame(5, 1, { cursor: [0, 0] }))
    await ben.settled()
    eve.send(presenceFrame(5, 99, { cursor: [9, 9] }))
    eve.send(presenceFrame(7, 1, { cursor: [1, 1] }))
    eve.send(presenceFrame(5, 100, null))
    await ada.until(() => ada.presence.has(7))
    eve.socket.terminate()
    await ada.until(() => ada.presence.get(7) === null)
    expect(ada.presence.get(5)).toMatchObject({ cursor: [0, 0], user: { id: 'ben' } })
  })

  it('S43 shows somebody again who comes back under the same client id and clock', async () => {
    const ada = await join(server)
    const first = await join(server, { personId: 'ben' })
    first.send(presenceFrame(5, 4, { cursor: [0, 0] }))
    await ada.until(() => ada.presence.has(5))
    await first.close()
    await ada.until(() => ada.presence.get(5) === null)
    const again = await join(server, { personId: 'ben' })
    again.send(presenceFrame(5, 4, { cursor: [1, 1] }))
    await ada.until(() => ada.presence.get(5) !== null)
    const clocks = ada.presenceClocks.get(5) ?? []
    expect(clocks).toEqual([...new Set(clocks)].sort((a, b) => a - b))
  })

  it('S43, WS21: keeps somebody visible who reconnects before the old connection has ended', async () => {
    const ada = await join(server)
    const old = await join(server, { personId: 'ben' })
    old.send(presenceFrame(5, 1, { cursor: [0, 0] }))
    await ada.until(() => ada.presence.has(5))
    const fresh = await join(server, { personId: 'ben' })
    fresh.send(presenceFrame(5, 1, { cursor: [1, 1] }))
    await fresh.settled()
    await old.close()
    fresh.send(presenceFrame(5, 2, { cursor: [2, 2] }))
    await ada.until(() => (ada.presenceClocks.get(5)?.length ?? 0) === 3)
    expect(ada.presence.get(5)).toMatchObject({ cursor: [2, 2] })
  })

  it('S42 gives the client id of somebody who just left to nobody else', async () => {
    const ada = await join(server)
    const ben = await join(server, { personId: 'ben' })
    ben.send(presenceFrame(5, 1, { cursor: [0, 0] }))
    await ada.until(() => ada.presence.has(5))
    await ben.close()
    await ada.until(() => ada.presence.get(5) === null)
    const eve = await join(server, { personId: 'eve' })
    eve.send(presenceFrame(5, 9, { cursor: [9, 9] }))
    eve.send(presenceFrame(7, 1, { cursor: [1, 1] }))
    await ada.until(() => ada.presence.has(7))
    expect(ada.presence.get(5)).toBeNull()
  })

  it.each([
    ['a number', '5'],
    ['a list', '[1]'],
    ['a string', '"x"'],
    ['no JSON', '{'],
    ['a prototype', '{"a":{"__proto__":{"admin":true}}}'],
    ['a deep nest', `${'{"a":'.repeat(50)}1${'}'.repeat(50)}`],
    ['a huge state', JSON.stringify({ draft: 'x'.repeat(70_000) })],
  ])('S44 drops a state that is %s', async (_, json) => {
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve' })]
    eve.send(presenceFrame(7, 1, json))
    eve.send(presenceFrame(7, 2, { cursor: [1, 1] }))
    await ada.until(() => ada.presence.get(7) !== undefined)
    expect(ada.presenceClocks.get(7)).toHaveLength(1)
    expect(ada.presence.get(7)).toMatchObject({ cursor: [1, 1] })
  })
})
