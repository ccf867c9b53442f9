import * as Y from 'yjs'
import { applyParts, isLarge } from '../../../whiteboard/model/updates/apply-parts.ts'
import { hasPending } from '../../../whiteboard/model/updates/encode-state.ts'
import { inTurns } from '../../turns.ts'
import { Owners } from '../gate/owners.ts'
import type { Limits } from '../limits.ts'
import { DamagedSnapshotError, partsOf, type StoredDocument } from '../ports.ts'
import { nextSize } from './apply-metered.ts'
import { type BoardDocument, createDocument } from './document.ts'
import { QuietDoc } from './quiet-doc.ts'

/** Where much of a board stands at one place, a few structs take as long as hundreds elsewhere. */
function* applyEvenly(doc: Y.Doc, parts: readonly Uint8Array[]): Generator<undefined, void> {
  const limit = { structs: 500, bytes: 64 * 1024 }
  const work = applyParts(doc, parts, { origin: null, limit })
  for (let isDone = false; !isDone; ) {
    const start = performance.now()
    isDone = work.next().done === true
    limit.structs = nextSize(limit.structs, performance.now() - start)
    yield
  }
}

/** A large board takes hundreds of milliseconds: those are shared with everybody else. */
const fill = async (doc: Y.Doc, parts: readonly Uint8Array[]): Promise<void> => {
  if (isLarge(parts)) return inTurns(applyEvenly(doc, parts))
  doc.transact(() => {
    for (const part of parts) Y.applyUpdate(doc, part)
  })
}

/**
 * The document as it was stored.
 *
 * @param isRecovering whether everybody may bring back what others wrote
 * @throws DamagedSnapshotError when it does not decode or parts of it are missing
 */
export const readStoredDocument = async (
  boardId: string,
  stored: StoredDocument,
  limits: Limits,
  isRecovering = false,
): Promise<BoardDocument> => {
  const doc = new QuietDoc()
  try {
    await fill(doc, partsOf(stored))
    if (hasPending(doc)) throw new Error('updates are missing that later ones build on')
  } catch (error) {
    doc.destroy()
    throw new DamagedSnapshotError(boardId, error instanceof Error ? error.message : 'unreadable')
  }
  return createDocument(doc, new Owners(stored.owners, isRecovering), limits)
}
