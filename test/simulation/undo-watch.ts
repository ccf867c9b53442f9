import * as Y from 'yjs'
import { originOf } from '../../whiteboard/model/document.ts'

interface Range {
  readonly clock: number
  readonly len: number
}

type Ranges = ReadonlyMap<number, readonly Range[]>

const has = (ranges: Ranges, { client, clock }: Y.ID): boolean =>
  ranges.get(client)?.some((range) => range.clock <= clock && clock < range.clock + range.len) === true

const itemsOf = (doc: Y.Doc): Y.Item[] =>
  [...doc.store.clients.values()].flat().filter((struct) => struct instanceof Y.Item)

/** What a transaction deleted, without what only went with its holder. */
const deletedItself = ({ doc, deleteSet }: Y.Transaction): Y.Item[] => {
  const ranges: Ranges = deleteSet.clients
  const wentWithHolder = ({ parent }: Y.Item): boolean =>
    parent instanceof Y.AbstractType && parent._item !== null && has(ranges, parent._item.id)
  return itemsOf(doc).filter((item) => has(ranges, item.id) && !wentWithHolder(item))
}

/** I8: undo and redo take back only what was written in this document, and bring back only what was deleted in it. */
export const watchUndo = (doc: Y.Doc, complain: (what: string) => void): void => {
  const deletedHere = new Map<number, Range[]>()
  const check = (transaction: Y.Transaction): void => {
    const from = transaction.beforeState.get(doc.clientID) ?? 0
    const replaced = itemsOf(doc).filter(
      ({ redone }) => redone?.client === doc.clientID && redone.clock >= from,
    )
    const broughtBack = replaced.reduce((sum, { length }) => sum + length, 0)
    if (deletedItself(transaction).some(({ id }) => id.client !== doc.clientID))
      complain('takes back what somebody else did')
    if (replaced.some(({ id }) => !has(deletedHere, id))) complain('brings back what somebody else deleted')
    if (broughtBack !== Y.getState(doc.store, doc.clientID) - from) complain('writes what never was')
  }
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    if (!transaction.local) return
    if (originOf(transaction.origin) === 'undo') check(transaction)
    for (const [client, ranges] of transaction.deleteSet.clients) {
      deletedHere.set(client, [...(deletedHere.get(client) ?? []), ...ranges])
    }
  })
}
