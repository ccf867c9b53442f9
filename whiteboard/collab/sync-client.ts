import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createChangeLedger } from './change-ledger.ts'
import { browserClock, type Clock } from './clock.ts'
import { endOf, retryDelay } from './closing.ts'
import type { DeviceCopy } from './device-copy.ts'
import { createLiveness } from './liveness.ts'
import type { Identity, WireRole } from './protocol.ts'
import { createTransport, type TransportEvents } from './transport.ts'
import type { SyncClient, SyncEnd, SyncStatus, TicketAnswer, TicketGrant } from './types.ts'
import { browserWakeEvents, type WakeEvents } from './wake-events.ts'

/** How long a ticket, and then the first state from the server, may take, in milliseconds. */
const TICKET_LIMIT = 15_000
const JOIN_LIMIT = 30_000
/** A connection that held this long, in milliseconds, was a good one: the next wait begins anew. */
const STABLE = 10_000

export interface SyncClientOptions {
  readonly doc: Y.Doc
  readonly boardId: string
  /** Asked before each attempt: a ticket opens one connection. */
  readonly requestTicket: () => Promise<TicketAnswer>
  readonly deviceCopy?: DeviceCopy | undefined
  readonly clock?: Clock
  /** From 0 to 1. */
  readonly random?: () => number
  readonly WebSocketPolyfill?: typeof WebSocket
  readonly onlineEvents?: WakeEvents
  /** Origin of the transactions that bring what the device kept. */
  readonly loadOrigin?: unknown
}

export interface BoardSyncClient extends SyncClient {
  readonly boardId: string
  readonly awareness: Awareness
  /** Rows of the copy on this device that could not be read and were set aside. */
  readonly damagedRows: number
}

/** Where the client is; a timer belongs to the phase that waits for it. */
type Phase =
  /** Reading the device and asking for a ticket. */
  | { readonly type: 'asking'; readonly cancel: () => void }
  /** A socket is under way, up to the moment when both sides have the same state. */
  | { readonly type: 'joining'; readonly cancel: () => void; readonly answered: boolean }
  | { readonly type: 'online'; readonly since: number }
  | { readonly type: 'waiting'; readonly cancel: () => void; readonly retryAt: number }
  | { readonly type: 'ended'; readonly reason: SyncEnd }
  | { readonly type: 'disposed' }

const isSameStatus = (a: SyncStatus, b: SyncStatus): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Keeps a document, the copy of it on this device and the board on the server the same, and tells the truth about how
 * far that is. Begins at once; see SPEC.md for the promises.
 */
export const createSyncClient = (options: SyncClientOptions): BoardSyncClient => {
  const {
    doc,
    boardId,
    deviceCopy,
    clock = browserClock,
    random = Math.random,
    loadOrigin = 'load',
  } = options
  const { WebSocketPolyfill = globalThis.WebSocket, onlineEvents = browserWakeEvents } = options
  const ledger = createChangeLedger()
  const awareness = new Awareness(doc)
  const listeners = new Set<() => void>()
  let role: WireRole | null = null
  let identity: Identity | null = null
  let storageFailing = false
  let loaded = false
  let failures = 0
  let phase: Phase = { type: 'asking', cancel: () => {} }
  let status: SyncStatus = { state: 'connecting', unsaved: 0 }

  const describe = (): SyncStatus => {
    const { unsaved } = ledger
    switch (phase.type) {
      case 'asking':
        return failures === 0
          ? { state: 'connecting', unsaved }
          : { state: 'offline', unsaved, retryAt: null }
      case 'joining':
        return failures === 0 || phase.answered
          ? { state: 'connecting', unsaved }
          : { state: 'offline', unsaved, retryAt: null }
      case 'online':
        return { state: 'online', unsaved, storageFailing }
      case 'waiting':
        return { state: 'offline', unsaved, retryAt: phase.retryAt }
      case 'ended':
        return { state: 'ended', reason: phase.reason, unsaved }
      case 'disposed':
        return { state: 'offline', unsaved, retryAt: null }
    }
  }

  const publish = (): void => {
    for (const listener of [...listeners]) listener()
  }

  const refresh = (): void => {
    const next = describe()
    if (isSameStatus(status, next)) return
    status = next
    publish()
  }

  const enter = (next: Phase): void => {
    if ('cancel' in phase) phase.cancel()
    phase = next
    refresh()
  }

  const onUpdate = (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (origin === loadOrigin && !transaction.local) return
    if (transaction.local) {
      const change = ledger.add(1)
      deviceCopy?.addLocal(update, change)
    } else deviceCopy?.addRemote(update)
    refresh()
  }
  // Before the transport listens: a change is counted, and on its way to the device, when its frame goes out.
  doc.on('update', onUpdate)

  const applyFromDevice = (updates: readonly Uint8Array[]): void => {
    const apply = (): void => {
      for (const update of updates) Y.applyUpdate(doc, update, loadOrigin)
    }
    Y.transact(doc, apply, loadOrigin, false)
  }

  /** Takes over what is on the device and not in the document: everything at first, later what other tabs left unsaved. */
  const readDevice = async (copy: DeviceCopy): Promise<void> => {
    const { updates, unsaved } = await copy.read()
    if (phase.type === 'disposed' || updates.length === 0) return
    copy.adopt(ledger.add(unsaved))
    applyFromDevice(updates)
    loaded = true
    refresh()
    publish()
  }

  const opened = deviceCopy?.open(() => Y.encodeStateAsUpdate(doc), publish) ?? Promise.resolve()

  const ready = async (): Promise<void> => {
    await opened
    if (deviceCopy) await readDevice(deviceCopy)
  }
  let isRead = deviceCopy === undefined
  const firstReady = ready().then(() => {
    isRead = true
  })

  const lost = (code: number | null): void => {
    liveness.stop()
    if (phase.type === 'disposed' || phase.type === 'ended') return
    storageFailing = false
    const end = endOf(code)
    if (end) {
      finish(end)
      return
    }
    const wasGood = phase.type === 'online' && clock.now() - phase.since >= STABLE
    failures = wasGood ? 1 : failures + 1
    const delay = retryDelay(failures, code, random())
    enter({ type: 'waiting', cancel: clock.after(delay, () => attempt()), retryAt: clock.now() + delay })
  }

  const savedFromHere = (): Promise<void> => {
    const isOver = phase.type === 'ended' || phase.type === 'disposed'
    if (isOver && ledger.unsaved > 0)
      return Promise.reject(new Error('The changes cannot be saved from here'))
    return ledger.whenSaved()
  }

  const finish = (reason: SyncEnd): void => {
    enter({ type: 'ended', reason })
    ledger.abandon(new Error(`The board can no longer be saved from here: ${reason}`))
  }

  const joined = (): void => {
    if (phase.type !== 'joining') return
    loaded = true
    enter({ type: 'online', since: clock.now() })
    publish()
  }

  const welcomed = (newRole: WireRole, person: Identity): void => {
    role = newRole
    identity = person
    if (phase.type === 'joining') phase = { ...phase, answered: true }
    status = describe()
    publish()
  }

  const events: TransportEvents = {
    heard: () => liveness.heard(),
    welcomed,
    sending({ complete, news }) {
      // The server lacks something that nobody waits for (it lost it, say): it is not saved until this frame is.
      if (news && ledger.unsaved === 0) ledger.add(1)
      ledger.sent(complete)
      refresh()
    },
    synced: joined,
    saved(frames) {
      ledger.saved(frames)
      deviceCopy?.markSaved(ledger.durable)
      refresh()
    },
    storage(failing) {
      storageFailing = failing
      refresh()
    },
    closed: lost,
  }
  const transport = createTransport({ doc, awareness, WebSocketPolyfill, events })
  const liveness = createLiveness(
    clock,
    () => transport.probe(),
    () => transport.leave(),
  )

  const join = (answer: TicketAnswer): void => {
    if (answer.type === 'refused') finish(answer.reason)
    else if (answer.type === 'unreachable') lost(null)
    else open(answer.grant)
  }

  const open = (grant: TicketGrant): void => {
    ledger.connected()
    enter({ type: 'joining', cancel: clock.after(JOIN_LIMIT, () => transport.leave()), answered: false })
    liveness.start()
    transport.join(grant)
  }

  const attempt = (first = false): void => {
    const mine: Phase = { type: 'asking', cancel: clock.after(TICKET_LIMIT, () => lost(null)) }
    enter(mine)
    void Promise.all([ask(), first ? firstReady : ready()]).then(([answer]) => {
      if (phase === mine) join(answer)
    })
  }

  const ask = async (): Promise<TicketAnswer> => {
    try {
      return await options.requestTicket()
    } catch {
      return { type: 'unreachable' }
    }
  }

  const wake = (): void => {
    if (phase.type === 'waiting') attempt()
    else liveness.check()
  }
  const endWakeEvents = onlineEvents(wake)
  attempt(true)

  return {
    boardId,
    awareness,
    get status() {
      return status
    },
    get role() {
      return role
    },
    get identity() {
      return identity
    },
    get loaded() {
      return loaded
    },
    get deviceCopy() {
      return deviceCopy?.available ?? false
    },
    get damagedRows() {
      return deviceCopy?.damaged ?? 0
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    whenSaved: () => (isRead ? savedFromHere() : firstReady.then(savedFromHere)),
    retry() {
      if (phase.type !== 'waiting' && phase.type !== 'ended') return
      failures = 0
      attempt()
    },
    dispose() {
      if (phase.type === 'disposed') return
      enter({ type: 'disposed' })
      endWakeEvents()
      liveness.stop()
      transport.destroy()
      awareness.destroy()
      doc.off('update', onUpdate)
      listeners.clear()
      ledger.abandon(new Error('The board was closed before its changes were saved'))
      void deviceCopy?.close()
    },
  }
}
