import { request } from 'node:http'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import {
  FrameKind,
  type Notice,
  SUBPROTOCOL,
  SyncKind,
  syncPath,
  TICKET_PREFIX,
  type WireRole,
} from '../../whiteboard/collab/protocol.ts'
import type { TestSyncServer } from './ws-server.ts'

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** An upgrade request, headers as given; resolves with what the server answered, 101 included. */
export const handshake = (
  port: number,
  path: string,
  headers: Record<string, string | string[]> = {},
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    }
    const outgoing = request({ host: '127.0.0.1', port, path, headers: { ...upgrade, ...headers } })
    outgoing.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' })
    })
    outgoing.on('response', (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    outgoing.on('error', reject)
    outgoing.end()
  })

export const syncFrame = (kind: number, payload: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FrameKind.sync)
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint8Array(encoder, payload)
  })

/** `state` is written as it is when it is a string, as JSON otherwise. */
export const presenceFrame = (client: number, clock: number, state: unknown): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FrameKind.awareness)
    const body = encoding.encode((inner) => {
      encoding.writeVarUint(inner, 1)
      encoding.writeVarUint(inner, client)
      encoding.writeVarUint(inner, clock)
      encoding.writeVarString(inner, typeof state === 'string' ? state : JSON.stringify(state))
    })
    encoding.writeVarUint8Array(encoder, body)
  })

export interface ClientOptions {
  readonly boardId?: string
  readonly personId?: string
  readonly name?: string
  readonly sessionId?: string
  readonly role?: WireRole
  readonly doc?: Y.Doc
  readonly protocols?: readonly string[]
  /** Whether pings are answered. */
  readonly autoPong?: boolean
}

/** Milliseconds within which what ends a right is to have ended the sockets that hang on it (WS10). */
const ENDS_WITHIN = 2000

/** A client that keeps a document in step and remembers all that it is told; sends any bytes that it is asked to. */
export class RawClient {
  readonly doc: Y.Doc
  readonly socket: WebSocket
  readonly notices: Notice[] = []
  /** What was shown of others, by client id; null after a removal. */
  readonly presence = new Map<number, unknown>()
  readonly presenceClocks = new Map<number, number[]>()
  /** `at` goes by `performance.now()`. */
  readonly closed: Promise<{ code: number; reason: string; at: number }>
  /** How many update frames went out, and of how many the server said that they are saved. */
  sent = 0
  saved = 0
  synced = false
  frames = 0
  received: Uint8Array[] = []
  /** Whether the server gets what it asks for. */
  answersStep1 = true
  readonly #watchers = new Set<() => void>()

  constructor(socket: WebSocket, doc: Y.Doc) {
    this.socket = socket
    this.doc = doc
    socket.binaryType = 'nodebuffer'
    socket.on('message', (data) => this.#receive(data as Buffer))
    socket.on('error', () => {})
    socket.on('ping', () => this.#wake())
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        resolve({ code, reason: reason.toString(), at: performance.now() })
        this.#wake()
      })
    })
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this && socket.readyState === WebSocket.OPEN) this.sendUpdate(update)
    })
  }

  /** The code that it is closed with. @throws when that is more than `ENDS_WITHIN` after `since` */
  async endSoonAfter(since: number): Promise<number> {
    const { code, at } = await this.closed
    if (at - since > ENDS_WITHIN) throw new Error(`The socket ended with ${code} after ${at - since} ms`)
    return code
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN
  }

  get elements(): Y.Map<unknown> {
    return this.doc.getMap('elements')
  }

  send(bytes: Uint8Array | string): void {
    this.socket.send(bytes)
  }

  sendUpdate(update: Uint8Array): void {
    this.sent++
    this.send(syncFrame(SyncKind.update, update))
  }

  /** All that somebody lacks who has `stateVector`. */
  sendStep2(stateVector?: Uint8Array): void {
    this.sent++
    this.send(syncFrame(SyncKind.step2, Y.encodeStateAsUpdate(this.doc, stateVector)))
  }

  /** Resolves once `condition` holds, which is looked at after each frame; rejects when the socket closes before. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('The socket closed while waiting')
      await new Promise<void>((resolve) => this.#watchers.add(resolve))
    }
  }

  /** Resolves once all these elements are there. */
  untilHas(...ids: string[]): Promise<void> {
    return this.until(() => ids.every((id) => this.elements.has(id)))
  }

  /** Resolves once the server has called everything saved that was sent. */
  untilSaved(): Promise<void> {
    return this.until(() => this.saved === this.sent)
  }

  /** Resolves when the server has handled all that was sent before. */
  async settled(): Promise<void> {
    const before = this.frames
    this.synced = false
    this.send(syncFrame(SyncKind.step1, Y.encodeStateVector(this.doc)))
    await this.until(() => this.frames > before && this.synced)
  }

  close(): Promise<unknown> {
    this.socket.close()
    return this.closed
  }

  #receive(data: Buffer): void {
    this.frames++
    const bytes = new Uint8Array(data)
    this.received.push(bytes)
    const decoder = decoding.createDecoder(bytes)
    const kind = decoding.readVarUint(decoder)
    if (kind === FrameKind.sync) this.#sync(decoder)
    else if (kind === FrameKind.awareness) this.#awareness(decoding.readVarUint8Array(decoder))
    else if (kind === FrameKind.saved) this.saved = decoding.readVarUint(decoder)
    else if (kind === FrameKind.notice) this.notices.push(JSON.parse(decoding.readVarString(decoder)))
    this.#wake()
  }

  #sync(decoder: decoding.Decoder): void {
    const kind = decoding.readVarUint(decoder)
    const payload = decoding.readVarUint8Array(decoder)
    if (kind !== SyncKind.step1) Y.applyUpdate(this.doc, payload, this)
    if (kind === SyncKind.step2) this.synced = true
    if (kind === SyncKind.step1 && this.answersStep1) this.sendStep2(payload)
  }

  #awareness(payload: Uint8Array): void {
    const decoder = decoding.createDecoder(payload)
    const count = decoding.readVarUint(decoder)
    for (let index = 0; index < count; index++) {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      this.presenceClocks.set(client, [...(this.presenceClocks.get(client) ?? []), clock])
      this.presence.set(client, JSON.parse(decoding.readVarString(decoder)))
    }
  }

  #wake(): void {
    for (const wake of this.#watchers) wake()
    this.#watchers.clear()
  }
}

/** Connects without waiting for anything. */
export const connect = async (server: TestSyncServer, options: ClientOptions = {}): Promise<RawClient> => {
  const { boardId = 'board', personId = 'ada', name = personId, role = 'editor', doc = new Y.Doc() } = options
  const { sessionId = personId } = options
  const ticket = await server.ticket({ boardId, personId, name, role, sessionId })
  const protocols = [...(options.protocols ?? [SUBPROTOCOL]), `${TICKET_PREFIX}${ticket}`]
  const socket = new WebSocket(server.origin + syncPath(boardId), protocols, {
    autoPong: options.autoPong ?? true,
  })
  return new RawClient(socket, doc)
}

/** Connects with a ticket of the API, without waiting for anything. */
export const connectWith = ({ url, ticket }: { url: string; ticket: string }, doc = new Y.Doc()): RawClient =>
  new RawClient(new WebSocket(url, [SUBPROTOCOL, `${TICKET_PREFIX}${ticket}`]), doc)

/** Resolves, with the client, when both it and the server have what the other has; rejects when it is not let in. */
export const entered = async (client: RawClient): Promise<RawClient> => {
  await new Promise<void>((resolve, reject) => {
    client.socket.once('open', resolve)
    client.socket.once('error', reject)
  })
  await client.settled()
  return client
}

/** Connects and waits until the client has what the server has, and the server has looked at what the client has. */
export const join = async (server: TestSyncServer, options: ClientOptions = {}): Promise<RawClient> =>
  entered(await connect(server, options))
