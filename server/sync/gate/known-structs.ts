import * as Y from 'yjs'
import type { KnownStructs, Parent, Place, Unit } from './scanned-update.ts'

const structAt = (store: Y.Doc['store'], client: number, unit: number): Y.AbstractStruct | undefined => {
  const structs = store.clients.get(client)
  return structs && unit < Y.getState(store, client) ? structs[Y.findIndexSS(structs, unit)] : undefined
}

const mapOf = (
  { store, share }: Y.Doc,
  parent: Parent,
): { readonly _map: Map<string, Y.Item> } | undefined => {
  if (typeof parent === 'string') return share.get(parent)
  const struct = structAt(store, parent.client, parent.unit)
  const content = struct instanceof Y.Item ? struct.content : null
  return content instanceof Y.ContentType ? content.type : undefined
}

/** Of what goes into garbage, Yjs makes garbage. */
const isGarbage = (store: Y.Doc['store'], { client, unit }: Unit): boolean => {
  const struct = structAt(store, client, unit)
  return struct instanceof Y.GC || (struct instanceof Y.Item && struct.content instanceof Y.ContentDeleted)
}

const isIn = (doc: Y.Doc, client: number, unit: number, place: Place): boolean => {
  const item = structAt(doc.store, client, unit)
  if (!(item instanceof Y.Item)) return false
  if ('key' in place) {
    if (typeof place.parent !== 'string' && isGarbage(doc.store, place.parent)) return true
    return item.parentSub === place.key && item.parent === mapOf(doc, place.parent)
  }
  const other = structAt(doc.store, place.client, place.unit)
  if (other instanceof Y.GC) return true
  return other instanceof Y.Item && other.parent === item.parent && other.parentSub === item.parentSub
}

/** The item that is the shared type which another lies in; null for a root. */
const itemAbove = ({ parent }: Y.Item): Y.Item | null =>
  parent instanceof Y.AbstractType ? parent._item : null

/** Moving the structs behind a cut costs about so much less than copying as many values. */
const MOVED_PER_COPIED = 16

/** What the scan may know of a document. */
export const knownStructs = (doc: Y.Doc): KnownStructs => ({
  clockOf: (client) => Y.getState(doc.store, client),
  isKeyed: (client, unit) => {
    const struct = structAt(doc.store, client, unit)
    return struct instanceof Y.Item && struct.parentSub !== null
  },
  isIn: (client, unit, place) => isIn(doc, client, unit, place),
  hasFirstValues: (parent, key, count) => {
    let left = count
    let item = mapOf(doc, parent)?._map.get(key) ?? null
    for (let steps = 2 * count; item && steps > 0 && left > 0; steps--) {
      if (item.origin === null) left--
      item = item.left
    }
    return left === 0
  },
  cutCost: (client, unit) => {
    const struct = structAt(doc.store, client, unit)
    if (!(struct instanceof Y.Item) || struct.deleted || struct.id.clock === unit) return 0
    const copied = struct.content instanceof Y.ContentAny ? struct.length : 0
    return copied + (doc.store.clients.get(client)?.length ?? 0) / MOVED_PER_COPIED
  },
  nestingOf: (client, unit, most) => {
    const struct = structAt(doc.store, client, unit)
    let item = struct instanceof Y.Item ? itemAbove(struct) : null
    let depth = 0
    for (; item && depth < most; depth++) item = itemAbove(item)
    return depth
  },
  endsInGarbage: (client) => doc.store.clients.get(client)?.at(-1) instanceof Y.GC,
})
