import * as Y from 'yjs'
import { partsOf, type RoomStorage, type StoredDocument } from '../../server/sync/ports.ts'

/** A stored document, read as a server that starts now would. */
export const documentOf = (stored: StoredDocument): Y.Doc => {
  const doc = new Y.Doc()
  for (const part of partsOf(stored)) Y.applyUpdate(doc, part)
  return doc
}

/** The elements that a server that starts now would show. */
export const storedElements = async (
  storage: RoomStorage,
  boardId = 'board',
): Promise<Record<string, unknown>> =>
  documentOf(await storage.load(boardId))
    .getMap('elements')
    .toJSON()
