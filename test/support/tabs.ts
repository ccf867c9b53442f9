import { IDBKeyRange } from 'fake-indexeddb'
import { afterEach } from 'vitest'
import * as Y from 'yjs'
import { createDeviceCopy } from '../../whiteboard/collab/device-copy.ts'
import { type BoardSyncClient, createSyncClient } from '../../whiteboard/collab/sync-client.ts'
import { origins } from '../../whiteboard/model/document.ts'
import { type FakeSyncServer, settle } from './fake-sync-server.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'

/** A board that is open in a browser, as far as the sync client goes. */
export interface Tab {
  readonly doc: Y.Doc
  readonly client: BoardSyncClient
  /** One local change. */
  draw(key: string): void
  close(): Promise<void>
}

const tabs: Tab[] = []

afterEach(async () => {
  for (const tab of tabs.splice(0)) await tab.close()
})

interface TabOptions {
  readonly clock?: ManualClock
  readonly factory?: IDBFactory
  readonly wakes?: Set<() => void>
  /** Called when the device loses its network. */
  readonly cuts?: Set<() => void>
}

/** Opens the board; the tab is closed after the test. Give a `factory` to have a copy on the device. */
export const openTab = (server: FakeSyncServer, options: TabOptions = {}): Tab => {
  const { clock = createManualClock(), factory, wakes = new Set(), cuts = new Set() } = options
  const doc = new Y.Doc()
  const deviceCopy =
    factory && createDeviceCopy({ personId: 'ada', boardId: 'board', clock, factory, range: IDBKeyRange })
  const client = createSyncClient({
    doc,
    boardId: 'board',
    requestTicket: () => server.requestTicket(),
    deviceCopy,
    clock,
    random: () => 0.5,
    WebSocketPolyfill: server.WebSocket,
    onlineEvents: (wake, cutOff) => {
      wakes.add(wake)
      cuts.add(cutOff)
      return () => {
        wakes.delete(wake)
        cuts.delete(cutOff)
      }
    },
  })
  const tab: Tab = {
    doc,
    client,
    draw: (key) => doc.transact(() => doc.getMap('elements').set(key, key), origins.user),
    async close() {
      client.dispose()
      doc.destroy()
      await settle()
    },
  }
  tabs.push(tab)
  return tab
}

/** What the server has of the board. */
export const onServer = (server: FakeSyncServer): string[] => [...server.doc.getMap('elements').keys()].sort()
