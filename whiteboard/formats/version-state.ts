import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** What a stored version begins with: its layout may change one day. */
const LAYOUT = 1

/** Updates that a version may consist of. */
const MAX_PARTS = 100_000

/** The state of a board as its updates (Yjs v1) one after the other: putting them together is left to whoever reads it. */
export const encodeVersionState = (updates: readonly Uint8Array[]): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeUint8(encoder, LAYOUT)
    encoding.writeVarUint(encoder, updates.length)
    for (const update of updates) encoding.writeVarUint8Array(encoder, update)
  })

/** The updates of a stored state; null when it is none that this code reads. */
export const decodeVersionState = (state: Uint8Array): Uint8Array[] | null => {
  try {
    const decoder = decoding.createDecoder(state)
    if (decoding.readUint8(decoder) !== LAYOUT) return null
    const count = decoding.readVarUint(decoder)
    if (count > MAX_PARTS) return null
    const updates = Array.from({ length: count }, () => decoding.readVarUint8Array(decoder))
    return decoding.hasContent(decoder) ? null : updates
  } catch {
    return null
  }
}
