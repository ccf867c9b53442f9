import * as encoding from 'lib0/encoding'
import {
  FrameKind,
  SUBPROTOCOL,
  SyncKind,
  syncPath,
  TICKET_PREFIX,
} from '../../../whiteboard/collab/protocol.ts'
import type { Dialect, Room } from './types.ts'

/** What a message from the server is about; `body` is where the rest begins. */
export interface Heading {
  readonly type: 'step1' | 'step2' | 'update' | 'presence' | 'saved' | 'other'
  readonly body: number
}

/** How clients of one kind of server talk in one room. */
export interface Speech {
  readonly path: string
  readonly protocols: readonly string[]
  /** What a client says first. */
  readonly opening: readonly Uint8Array[]
  /** Whether the server answers an opening with what there is. */
  readonly answers: boolean
  read(message: Uint8Array): Heading
  update(update: Uint8Array): Uint8Array
  step2(update: Uint8Array): Uint8Array
  presence(state: Uint8Array): Uint8Array
}

const HocuspocusKind = { auth: 2, syncReply: 4 } as const
const emptyStateVector = new Uint8Array([0])

const encode = (prefix: Uint8Array, kinds: readonly number[], payload: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeUint8Array(encoder, prefix)
    for (const kind of kinds) encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint8Array(encoder, payload)
  })

const syncTypes = ['step1', 'step2', 'update'] as const

const read = (message: Uint8Array, prefix: number): Heading => {
  const kind = message[prefix]
  if (kind === FrameKind.sync || kind === HocuspocusKind.syncReply) {
    return { type: syncTypes[message[prefix + 1] ?? -1] ?? 'other', body: prefix + 2 }
  }
  if (kind === FrameKind.awareness) return { type: 'presence', body: prefix + 1 }
  return { type: kind === FrameKind.saved ? 'saved' : 'other', body: prefix + 1 }
}

const speech = (prefix: Uint8Array): Omit<Speech, 'path' | 'protocols'> => ({
  opening: [encode(prefix, [FrameKind.sync, SyncKind.step1], emptyStateVector)],
  answers: true,
  read: (message) => read(message, prefix.length),
  update: (update) => encode(prefix, [FrameKind.sync, SyncKind.update], update),
  step2: (update) => encode(prefix, [FrameKind.sync, SyncKind.step2], update),
  presence: (state) => encode(prefix, [FrameKind.awareness], state),
})

const hocuspocus = (room: string): Speech => {
  const prefix = encoding.encode((encoder) => encoding.writeVarString(encoder, room))
  const authentication = encoding.encode((encoder) => {
    encoding.writeUint8Array(encoder, prefix)
    encoding.writeVarUint(encoder, HocuspocusKind.auth)
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarString(encoder, 'token')
    encoding.writeVarString(encoder, '4.7.0')
  })
  const spoken = speech(prefix)
  return { ...spoken, path: '/', protocols: [], opening: [authentication, ...spoken.opening] }
}

/** @param ticket what ours wants to see, null elsewhere */
export const speechOf = (dialect: Dialect, room: Room, ticket: string | null): Speech => {
  if (dialect === 'hocuspocus') return hocuspocus(room.name)
  const plain = speech(new Uint8Array())
  if (dialect === 'drawbridge') {
    const protocols = [SUBPROTOCOL, `${TICKET_PREFIX}${ticket}`]
    return { ...plain, path: syncPath(room.name), protocols }
  }
  const path = `/${room.name}`
  return dialect === 'relay'
    ? { ...plain, path, protocols: [], opening: [], answers: false }
    : { ...plain, path, protocols: [] }
}
