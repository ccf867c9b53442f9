import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { FrameKind, type Notice, SyncKind } from '../../whiteboard/collab/protocol.ts'

/** What a client can say. The byte arrays are views into the frame. */
export type ClientFrame =
  | { readonly type: 'step1'; readonly stateVector: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array; readonly isStep2: boolean }
  | { readonly type: 'presence'; readonly payload: Uint8Array }
  | { readonly type: 'query-presence' }
  | { readonly type: 'unknown'; readonly kind: number }
  | { readonly type: 'malformed' }

const malformed: ClientFrame = { type: 'malformed' }

const readSync = (decoder: decoding.Decoder): ClientFrame => {
  const kind = decoding.readVarUint(decoder)
  const payload = decoding.readVarUint8Array(decoder)
  switch (kind) {
    case SyncKind.step1:
      return { type: 'step1', stateVector: payload }
    case SyncKind.step2:
    case SyncKind.update:
      return { type: 'update', update: payload, isStep2: kind === SyncKind.step2 }
    default:
      return malformed
  }
}

const readFrame = (decoder: decoding.Decoder): ClientFrame => {
  const kind = decoding.readVarUint(decoder)
  switch (kind) {
    case FrameKind.sync:
      return readSync(decoder)
    case FrameKind.awareness:
      return { type: 'presence', payload: decoding.readVarUint8Array(decoder) }
    case FrameKind.queryAwareness:
      return { type: 'query-presence' }
    default:
      return { type: 'unknown', kind }
  }
}

/** Never throws. One message a frame: anything after it makes the frame malformed. */
export const decodeFrame = (bytes: Uint8Array): ClientFrame => {
  const decoder = decoding.createDecoder(bytes)
  try {
    const frame = readFrame(decoder)
    return frame.type !== 'unknown' && decoding.hasContent(decoder) ? malformed : frame
  } catch {
    return malformed
  }
}

/** Whether it decodes to its last byte and has no more than `maxEntries`. */
export const isStateVector = (bytes: Uint8Array, maxEntries: number): boolean => {
  const decoder = decoding.createDecoder(bytes)
  try {
    const count = decoding.readVarUint(decoder)
    if (count > maxEntries) return false
    for (let index = 0; index < 2 * count; index++) decoding.readVarUint(decoder)
    return !decoding.hasContent(decoder)
  } catch {
    return false
  }
}

/** Whether an update (v1) says nothing at all: no structs, no deletions. */
export const isEmptyUpdate = (update: Uint8Array): boolean =>
  update.length === 2 && update[0] === 0 && update[1] === 0

/** Whether an update (v1) begins with no structs. */
export const onlyDeletes = (update: Uint8Array): boolean => update[0] === 0

const syncFrame = (kind: number, payload: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FrameKind.sync)
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint8Array(encoder, payload)
  })

export const step1Frame = (stateVector: Uint8Array): Uint8Array => syncFrame(SyncKind.step1, stateVector)
export const step2Frame = (update: Uint8Array): Uint8Array => syncFrame(SyncKind.step2, update)
/** Bytes of the longest beginning of a frame with an update. */
export const UPDATE_PREFIX = 10

/** Makes a frame of the update that begins at `start`, and has room before it; returns where the frame begins. */
export const addUpdatePrefix = (bytes: Uint8Array, start: number): number => {
  const prefix = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FrameKind.sync)
    encoding.writeVarUint(encoder, SyncKind.update)
    encoding.writeVarUint(encoder, bytes.length - start)
  })
  bytes.set(prefix, start - prefix.length)
  return start - prefix.length
}

export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(SyncKind.update, update)

/** One entry of an awareness frame; `state` is JSON. */
export interface PresenceEntry {
  readonly client: number
  readonly clock: number
  readonly state: string
}

export const writePresenceEntry = (
  encoder: encoding.Encoder,
  { client, clock, state }: PresenceEntry,
): void => {
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
  encoding.writeVarString(encoder, state)
}

export const writePresence = (encoder: encoding.Encoder, entries: readonly PresenceEntry[]): void => {
  encoding.writeVarUint(encoder, entries.length)
  for (const entry of entries) writePresenceEntry(encoder, entry)
}

export const presenceFrame = (entries: readonly PresenceEntry[]): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FrameKind.awareness)
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((body) => writePresence(body, entries)),
    )
  })

/** Written by hand: one for each commit and author, for which an encoder would be too much. */
export const savedFrame = (frames: number): Uint8Array => {
  const bytes: number[] = [FrameKind.saved]
  let rest = frames
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(128 | (rest % 128))
  bytes.push(rest)
  return Uint8Array.from(bytes)
}

export const noticeFrame = (notice: Notice): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FrameKind.notice)
    encoding.writeVarString(encoder, JSON.stringify(notice))
  })
