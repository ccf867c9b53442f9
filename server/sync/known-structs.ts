import * as Y from 'yjs'
import type { KnownStructs } from './update-scan.ts'

/** What the scan may know of a document. */
export const knownStructs = ({ store }: Y.Doc): KnownStructs => ({
  clockOf: (client) => Y.getState(store, client),
  isKeyed: (client, unit) => {
    const structs = store.clients.get(client)
    const struct = structs?.[Y.findIndexSS(structs, unit)]
    return struct instanceof Y.Item && struct.parentSub !== null
  },
  endsInGarbage: (client) => store.clients.get(client)?.at(-1) instanceof Y.GC,
})
