import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'
import { FrameKind, type Notice, SyncKind, type WireRole } from '../../whiteboard/collab/protocol.ts'
import type { TicketAnswer } from '../../whiteboard/collab/types.ts'
import { BrowserSocket } from './browser-socket.ts'

/** What a test may do with one connection of a fake server. */
export interface FakeConnection {
  readonly protocols: readonly string[]
  readonly url: string
  /** Update frames taken, in the order in which they came. */
  readonly updates: readonly Uint8Array[]
  /** Kinds of all frames that came. */
  readonly kinds: readonly number[]
  readonly isOpen: boolean
  /** Tells the client that its first `frames` update frames are saved. */
  save(frames: number): void
  notify(notice: Notice): void
  /** Sends the server's state vector once more, as after an update with a gap. */
  askAgain(): void
  close(code: number): void
  /** Bytes as they are. */
  send(frame: Uint8Array): void
}

/** A server of one board inside the test: speaks y-protocols over fake sockets, saves when told, and can go silent. */
export interface FakeSyncServer {
  readonly doc: Y.Doc
  readonly connections: readonly FakeConnection[]
  /** The newest connection. */
  readonly connection: FakeConnection
  readonly WebSocket: typeof WebSocket
  requestTicket: () => Promise<TicketAnswer>
  ticketsAsked: number
  role: WireRole
  /** Sockets are refused while true. */
  down: boolean
  /** Frames are taken, but nothing is answered any more. */
  silent: boolean
  /** Update frames are saved as soon as they come. */
  saving: boolean
}

/** Lets promises and zero timers run, a few rounds of them. */
export const settle = async (): Promise<void> => {
  for (let round = 0; round < 8; round++) await new Promise((resolve) => setImmediate(resolve))
}

const encodeSync = (write: (encoder: encoding.Encoder) => void): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FrameKind.sync)
    write(encoder)
  })

class FakeSocket extends BrowserSocket {
  received: (frame: Uint8Array) => void = () => {}
  left: () => void = () => {}

  protected carry(frame: Uint8Array): void {
    this.received(frame)
  }

  close(): void {
    this.readyState = 3
    this.left()
  }

  end(code: number): void {
    this.readyState = 3
    this.left()
    this.onclose?.({ code })
  }
}

const createConnection = (
  server: FakeSyncServer,
  socket: FakeSocket,
  url: string,
  protocols: string[],
): FakeConnection => {
  const updates: Uint8Array[] = []
  const kinds: number[] = []

  const answer = (write: (encoder: encoding.Encoder) => void): void => {
    if (!server.silent) socket.deliver(encodeSync(write))
  }

  const takeUpdate = (update: Uint8Array): void => {
    if (server.role === 'viewer') return
    updates.push(update)
    Y.applyUpdate(server.doc, update, socket)
    if (server.saving) connection.save(updates.length)
  }

  const takeSync = (decoder: decoding.Decoder): void => {
    const kind = decoding.readVarUint(decoder)
    const payload = decoding.readVarUint8Array(decoder)
    if (kind === SyncKind.step1)
      answer((encoder) => syncProtocol.writeSyncStep2(encoder, server.doc, payload))
    else takeUpdate(payload)
  }

  const relay = (update: Uint8Array, origin: unknown): void => {
    if (origin !== socket) answer((encoder) => syncProtocol.writeUpdate(encoder, update))
  }
  server.doc.on('update', relay)
  socket.left = () => server.doc.off('update', relay)

  socket.received = (frame) => {
    const decoder = decoding.createDecoder(frame)
    const kind = decoding.readVarUint(decoder)
    kinds.push(kind)
    if (kind === FrameKind.sync) takeSync(decoder)
    if (kind === FrameKind.queryAwareness && !server.silent) {
      socket.deliver(new Uint8Array([FrameKind.awareness, 1, 0]))
    }
  }

  const connection: FakeConnection = {
    protocols,
    url,
    updates,
    kinds,
    get isOpen() {
      return socket.readyState === 1
    },
    save(frames) {
      socket.deliver(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, FrameKind.saved)
          encoding.writeVarUint(encoder, frames)
        }),
      )
    },
    notify(notice) {
      socket.deliver(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, FrameKind.notice)
          encoding.writeVarString(encoder, JSON.stringify(notice))
        }),
      )
    },
    askAgain() {
      answer((encoder) => syncProtocol.writeSyncStep1(encoder, server.doc))
    },
    close: (code) => socket.end(code),
    send: (frame) => socket.deliver(frame),
  }
  return connection
}

export const createFakeSyncServer = (): FakeSyncServer => {
  const connections: FakeConnection[] = []

  class ServedSocket extends FakeSocket {
    constructor(url: string, protocols: string[]) {
      super()
      queueMicrotask(() => {
        if (this.readyState !== 0) return
        if (server.down) this.end(1006)
        else this.accept(url, protocols)
      })
    }

    private accept(url: string, protocols: string[]): void {
      const connection = createConnection(server, this, url, protocols)
      connections.push(connection)
      this.readyState = 1
      this.onopen?.()
      if (server.silent) return
      const person = { id: 'ada', name: 'Ada', color: '#1971c2' }
      connection.notify({ type: 'welcome', role: server.role, person })
      if (server.role === 'editor') connection.askAgain()
    }
  }

  const server: FakeSyncServer = {
    doc: new Y.Doc(),
    connections,
    get connection() {
      const newest = connections.at(-1)
      if (!newest) throw new Error('Nobody has connected')
      return newest
    },
    WebSocket: ServedSocket as unknown as typeof WebSocket,
    async requestTicket() {
      server.ticketsAsked++
      const ticket = `t${server.ticketsAsked}`
      return { type: 'granted', grant: { ticket, url: 'ws://server/sync/board', role: server.role } }
    },
    ticketsAsked: 0,
    role: 'editor',
    down: false,
    silent: false,
    saving: false,
  }
  return server
}
