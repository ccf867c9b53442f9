import * as Y from 'yjs'
import { partsOf } from '../../server/sync/ports.ts'
import type { ApplyOutcome, BoardDocument } from '../../server/sync/room/document.ts'
import { readStoredDocument } from '../../server/sync/room/stored-document.ts'

/** A document that takes whatever comes: what the server would be without its gate. */
export const readUngated: typeof readStoredDocument = async (
  boardId,
  stored,
  limits,
): Promise<BoardDocument> => {
  const doc = new Y.Doc()
  for (const part of partsOf(stored)) Y.applyUpdate(doc, part)
  const apply = (update: Uint8Array): ApplyOutcome => {
    Y.applyUpdate(doc, update)
    return { type: 'applied', novelty: { update, isAll: true, runs: null, deletes: [] } }
  }
  return {
    ...(await readStoredDocument(boardId, { snapshot: null, entries: [], owners: stored.owners }, limits)),
    apply,
    takeSaved: apply,
    takeIn: (found) => {
      const before = Y.encodeStateVector(doc)
      for (const part of partsOf(found)) Y.applyUpdate(doc, part)
      return Y.encodeStateAsUpdate(doc, before)
    },
    stateVector: () => Y.encodeStateVector(doc),
    missingFrom: (stateVector) => Y.encodeStateAsUpdate(doc, stateVector),
    destroy: () => doc.destroy(),
  }
}
