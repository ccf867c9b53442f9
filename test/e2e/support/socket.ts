import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

/** A client of our wire that obeys nothing: it sends what the test wants and remembers what it hears. */
export class HostileSocket {
  readonly #socket: WebSocket
  readonly #notices: string[] = []
  readonly #waiting = new Set<() => void>()
  readonly #frames: ((decoder: decoding.Decoder) => void)[] = []

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.binaryType = 'nodebuffer'
    socket.on('message', (data) => this.#receive(new Uint8Array(data as Buffer)))
    socket.on('close', () => this.#wake())
    socket.on('error', () => {})
  }

  get isClosed(): boolean {
    return this.#socket.readyState === WebSocket.CLOSED
  }

  noticed(type: string): boolean {
    return this.#notices.includes(type)
  }

  send(bytes: Uint8Array): void {
    this.#socket.send(bytes)
  }

  onSync(listener: (decoder: decoding.Decoder) => void): void {
    this.#frames.push(listener)
  }

  /** Resolves once `condition` holds; it is looked at after every frame. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  close(): void {
    this.#socket.terminate()
  }

  #receive(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes)
    const kind = decoding.readVarUint(decoder)
    if (kind === 0) for (const listener of this.#frames) listener(decoding.clone(decoder))
    if (kind === 17) this.#notices.push(JSON.parse(decoding.readVarString(decoder)).type)
    this.#wake()
  }

  #wake(): void {
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }
}

export const openSocket = (grant: { url: string; ticket: string }): Promise<HostileSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(grant.url, ['drawbridge.v1', `ticket.${grant.ticket}`])
    const hostile = new HostileSocket(socket)
    socket.once('open', () => resolve(hostile))
    socket.once('error', reject)
  })

const frame = (kind: number, payload: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint8Array(encoder, payload)
  })

/** Reads the board into `doc` and from then on sends every change of `doc`, whatever the role. */
export const join = async (socket: HostileSocket, doc: Y.Doc): Promise<void> => {
  let synced = false
  socket.onSync((decoder) => {
    const kind = decoding.readVarUint(decoder)
    const payload = decoding.readVarUint8Array(decoder)
    if (kind !== 0) Y.applyUpdate(doc, payload, socket)
    if (kind === 1) synced = true
  })
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== socket) socket.send(frame(2, update))
  })
  socket.send(frame(0, Y.encodeStateVector(doc)))
  await socket.until(() => synced || socket.isClosed)
}
