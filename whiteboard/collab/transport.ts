import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import { handleSyncFrames } from './incoming-frames.ts'
import type { Intake } from './intake.ts'
import { createOutgoingFrames, type OutgoingFrame, type OutgoingFrames } from './outgoing-frames.ts'
import {
  FrameKind,
  type Identity,
  type Notice,
  type SizeLevel,
  SUBPROTOCOL,
  TICKET_PREFIX,
  type WireRole,
} from './protocol.ts'
import type { TicketGrant } from './types.ts'

/** What a connection tells. After `closed` nothing more comes until the next `join`. */
export interface TransportEvents {
  /** Something came from the server. */
  heard(): void
  welcomed(role: WireRole, person: Identity): void
  /** An update came, or the state that was asked for. It is not in the document yet. */
  received(): void
  /** An update that was applied in slices is in the document now; nobody else heard of it. */
  applied(update: Uint8Array): void
  /** An update frame goes out. */
  sending(frame: NonNullable<OutgoingFrame['update']>): void
  /** The document holds the server's state, and the server was sent what it lacked. */
  synced(): void
  saved(frames: number): void
  storage(failing: boolean): void
  size(level: SizeLevel): void
  /** @param code what the server closed with; null when the connection was lost or left. */
  closed(code: number | null): void
}

/** One connection at a time, and no will of its own: it never reconnects by itself. */
export interface Transport {
  join(grant: TicketGrant): void
  /** Ends the connection at once; `closed(null)` follows before it returns, if there was one. */
  leave(): void
  /** Sends something that the server answers. */
  probe(): void
  /** Sends nothing of what happens to the document until the answer is called. */
  mute(): () => void
  destroy(): void
}

export interface TransportOptions {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly WebSocketPolyfill: typeof WebSocket
  readonly intake: Intake
  /** Runs what it is given without anybody hearing of the document's updates. */
  readonly quietly: (work: () => void) => void
  readonly events: TransportEvents
}

const isNotice = (value: unknown): value is Notice =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** Notices of kinds that this client does not know are passed over, and so is what is not a notice at all. */
const readNotice = (decoder: decoding.Decoder): Notice | null => {
  try {
    const value: unknown = JSON.parse(decoding.readVarString(decoder))
    return isNotice(value) ? value : null
  } catch {
    return null
  }
}

/** y-websocket joins server address and room name with a slash. */
const splitAddress = (url: string): { serverUrl: string; room: string } => {
  const slash = url.lastIndexOf('/')
  return { serverUrl: url.slice(0, slash), room: url.slice(slash + 1) }
}

/**
 * Forgets the clocks of peers who went with the connection. Otherwise their states would be refused as old ones when
 * they come again, until each of them moves.
 */
const forgetPeers = (awareness: Awareness): void => {
  for (const client of awareness.meta.keys()) {
    if (client !== awareness.clientID && !awareness.states.has(client)) awareness.meta.delete(client)
  }
}

/** The provider would repeat to the server all that it hears of others: has it tell only what this client shows. */
const tellOwnStateOnly = (provider: WebsocketProvider): void => {
  const { awareness, _awarenessUpdateHandler: tellAll } = provider
  awareness.off('update', tellAll)
  provider._awarenessUpdateHandler = ({ added, updated, removed }, origin) => {
    const own = awareness.clientID
    const isOwn = [added, updated, removed].some((clients: readonly number[]) => clients.includes(own))
    if (isOwn) tellAll({ added: [], updated: [own], removed: [] }, origin)
  }
  awareness.on('update', provider._awarenessUpdateHandler)
}

type Send = WebSocket['send']

/** The WebSocket that y-websocket opens: what it sends passes through `outgoing` first. */
const filteredSocket = (
  Base: typeof WebSocket,
  outgoing: (frame: Uint8Array) => OutgoingFrame[],
  sending: (frame: OutgoingFrame) => void,
  sent: () => void,
): typeof WebSocket =>
  class extends Base {
    override send(data: Parameters<Send>[0]): void {
      if (!(data instanceof Uint8Array)) throw new TypeError('Frames are bytes')
      for (const frame of outgoing(data)) {
        sending(frame)
        super.send(frame.bytes as Uint8Array<ArrayBuffer>)
      }
      sent()
    }
  }

/** y-websocket's provider, with frames of our own and without its timers: whoever joins decides when. */
export const createTransport = ({
  doc,
  awareness,
  WebSocketPolyfill,
  intake,
  quietly,
  events,
}: TransportOptions): Transport => {
  let role: WireRole | null = null
  let outgoing: OutgoingFrames = createOutgoingFrames(() => role)
  let announced = false

  /** The server's state and its state vector may come in either order; viewers are not asked for what they have. */
  const announceSynced = (): void => {
    if (announced || !provider.synced || !(outgoing.answered || role === 'viewer')) return
    announced = true
    events.synced()
  }

  const provider = new WebsocketProvider('ws://unset', 'unset', doc, {
    connect: false,
    disableBc: true,
    awareness,
    shouldReconnect: () => false,
    WebSocketPolyfill: filteredSocket(
      WebSocketPolyfill,
      (frame) => outgoing.pass(frame),
      (frame) => frame.update && events.sending(frame.update),
      announceSynced,
    ),
  })
  // Its watchdog takes 30 s of quiet for a dead connection; the client probes before it judges.
  clearInterval(provider._checkInterval)
  tellOwnStateOnly(provider)

  const onNotice = (notice: Notice | null): void => {
    if (notice?.type === 'welcome') {
      role = notice.role
      events.welcomed(notice.role, notice.person)
      announceSynced()
    } else if (notice?.type === 'storage') {
      events.storage(notice.failing)
    } else if (notice?.type === 'size') {
      events.size(notice.level)
    }
  }

  const handlers = [...provider.messageHandlers]
  const handleSync = handlers[FrameKind.sync]
  if (handleSync) {
    const { received, applied } = events
    handlers[FrameKind.sync] = handleSyncFrames(handleSync, { provider, intake, quietly, received, applied })
  }
  for (const [kind, handle] of handlers.entries()) {
    provider.messageHandlers[kind] = (...message) => {
      events.heard()
      handle(...message)
    }
  }
  provider.messageHandlers[FrameKind.saved] = (_encoder, decoder) => {
    events.heard()
    events.saved(decoding.readVarUint(decoder))
  }
  provider.messageHandlers[FrameKind.notice] = (_encoder, decoder) => {
    events.heard()
    onNotice(readNotice(decoder))
  }

  const onClose = (event: { code?: number } | null): void => {
    provider.shouldConnect = false
    events.closed(event?.code ?? null)
  }
  provider.on('connection-close', onClose)
  provider.on('status', ({ status }) => {
    if (status === 'disconnected') forgetPeers(awareness)
  })
  provider.on('sync', announceSynced)

  return {
    join(grant) {
      const { serverUrl, room } = splitAddress(grant.url)
      role = null
      announced = false
      outgoing = createOutgoingFrames(() => role)
      provider.serverUrl = serverUrl
      provider.roomname = room
      provider.protocols = [SUBPROTOCOL, `${TICKET_PREFIX}${grant.ticket}`]
      try {
        provider.connect()
      } catch {
        onClose(null)
      }
    },
    leave() {
      provider.disconnect()
    },
    mute() {
      doc.off('update', provider._updateHandler)
      return () => doc.on('update', provider._updateHandler)
    },
    probe() {
      const socket = provider.ws
      if (!provider.wsconnected || !socket) return
      socket.send(encoding.encode((encoder) => encoding.writeVarUint(encoder, FrameKind.queryAwareness)))
    },
    destroy() {
      provider.destroy()
    },
  }
}
