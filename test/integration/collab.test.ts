import { EventEmitter, once } from 'node:events'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { partsOf } from '../../server/sync/ports.ts'
import { createDeviceCopy } from '../../whiteboard/collab/device-copy.ts'
import { createPresence, type Presence } from '../../whiteboard/collab/presence.ts'
import { FrameKind } from '../../whiteboard/collab/protocol.ts'
import { type BoardSyncClient, createSyncClient } from '../../whiteboard/collab/sync-client.ts'
import { worldPoint } from '../../whiteboard/geometry/types.ts'
import { origins } from '../../whiteboard/model/document.ts'
import { testKinds } from '../support/kinds.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { nothingShown } from '../support/presence.ts'
import { storedElements } from '../support/stored-document.ts'
import { GatedRoomStorage, startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

/** A person's browser tab, without the browser: time stands still in it, only the network moves. */
interface Tab {
  readonly client: BoardSyncClient
  readonly presence: Presence
  readonly elements: Y.Map<unknown>
  draw(key: string, value?: unknown): void
  until(condition: () => boolean): Promise<void>
  /** Resolves with the next presence frame from the server. */
  presenceHeard(): Promise<void>
  readonly clock: ManualClock
  close(): void
}

let storage: GatedRoomStorage
let server: TestSyncServer
let tabs: Tab[] = []

beforeEach(async () => {
  storage = new GatedRoomStorage()
  server = await startSyncServer({ storage })
})

afterEach(async () => {
  storage.releaseAll()
  for (const tab of tabs) tab.close()
  tabs = []
  await server.stop()
})

interface TabOptions {
  readonly personId?: string
  readonly role?: 'viewer' | 'editor'
  readonly factory?: IDBFactory
  readonly wakes?: Set<() => void>
}

const openTab = ({ personId = 'ada', role = 'editor', factory, wakes }: TabOptions = {}): Tab => {
  const doc = new Y.Doc()
  const clock = createManualClock()
  const frames = new EventEmitter()
  class ObservedSocket extends WebSocket {
    constructor(...address: ConstructorParameters<typeof WebSocket>) {
      super(...address)
      this.on('message', (data: ArrayBuffer) => {
        setImmediate(() => frames.emit(`frame ${new Uint8Array(data)[0]}`))
      })
    }
  }
  const client = createSyncClient({
    doc,
    boardId: 'board',
    clock,
    onlineEvents: (wake) => {
      wakes?.add(wake)
      return () => {}
    },
    WebSocketPolyfill: ObservedSocket as unknown as typeof globalThis.WebSocket,
    deviceCopy:
      factory && createDeviceCopy({ personId, boardId: 'board', clock, factory, range: IDBKeyRange }),
    requestTicket: async () => {
      const ticket = await server.ticket({ boardId: 'board', personId, name: personId, role })
      return { type: 'granted', grant: { ticket, url: `${server.origin}/sync/board`, role } }
    },
  })
  const presence = createPresence({ awareness: client.awareness, kinds: testKinds, clock })
  const elements = doc.getMap('elements')
  const watchers = new Set<() => void>()
  const wake = (): void => {
    clock.advance(20)
    for (const watcher of watchers) watcher()
  }
  client.subscribe(wake)
  client.awareness.on('change', wake)
  doc.on('update', wake)
  const tab: Tab = {
    client,
    presence,
    elements,
    clock,
    presenceHeard: async () => {
      await once(frames, `frame ${FrameKind.awareness}`)
    },
    draw: (key, value = key) => doc.transact(() => elements.set(key, value), origins.user),
    until: (condition) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!condition()) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    close() {
      presence.dispose()
      client.dispose()
      doc.destroy()
    },
  }
  tabs.push(tab)
  return tab
}

const isOnline = (tab: Tab) => (): boolean => tab.client.status.state === 'online'
const isOffline = (tab: Tab) => (): boolean => tab.client.status.state === 'offline'
const has =
  (tab: Tab, ...keys: string[]) =>
  (): boolean =>
    keys.every((key) => tab.elements.has(key))

/** What a server that starts now would serve. */
const onDisk = async (): Promise<string[]> => Object.keys(await storedElements(storage)).sort()

/** Kills the server and starts another on what had reached the disk by then: writes under way are lost. */
const killAndRestart = async (): Promise<void> => {
  const rows = partsOf(await storage.load('board'))
  const survived = new GatedRoomStorage()
  await survived.append(rows.map((data) => ({ boardId: 'board', data })))
  await server.kill()
  storage.releaseAll()
  storage = survived
  server = await startSyncServer({ storage })
}

const goOnline = async (tab: Tab): Promise<void> => {
  await tab.until(isOffline(tab))
  tab.client.retry()
  await tab.until(isOnline(tab))
}

describe('Two people and a real server', () => {
  it('see each other draw, and know what is on disk', async () => {
    const [ada, ben] = [openTab(), openTab({ personId: 'ben' })]
    await Promise.all([ada.until(isOnline(ada)), ben.until(isOnline(ben))])
    ada.draw('a')
    await ben.until(has(ben, 'a'))
    ben.draw('b')
    await ada.until(has(ada, 'b'))
    await Promise.all([ada.client.whenSaved(), ben.client.whenSaved()])
    expect(await onDisk()).toEqual(['a', 'b'])
    expect(ada.client.status).toEqual({ state: 'online', unsaved: 0, storageFailing: false })
  })

  it('do not have a change counted as saved before it is on disk', async () => {
    const ada = openTab()
    await ada.until(isOnline(ada))
    await ada.client.whenSaved()
    const release = storage.hold('append')
    ada.draw('a')
    ada.draw('b')
    await storage.until(() => storage.appends > 0)
    expect(ada.client.status.unsaved).toBe(2)
    release()
    await ada.client.whenSaved()
    expect(ada.client.status.unsaved).toBe(0)
    expect(await onDisk()).toEqual(['a', 'b'])
  })

  it('see cursors and drafts under the names that the server knows', async () => {
    const [ada, ben] = [openTab(), openTab({ personId: 'ben' })]
    await Promise.all([ada.until(isOnline(ada)), ben.until(isOnline(ben))])
    const element = { id: 'new', type: 'rectangle', position: [1, 2], size: [3, 4], order: 'V' }
    ada.presence.show({
      ...nothingShown,
      cursor: worldPoint(5, 6),
      draft: { type: 'create', elements: [element as never] },
    })
    await ben.until(() => ben.presence.peers.some(({ cursor }) => cursor !== null))
    const [peer] = ben.presence.peers
    expect(peer).toMatchObject({ personId: 'ada', name: 'ada', cursor: [5, 6] })
    expect(peer?.draft?.type === 'create' && peer.draft.elements[0]?.size).toEqual([3, 4])
    ada.close()
    await ben.until(() => ben.presence.peers.length === 0)
  })

  it('lose nothing when the server is killed while they draw', async () => {
    const [ada, ben] = [openTab(), openTab({ personId: 'ben' })]
    await Promise.all([ada.until(isOnline(ada)), ben.until(isOnline(ben))])
    ada.draw('on disk')
    await ada.client.whenSaved()
    // Everything from here is lost with the server: it is never written.
    storage.hold('append')
    ada.draw('only relayed')
    await ben.until(has(ben, 'only relayed'))
    ben.draw('also relayed')
    expect(ada.client.status.unsaved).toBe(1)
    await killAndRestart()
    expect(await onDisk()).toEqual(['on disk'])
    await Promise.all([ada.until(isOffline(ada)), ben.until(isOffline(ben))])
    ada.draw('offline')
    ben.draw('offline too')
    expect(ada.client.status.unsaved).toBe(2)
    await Promise.all([goOnline(ada), goOnline(ben)])
    const all = ['on disk', 'only relayed', 'also relayed', 'offline', 'offline too']
    await Promise.all([ada.until(has(ada, ...all)), ben.until(has(ben, ...all))])
    await Promise.all([ada.client.whenSaved(), ben.client.whenSaved()])
    expect(await onDisk()).toEqual([...all].sort())
  })

  it('merge what one drew offline in a tab that was closed meanwhile', async () => {
    const factory = new IDBFactory()
    const first = openTab({ factory })
    await first.until(isOnline(first))
    first.draw('online')
    await first.client.whenSaved()
    await server.kill()
    await first.until(isOffline(first))
    first.draw('offline 1')
    first.draw('offline 2')
    first.close()

    const again = openTab({ factory })
    await again.until(() => again.client.status.unsaved === 2 && isOffline(again)())
    expect(has(again, 'online', 'offline 1', 'offline 2')()).toBe(true)
    await killAndRestart()
    const ben = openTab({ personId: 'ben' })
    ben.draw('of ben')
    await goOnline(again)
    await again.client.whenSaved()
    await again.until(has(again, 'of ben'))
    await ben.until(has(ben, 'offline 1', 'offline 2', 'of ben'))
    await ben.client.whenSaved()
    expect(await onDisk()).toEqual(['of ben', 'offline 1', 'offline 2', 'online'])
  })

  it('are told when the database is down, and go on drawing together', async () => {
    const [ada, ben] = [openTab(), openTab({ personId: 'ben' })]
    await Promise.all([ada.until(isOnline(ada)), ben.until(isOnline(ben))])
    await ada.client.whenSaved()
    storage.failure = new Error('database is down')
    ada.draw('a')
    await ben.until(has(ben, 'a'))
    const isFailing = (tab: Tab) => (): boolean =>
      tab.client.status.state === 'online' && tab.client.status.storageFailing
    await Promise.all([ada.until(isFailing(ada)), ben.until(isFailing(ben))])
    expect(ada.client.status.unsaved).toBe(1)
    storage.failure = null
    await ada.client.whenSaved()
    await ada.until(() => !isFailing(ada)())
    expect(await onDisk()).toEqual(['a'])
  })

  it('LD7 S111: keep what a full board has no room for, are not sent away, and have it taken once there is room', async () => {
    await server.stop()
    const limits = { documentBytes: 1_500_000, documentWarning: 1_400_000, documentMeasure: 50 }
    server = await startSyncServer({ storage, limits })
    const [ada, ben] = [openTab(), openTab({ personId: 'ben' })]
    await Promise.all([ada.until(isOnline(ada)), ben.until(isOnline(ben))])
    ada.draw('old', 'x'.repeat(1_000_000))
    await ada.client.whenSaved()
    // Too large for one frame: it goes out in parts, the deletions last.
    ada.elements.doc?.transact(() => {
      for (const key of ['large', 'larger']) ada.elements.set(key, key.padEnd(600_000, 'y'))
    }, origins.user)
    const isFull = (): boolean => ada.client.status.state === 'online' && ada.client.status.size === 'full'
    await ada.until(isFull)
    ben.draw('b')
    await ben.client.whenSaved()
    expect(ada.client.status).toMatchObject({ state: 'online', unsaved: 1 })
    expect(await onDisk()).toEqual(['b', 'old'])
    ben.elements.doc?.transact(() => ben.elements.delete('old'), origins.user)
    await ada.client.whenSaved()
    await ben.until(has(ben, 'large', 'larger'))
    expect(await onDisk()).toEqual(['b', 'large', 'larger'])
    expect(isFull()).toBe(false)
  })
})

describe('A connection', () => {
  it('is answered when it asks for a sign of life, alone as one may be', async () => {
    const wakes = new Set<() => void>()
    const ada = openTab({ wakes })
    await ada.until(isOnline(ada))
    for (const wake of wakes) wake()
    await ada.presenceHeard()
    ada.clock.advance(10_000)
    expect(ada.client.status.state).toBe('online')
  })
})

describe('Access', () => {
  it('lets a viewer see everything and write nothing', async () => {
    const [ada, eve] = [openTab(), openTab({ personId: 'eve', role: 'viewer' })]
    await Promise.all([ada.until(isOnline(ada)), eve.until(isOnline(eve))])
    eve.draw('of eve')
    ada.draw('of ada')
    await eve.until(has(eve, 'of ada'))
    await ada.client.whenSaved()
    expect(eve.client.role).toBe('viewer')
    expect(eve.client.status.unsaved).toBe(1)
    expect(await onDisk()).toEqual(['of ada'])
    expect(has(ada, 'of eve')()).toBe(false)
  })

  it('ends with the reason when it is taken away', async () => {
    const ada = openTab()
    await ada.until(isOnline(ada))
    server.setAccess('ada', { denied: 'access-removed' })
    server.accessEvents.emit({ type: 'board', boardId: 'board' })
    await ada.until(() => ada.client.status.state === 'ended')
    expect(ada.client.status).toMatchObject({ state: 'ended', reason: 'access-removed' })
  })
})
