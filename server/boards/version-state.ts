import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import * as Y from 'yjs'
import { decodeVersionState, encodeVersionState } from '../../whiteboard/formats/version-state.ts'
import { ELEMENTS } from '../../whiteboard/model/document.ts'
import { applyParts } from '../../whiteboard/model/updates/apply-parts.ts'
import { DamagedSnapshotError } from '../sync/ports.ts'
import { inTurns } from '../turns.ts'

/** Bytes of updates above which elements are not counted, for that would take more than knowing it is worth. */
const COUNTED = 1024 ** 2

/** Bytes that a version may unpack to: more than a board can have. */
const MAX_STATE = 512 * 1024 ** 2

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** How a version is stored: its updates one after the other, compressed away from the main thread. */
export const packState = (updates: readonly Uint8Array[]): Promise<Uint8Array> =>
  pack(encodeVersionState(updates))

/** @throws DamagedSnapshotError when it is not what `packState` makes */
export const unpackState = async (boardId: string, data: Uint8Array): Promise<Uint8Array[]> => {
  const state = await unpack(data, { maxOutputLength: MAX_STATE }).catch(() => null)
  const updates = state && decodeVersionState(state)
  if (!updates) throw new DamagedSnapshotError(boardId, 'a version cannot be unpacked')
  return updates
}

/** How many elements the updates make together; null where finding out would take long, or they do not fit together. */
export const countStored = async (updates: readonly Uint8Array[]): Promise<number | null> => {
  if (updates.reduce((sum, { byteLength }) => sum + byteLength, 0) > COUNTED) return null
  const doc = new Y.Doc()
  try {
    await inTurns(applyParts(doc, updates, { origin: null }))
    return doc.getMap(ELEMENTS).size
  } catch {
    return null
  } finally {
    doc.destroy()
  }
}
