import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** Whether a struct is an element of the board, and not of something inside one. */
const isElement = (struct: Y.AbstractStruct, elements: unknown): boolean =>
  struct instanceof Y.Item && !struct.deleted && struct.parent === elements

/**
 * An update that deletes those whole elements which `deletes` deletes and which the document has; null when there are none.
 *
 * Of an update whose insertions were not taken nothing else may be: who wrote a field anew deletes what was there.
 */
export const deletedElements = (doc: Y.Doc, deletes: readonly number[]): Uint8Array | null => {
  const elements = doc.share.get('elements')
  const units = new Map<number, number[]>()
  for (let index = 0; index < deletes.length; index += 3) {
    const [client = 0, clock = 0, end = 0] = deletes.slice(index, index + 3)
    const structs = doc.store.clients.get(client) ?? []
    if (clock >= Y.getState(doc.store, client)) continue
    for (let at = Y.findIndexSS(structs, clock); at < structs.length; at++) {
      const struct = structs[at]
      if (!struct || struct.id.clock >= end) break
      if (!isElement(struct, elements)) continue
      const found = units.get(client) ?? []
      units.set(client, found)
      found.push(struct.id.clock)
    }
  }
  return units.size > 0 ? encode(units) : null
}

const encode = (units: ReadonlyMap<number, readonly number[]>): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, units.size)
    for (const [client, clocks] of units) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clocks.length)
      for (const clock of clocks) {
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarUint(encoder, 1)
      }
    }
  })
