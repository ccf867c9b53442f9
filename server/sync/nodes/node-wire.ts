import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { type PresenceEntry, writePresence } from '../wire.ts'

/** A row of a board's log that another node has committed. */
export interface SavedUpdate {
  readonly seq: number
  readonly data: Uint8Array
  /** Client ids that have an owner since. */
  readonly owners: readonly (readonly [clientId: number, personId: string])[]
}

/**
 * What nodes say about a board. `counter` is how many rows the sender has committed since it opened the board: who has
 * heard of fewer has missed something.
 */
export type BoardMessage =
  | { readonly type: 'update'; readonly counter: number; readonly update: SavedUpdate }
  /** Asks everybody who has the board open to say so. */
  | { readonly type: 'hello'; readonly counter: number }
  | { readonly type: 'here'; readonly counter: number }
  /** The sender has closed the board. */
  | { readonly type: 'bye' }

export interface PresenceMessage {
  /** Nobody else is on the board at the sender. */
  readonly isWhole: boolean
  /** A state of `null` stands for somebody who has left. */
  readonly entries: readonly PresenceEntry[]
}

/** The boards that a node has open, with their counters. */
export type Announcement = readonly (readonly [boardId: string, counter: number])[]

const BoardKind = { update: 0, hello: 1, here: 2, bye: 3 } as const

export const boardTopic = (boardId: string): string => `board/${boardId}`
export const presenceTopic = (boardId: string): string => `presence/${boardId}`
export const NODES_TOPIC = 'nodes'

const writeUpdate = (encoder: encoding.Encoder, { seq, owners, data }: SavedUpdate): void => {
  encoding.writeVarUint(encoder, seq)
  encoding.writeVarUint(encoder, owners.length)
  for (const [client, person] of owners) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarString(encoder, person)
  }
  encoding.writeVarUint8Array(encoder, data)
}

export const encodeBoardMessage = (message: BoardMessage): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, BoardKind[message.type])
    if (message.type === 'bye') return
    encoding.writeVarUint(encoder, message.counter)
    if (message.type === 'update') writeUpdate(encoder, message.update)
  })

export const encodePresenceMessage = ({ isWhole, entries }: PresenceMessage): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, isWhole ? 1 : 0)
    writePresence(encoder, entries)
  })

export const encodeAnnouncement = (boards: Announcement): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, boards.length)
    for (const [boardId, counter] of boards) {
      encoding.writeVarString(encoder, boardId)
      encoding.writeVarUint(encoder, counter)
    }
  })

const times = <T>(count: number, read: () => T): T[] => {
  const values: T[] = []
  for (let index = 0; index < count; index++) values.push(read())
  return values
}

const readUpdate = (decoder: decoding.Decoder): SavedUpdate => {
  const seq = decoding.readVarUint(decoder)
  const owners = times(
    decoding.readVarUint(decoder),
    () => [decoding.readVarUint(decoder), decoding.readVarString(decoder)] as const,
  )
  return { seq, owners, data: decoding.readVarUint8Array(decoder) }
}

const readBoardMessage = (decoder: decoding.Decoder): BoardMessage | null => {
  const kind = decoding.readVarUint(decoder)
  if (kind === BoardKind.bye) return { type: 'bye' }
  const counter = decoding.readVarUint(decoder)
  switch (kind) {
    case BoardKind.update:
      return { type: 'update', counter, update: readUpdate(decoder) }
    case BoardKind.hello:
      return { type: 'hello', counter }
    case BoardKind.here:
      return { type: 'here', counter }
    default:
      return null
  }
}

/** Null for what a node of another version may say. */
const decode = <T>(payload: Uint8Array, read: (decoder: decoding.Decoder) => T | null): T | null => {
  try {
    return read(decoding.createDecoder(payload))
  } catch {
    return null
  }
}

export const decodeBoardMessage = (payload: Uint8Array): BoardMessage | null =>
  decode(payload, readBoardMessage)

export const decodePresenceMessage = (payload: Uint8Array): PresenceMessage | null =>
  decode(payload, (decoder) => {
    const isWhole = decoding.readVarUint(decoder) === 1
    const entries = times(decoding.readVarUint(decoder), () => {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      return { client, clock, state: decoding.readVarString(decoder) }
    })
    return { isWhole, entries }
  })

export const decodeAnnouncement = (payload: Uint8Array): Announcement | null =>
  decode(payload, (decoder) =>
    times(
      decoding.readVarUint(decoder),
      () => [decoding.readVarString(decoder), decoding.readVarUint(decoder)] as const,
    ),
  )
