import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { partsOf } from '../../server/sync/ports.ts'
import { craftUpdate } from '../support/crafted-updates.ts'
import {
  freshServerForEachTest,
  renewStorage,
  server,
  startAnother,
  storage,
} from '../support/fresh-server.ts'
import { documentOf } from '../support/stored-document.ts'
import { join, presenceFrame, type RawClient, syncFrame } from '../support/ws-client.ts'

freshServerForEachTest()

/** The board as it would be loaded from the storage now. */
const stored = async (): Promise<Y.Doc> => documentOf(await storage.load('board'))

const offline = async (client: RawClient, change: (elements: Y.Map<unknown>) => void): Promise<RawClient> => {
  await client.close()
  change(client.elements)
  return join(server, { personId: 'vic', doc: client.doc })
}

/** What the victim drew, draws next and draws offline is with the victim, with others, and on disk. */
const expectUnharmed = async (victim: RawClient, third: RawClient): Promise<void> => {
  victim.elements.set('next', 1)
  await third.untilHas('next')
  const back = await offline(victim, (elements) => elements.set('offline', [1, 2]))
  await third.untilHas('offline')
  await back.untilSaved()
  const all = { before: 1, next: 1, offline: [1, 2] }
  for (const elements of [back.elements, third.elements, (await stored()).getMap('elements')]) {
    expect(elements.toJSON()).toMatchObject(all)
  }
}

describe('other people’s client ids', () => {
  let victim: RawClient
  let third: RawClient
  let eve: RawClient

  beforeEach(async () => {
    victim = await join(server, { personId: 'vic' })
    third = await join(server, { personId: 'third' })
    victim.elements.set('before', 1)
    await third.untilHas('before')
    eve = await join(server, { personId: 'eve' })
  })

  const next = (): { client: number; clock: number } => {
    const client = victim.doc.clientID
    return { client, clock: Y.getState(victim.doc.store, client) }
  }

  const attacks: [string, () => Uint8Array][] = [
    [
      'deletes what the victim types next',
      () => craftUpdate({ deletes: [[next().client, next().clock, 1000]] }),
    ],
    [
      'deletes across the end of what the victim has typed',
      () => craftUpdate({ deletes: [[next().client, next().clock - 1, 1000]] }),
    ],
    [
      'takes the victim’s next thousand clocks',
      () => craftUpdate({ sections: [{ ...next(), structs: [{ type: 'garbage', length: 1000 }] }] }),
    ],
    [
      'writes at the victim’s next clock',
      () => craftUpdate({ sections: [{ ...next(), structs: [{ type: 'item', key: 'stolen' }] }] }),
    ],
    [
      'writes over the end of what the victim has typed',
      () =>
        craftUpdate({
          sections: [{ client: next().client, clock: 0, structs: [{ type: 'garbage', length: 1000 }] }],
        }),
    ],
    [
      'skips the victim’s next clocks and writes behind them',
      () =>
        craftUpdate({
          sections: [
            {
              ...next(),
              structs: [
                { type: 'skip', length: 5 },
                { type: 'item', key: 'stolen' },
              ],
            },
          ],
        }),
    ],
    [
      'hides the theft behind a change of its own',
      () =>
        craftUpdate({
          sections: [
            { client: 7, clock: 0, structs: [{ type: 'item', key: 'harmless' }] },
            { ...next(), structs: [{ type: 'garbage', length: 10 }] },
          ],
        }),
    ],
  ]

  it.each(attacks)('SY5 S33 S91 S94: an update that %s is refused and struck', async (_, attack) => {
    for (let round = 0; round < 3; round++) {
      expect(eve.isOpen).toBe(true)
      eve.sendUpdate(attack())
      if (round < 2) await eve.settled()
    }
    expect(await eve.closed).toMatchObject({ code: 4400 })
    await third.settled()
    expect(third.elements.toJSON()).toEqual({ before: 1 })
    await expectUnharmed(victim, third)
  })

  it.each(attacks)('SY5 S94 a step 2 that %s is refused and struck', async (_, attack) => {
    for (let round = 0; round < 3; round++) {
      eve.sent++
      eve.send(syncFrame(1, attack()))
    }
    expect(await eve.closed).toMatchObject({ code: 4400 })
    await third.settled()
    expect(third.elements.toJSON()).toEqual({ before: 1 })
    await expectUnharmed(victim, third)
  })

  it('SY5 deletes under a client id that was never seen do not wait for it', async () => {
    const fresh = new Y.Doc()
    eve.sendUpdate(craftUpdate({ deletes: [[fresh.clientID, 0, 1000]] }))
    await eve.settled()
    fresh.getMap('elements').set('newcomer', 1)
    const newcomer = await join(server, { personId: 'new', doc: fresh })
    await third.untilHas('newcomer')
    expect(newcomer.elements.has('newcomer')).toBe(true)
  })

  it('SY5 S91 whose an id is outlives the process', async () => {
    await victim.untilSaved()
    const { client, clock } = next()
    await server.stop()
    await startAnother()
    const thief = await join(server, { personId: 'eve' })
    thief.sendUpdate(
      craftUpdate({ sections: [{ client, clock, structs: [{ type: 'garbage', length: 9 }] }] }),
    )
    await thief.settled()
    const back = await join(server, { personId: 'vic', doc: victim.doc })
    back.elements.set('after', 1)
    await thief.untilHas('after')
    expect(back.elements.toJSON()).toEqual({ before: 1, after: 1 })
  })

  it('S91 what a closed tab left behind is sent by the next tab of the same person', async () => {
    await victim.close()
    victim.elements.set('left behind', 1)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(victim.doc))
    const tab = await join(server, { personId: 'vic', doc })
    await third.untilHas('left behind')
    await tab.untilSaved()
  })

  it('S91 PE1 what others drew before a crash is taken from anybody, and stays theirs', async () => {
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    storage.hold('append')
    ben.elements.set('first', 1)
    await ada.untilHas('first')
    await server.kill()
    renewStorage()
    await startAnother()
    await join(server, { doc: ada.doc })
    const back = await join(server, { personId: 'ben', doc: ben.doc })
    back.elements.set('second', 1)
    await back.untilSaved()
    expect((await stored()).getMap('elements').toJSON()).toMatchObject({ first: 1, second: 1 })
  })

  it('S93 PE1 a part of an answer removes nothing whose successor is left out', async () => {
    victim.elements.set('field', 1)
    await victim.untilSaved()
    const { client, clock } = next()
    const eve = await join(server, { personId: 'eve' })
    await eve.untilHas('field')
    await eve.close()
    // As if this server had lost what the victim wrote next, and only another's device still had it.
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(eve.doc))
    doc.clientID = client
    expect(Y.getState(doc.store, client)).toBe(clock)
    doc.getMap('elements').set('field', 2)
    Y.applyUpdate(eve.doc, Y.encodeStateAsUpdate(doc))
    eve.elements.set('own', 1)
    await join(server, { personId: 'eve', doc: eve.doc })
    await third.untilHas('own')
    expect(third.elements.get('field')).toBe(1)
  })

  it('S92 an id of an old board without owners goes to the first who adds to it', async () => {
    const old = new Y.Doc()
    old.getMap('elements').set('old', 1)
    await storage.append([{ boardId: 'old', data: Y.encodeStateAsUpdate(old) }])
    old.getMap('elements').set('unsent', 1)
    const ada = await join(server, { boardId: 'old', personId: 'ada', doc: old })
    ada.elements.set('added', 1)
    await ada.untilSaved()
    const ben = await join(server, { boardId: 'old', personId: 'ben' })
    expect(ben.elements.toJSON()).toEqual({ old: 1, unsent: 1, added: 1 })
    const clock = Y.getState(old.store, old.clientID)
    ben.sendUpdate(
      craftUpdate({ sections: [{ client: old.clientID, clock, structs: [{ type: 'item', key: 'x' }] }] }),
    )
    await ben.settled()
    ada.elements.set('mine', 1)
    await ben.untilHas('mine')
    expect(ben.elements.has('x')).toBe(false)
  })
})

describe('whose a client id is', () => {
  const craftFor = (doc: Y.Doc, key: string): Uint8Array => {
    const client = doc.clientID
    const clock = Y.getState(doc.store, client)
    return craftUpdate({ sections: [{ client, clock, structs: [{ type: 'item', key }] }] })
  }

  it('S91 S95 SY11 is settled by showing oneself under it, too', async () => {
    const [ada, eve] = [await join(server, { personId: 'ada' }), await join(server, { personId: 'eve' })]
    ada.send(presenceFrame(ada.doc.clientID, 1, { cursor: [1, 2] }))
    await eve.until(() => eve.presence.has(ada.doc.clientID))
    eve.sendUpdate(craftFor(ada.doc, 'stolen'))
    await eve.settled()
    ada.elements.set('mine', 1)
    await eve.untilHas('mine')
    expect(ada.elements.toJSON()).toEqual({ mine: 1 })
  })

  it('S95 SY13 nobody is shown under the id of who has drawn, though that is long ago', async () => {
    const [ada, ben] = [await join(server, { personId: 'ada' }), await join(server, { personId: 'ben' })]
    ada.elements.set('a', 1)
    await ben.untilHas('a')
    await ada.close()
    const eve = await join(server, { personId: 'eve' })
    eve.send(presenceFrame(ada.doc.clientID, 99, { name: 'Ada' }))
    eve.send(presenceFrame(eve.doc.clientID, 1, { name: 'Eve' }))
    await ben.until(() => ben.presence.has(eve.doc.clientID))
    expect(ben.presence.has(ada.doc.clientID)).toBe(false)
  })

  it('S96 moves with the guest to the account, in the open room and on disk', async () => {
    const guest = await join(server, { personId: 'guest' })
    const ben = await join(server, { personId: 'ben' })
    guest.elements.set('as guest', 1)
    await guest.untilSaved()
    server.accessEvents.emit({ type: 'person', personId: 'guest', becomes: 'account' })
    await guest.close()
    guest.elements.set('signing in', 1)
    const account = await join(server, { personId: 'account', doc: guest.doc })
    await ben.untilHas('signing in')
    await account.untilSaved()
  })

  it('S96 what a guest drew just before they became the account is the account’s', async () => {
    const third = await join(server, { personId: 'third' })
    const guest = await join(server, { personId: 'guest' })
    guest.elements.set('mine', 1)
    await guest.settled()
    server.setAccess('guest', { access: 'editor' })
    server.accessEvents.emit({ type: 'person', personId: 'guest', becomes: 'account' })
    for (let count = 0; count < 4; count++) guest.elements.set('late', count)
    await guest.untilSaved()
    const account = await join(server, { personId: 'account', doc: guest.doc })
    account.elements.set('more', 1)
    await third.untilHas('more')
  })

  it('S95 SY5 nobody takes the id of a viewer before they may draw', async () => {
    const third = await join(server, { personId: 'third' })
    const eve = await join(server, { personId: 'eve' })
    const viewer = await join(server, { personId: 'val', role: 'viewer' })
    const client = viewer.doc.clientID
    viewer.send(presenceFrame(client, 1, {}))
    await eve.until(() => eve.presence.has(client))
    eve.sendUpdate(
      craftUpdate({ sections: [{ client, clock: 0, structs: [{ type: 'item', key: 'stolen' }] }] }),
    )
    await eve.settled()
    await viewer.close()
    viewer.elements.set('drawn', 1)
    const editor = await join(server, { personId: 'val', doc: viewer.doc })
    await third.untilHas('drawn')
    await editor.untilSaved()
    expect(third.elements.has('stolen')).toBe(false)
  })

  it('S97 does not matter in a recovery window', async () => {
    const ada = await join(server, { personId: 'ada' })
    ada.elements.set('a', 1)
    await ada.untilSaved()
    ada.elements.set('b', 1)
    const { owners } = await storage.load('board')
    await server.stop()
    renewStorage()
    await storage.append([{ boardId: 'board', data: Uint8Array.of(0, 0), owners: [...owners] }])
    await startAnother({ recoveryWindow: true })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(ada.doc))
    const ben = await join(server, { personId: 'ben', doc })
    await ben.untilSaved()
    expect((await stored()).getMap('elements').toJSON()).toEqual({ a: 1, b: 1 })
    expect((await storage.load('board')).owners).toEqual(owners)
  })
})

describe('after a loss', () => {
  it('S93 what one wrote on top of what another wrote is saved once both are back', async () => {
    const [ada, ben] = [await join(server, { personId: 'ada' }), await join(server, { personId: 'ben' })]
    ada.elements.set('saved', new Y.Map([['base', 1]]))
    ben.elements.set('ben', 1)
    await Promise.all([ben.untilHas('saved'), ada.untilHas('ben')])
    await Promise.all([ada.untilSaved(), ben.untilSaved()])
    const before = await storage.load('board')
    storage.hold('append')
    ada.elements.set('lost', new Y.Map([['base', 1]]))
    await ben.untilHas('lost')
    await server.kill()
    await Promise.all([ada.closed, ben.closed])
    ;(ben.elements.get('lost') as Y.Map<unknown>).set('position', [1, 2])
    ben.elements.set('own', 1)

    renewStorage()
    for (const data of partsOf(before)) {
      await storage.append([{ boardId: 'board', data, owners: [...before.owners] }])
    }
    await startAnother()
    const benAgain = await join(server, { personId: 'ben', doc: ben.doc })
    expect((await stored()).getMap('elements').has('lost')).toBe(false)
    const adaAgain = await join(server, { personId: 'ada', doc: ada.doc })
    await adaAgain.untilHas('own')
    await adaAgain.untilSaved()
    await benAgain.untilSaved()
    for (const elements of [adaAgain.elements, (await stored()).getMap('elements')]) {
      expect(elements.toJSON()).toEqual(ben.elements.toJSON())
    }
  })
})

describe('viewers', () => {
  const update = (): Uint8Array => {
    const doc = new Y.Doc()
    doc.getMap('elements').set('x', 1)
    return Y.encodeStateAsUpdate(doc)
  }

  it.each([
    ['an update', 2],
    ['a step 2', 1],
  ])('SY8 S20 %s of a viewer changes nothing; the second closes with 4403', async (_, kind) => {
    const ada = await join(server, { personId: 'ada' })
    const eve = await join(server, { personId: 'eve', role: 'viewer' })
    eve.send(syncFrame(kind, update()))
    await eve.until(() => eve.notices.some(({ type }) => type === 'read-only'))
    ada.elements.set('a', 1)
    await eve.untilHas('a')
    eve.send(syncFrame(kind, update()))
    expect(await eve.closed).toMatchObject({ code: 4403 })
    await ada.untilSaved()
    expect(ada.elements.toJSON()).toEqual({ a: 1 })
    expect((await stored()).getMap('elements').toJSON()).toEqual({ a: 1 })
  })

  it('SY8 S20 a second connection of a viewer may no more than the first', async () => {
    const ada = await join(server, { personId: 'ada' })
    for (let round = 0; round < 2; round++) {
      const eve = await join(server, { personId: 'eve', role: 'viewer' })
      eve.send(syncFrame(2, update()))
      await eve.until(() => eve.notices.some(({ type }) => type === 'read-only'))
    }
    await ada.settled()
    expect(ada.elements.toJSON()).toEqual({})
  })

  it('SY8 S20 saying nothing is no attempt to write', async () => {
    const eve = await join(server, { personId: 'eve', role: 'viewer' })
    for (let round = 0; round < 5; round++) eve.send(syncFrame(1, Uint8Array.of(0, 0)))
    await eve.settled()
    expect(eve.isOpen).toBe(true)
  })
})
