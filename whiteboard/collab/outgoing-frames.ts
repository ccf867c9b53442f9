import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { splitUpdate } from '../model/updates/split-update.ts'
import { FrameKind, SyncKind, type WireRole } from './protocol.ts'

/** Updates above this many bytes go out in parts: well below any server's frame limit, well above a usual edit. */
const PART_BYTES = 512 * 1024

/** A frame to send; for update frames, what the ledger needs to know of it. */
export interface OutgoingFrame {
  readonly bytes: Uint8Array
  readonly update: null | {
    /** With this frame the server has had every change made so far. */
    readonly complete: boolean
    /** The answer to the server's state vector holds something that the server lacks. */
    readonly news: boolean
  }
}

/**
 * Decides what y-websocket's frames become on the wire of one connection.
 *
 * Updates are held back until the server's state vector was answered: the answer holds them, and before it the server
 * might lack what they build on. A viewer sends no updates at all.
 */
export interface OutgoingFrames {
  /** Whether the server's state vector was answered. */
  readonly answered: boolean
  pass(frame: Uint8Array): OutgoingFrame[]
}

const updateFrame = (kind: number, update: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FrameKind.sync)
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint8Array(encoder, update)
  })

const readUpdate = (frame: Uint8Array): { kind: number; update: Uint8Array } | null => {
  const decoder = decoding.createDecoder(frame)
  if (decoding.readVarUint(decoder) !== FrameKind.sync) return null
  const kind = decoding.readVarUint(decoder)
  return kind === SyncKind.step1 ? null : { kind, update: decoding.readVarUint8Array(decoder) }
}

/** @param role what the server said that this person may do, null while it has not */
export const createOutgoingFrames = (role: () => WireRole | null): OutgoingFrames => {
  let answered = false
  return {
    get answered() {
      return answered
    },
    pass(bytes) {
      const sync = readUpdate(bytes)
      if (!sync) return [{ bytes, update: null }]
      if (sync.kind === SyncKind.step2) answered = true
      if (!answered || role() === 'viewer') return []
      const news = sync.kind === SyncKind.step2 && Y.parseUpdateMeta(sync.update).to.size > 0
      const parts = splitUpdate(sync.update, PART_BYTES)
      const last = parts.length - 1
      return parts.map((part, index) => ({
        // Step 2 means to the server that it has all: only the last part may say so.
        bytes: updateFrame(index === last ? sync.kind : SyncKind.update, part),
        update: { complete: index === last, news },
      }))
    },
  }
}
