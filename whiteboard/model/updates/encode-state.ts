import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** Structs written between two pauses. */
const STRIDE = 500

type Structs = Y.Doc['store']['clients'] extends Map<number, infer List> ? List : never

interface ClientPart {
  readonly client: number
  readonly clock: number
  count: number
  readonly chunks: Uint8Array[]
  /** What of it is deleted: clock, end, clock, end... */
  readonly deleted: number[]
}

const noteDeleted = (deleted: number[], clock: number, end: number): void => {
  const last = deleted.length - 1
  if (deleted[last] === clock) deleted[last] = end
  else deleted.push(clock, end)
}

/**
 * One client's structs up to a clock, or a little beyond it. Between pauses the document may change: structs are merged and
 * divided then, but clocks stay what they are.
 */
function* encodeClient(structs: Structs, client: number, end: number): Generator<undefined, ClientPart> {
  const part: ClientPart = { client, clock: 0, count: 0, chunks: [], deleted: [] }
  let clock = 0
  while (clock < end) {
    const encoder = new Y.UpdateEncoderV1()
    let index = Y.findIndexSS(structs, clock)
    for (let left = STRIDE; left > 0 && clock < end; left--, index++) {
      const struct = structs[index]
      if (!struct) break
      const next = struct.id.clock + struct.length
      struct.write(encoder, clock - struct.id.clock)
      if (struct.deleted) noteDeleted(part.deleted, clock, next)
      clock = next
      part.count++
    }
    part.chunks.push(encoder.toUint8Array())
    yield
  }
  return part
}

/** Whether something came that builds on what has not come. */
export const hasPending = ({ store }: Y.Doc): boolean =>
  store.pendingStructs !== null || store.pendingDs !== null

/** With the layout of Yjs' `writeDeleteSet`. */
const writeDeletions = (encoder: encoding.Encoder, parts: readonly ClientPart[]): void => {
  const clients = parts.filter(({ deleted }) => deleted.length > 0)
  encoding.writeVarUint(encoder, clients.length)
  for (const { client, deleted } of clients) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, deleted.length / 2)
    for (let index = 0; index < deleted.length; index += 2) {
      const [clock = 0, end = 0] = [deleted[index], deleted[index + 1]]
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarUint(encoder, end - clock)
    }
  }
}

/**
 * A document's state as an update (v1), pausing every few milliseconds: what the document holds when this begins is in
 * it, and perhaps some of what it comes to hold meanwhile, which the updates of that make whole. It deletes nothing that is
 * not in it.
 */
export function* encodeState(doc: Y.Doc): Generator<undefined, Uint8Array> {
  const { store } = doc
  // Yjs puts what is pending into the update by ways of its own.
  if (hasPending(doc)) return Y.encodeStateAsUpdate(doc)
  const clients = [...store.clients.keys()].map((client) => ({ client, end: Y.getState(store, client) }))
  const parts: ClientPart[] = []
  for (const { client, end } of clients.sort((a, b) => b.client - a.client)) {
    const structs = store.clients.get(client)
    if (structs && end > 0) parts.push(yield* encodeClient(structs, client, end))
  }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, parts.length)
  for (const { client, clock, count, chunks } of parts) {
    encoding.writeVarUint(encoder, count)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    for (const chunk of chunks) encoding.writeUint8Array(encoder, chunk)
    yield
  }
  if (hasPending(doc)) return Y.encodeStateAsUpdate(doc)
  writeDeletions(encoder, parts)
  return encoding.toUint8Array(encoder)
}
