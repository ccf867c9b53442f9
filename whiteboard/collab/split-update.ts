import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/** One client's structs of an update, in the order of their clocks. */
interface Queue {
  readonly client: number
  readonly structs: readonly Struct[]
  next: number
  /** The first clock that has not been taken. */
  clock: number
}

const queuesOf = (structs: readonly Struct[]): Map<number, Queue> => {
  const byClient = new Map<number, Struct[]>()
  for (const struct of structs) {
    if (struct instanceof Y.Skip) continue
    const list = byClient.get(struct.id.client)
    if (list) list.push(struct)
    else byClient.set(struct.id.client, [struct])
  }
  const queues = new Map<number, Queue>()
  for (const [client, list] of byClient) {
    queues.set(client, { client, structs: list, next: 0, clock: list[0]?.id.clock ?? 0 })
  }
  return queues
}

/** What is not in this update is taken to be with the receiver. */
const isThere = (id: unknown, client: number, queues: ReadonlyMap<number, Queue>): boolean => {
  if (!(id instanceof Y.ID) || id.client === client) return true
  const queue = queues.get(id.client)
  return !queue || id.clock < queue.clock || queue.next === queue.structs.length
}

/** Whether all is there that must be before the struct can be integrated. */
const isReady = (struct: Struct, queues: ReadonlyMap<number, Queue>): boolean => {
  if (!(struct instanceof Y.Item)) return true
  const { client } = struct.id
  return (
    isThere(struct.origin, client, queues) &&
    isThere(struct.rightOrigin, client, queues) &&
    isThere(struct.parent, client, queues)
  )
}

/** The structs in an order in which each comes after what it depends on. Null when there is none. */
const causalOrder = (queues: ReadonlyMap<number, Queue>): Struct[] | null => {
  const ordered: Struct[] = []
  let left = [...queues.values()]
  while (left.length > 0) {
    const before = ordered.length
    for (const queue of left) {
      for (let struct = queue.structs[queue.next]; struct; struct = queue.structs[queue.next]) {
        if (!isReady(struct, queues)) break
        ordered.push(struct)
        queue.next++
        queue.clock = struct.id.clock + struct.length
      }
    }
    if (ordered.length === before) return null
    left = left.filter((queue) => queue.next < queue.structs.length)
  }
  return ordered
}

/** A struct and its bytes. */
interface Written {
  readonly struct: Struct
  readonly bytes: Uint8Array
}

/** All of them are written in one go: a buffer for each would be most of the work. */
const written = (structs: readonly Struct[]): Written[] => {
  const encoder = new Y.UpdateEncoderV1()
  const ends = structs.map((struct) => {
    struct.write(encoder, 0)
    return encoding.length(encoder.restEncoder)
  })
  const bytes = encoder.toUint8Array()
  return structs.map((struct, index) => ({
    struct,
    bytes: bytes.subarray(ends[index - 1] ?? 0, ends[index]),
  }))
}

/** Structs without deletions as an update; format of `writeClientsStructs` in yjs. */
const encodePart = (run: readonly Written[]): Uint8Array => {
  const byClient = new Map<number, Written[]>()
  for (const each of run) {
    const list = byClient.get(each.struct.id.client)
    if (list) list.push(each)
    else byClient.set(each.struct.id.client, [each])
  }
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, byClient.size)
    for (const [client, own] of [...byClient].sort(([a], [b]) => b - a)) {
      encoding.writeVarUint(encoder, own.length)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, own[0]?.struct.id.clock ?? 0)
      for (const { bytes } of own) encoding.writeUint8Array(encoder, bytes)
    }
    encoding.writeVarUint(encoder, 0)
  })
}

/**
 * Runs of structs of at most `limit` bytes, and never a run in which a client's clocks have a gap. What one struct takes
 * alone is not divided.
 */
const runsOf = (ordered: readonly Struct[], limit: number): Written[][] => {
  const runs: Written[][] = []
  let run: Written[] = []
  let taken = 0
  const ends = new Map<number, number>()
  for (const each of written(ordered)) {
    const { struct, bytes } = each
    const end = ends.get(struct.id.client)
    const gap = end !== undefined && end !== struct.id.clock
    if (run.length > 0 && (gap || taken + bytes.length > limit)) {
      runs.push(run)
      run = []
      taken = 0
      ends.clear()
    }
    run.push(each)
    taken += bytes.length
    ends.set(struct.id.client, struct.id.clock + struct.length)
  }
  if (run.length > 0) runs.push(run)
  return runs
}

/**
 * Divides an update (v1) into updates of about `limit` bytes that may be applied one after the other, so that a day of
 * offline work fits through a server's frame limit. Deletions come with the last one. An update that is small enough, or
 * cannot be divided, comes back as it is.
 */
export const splitUpdate = (update: Uint8Array, limit: number): Uint8Array[] => {
  if (update.length <= limit) return [update]
  const ordered = causalOrder(queuesOf(Y.decodeUpdate(update).structs))
  if (!ordered) return [update]
  const runs = runsOf(ordered, limit)
  const parts = runs.map(encodePart)
  const known = new Map<number, number>()
  for (const { id, length } of ordered) {
    known.set(id.client, Math.max(known.get(id.client) ?? 0, id.clock + length))
  }
  return [...parts, Y.diffUpdate(update, encodeStateVector(known))]
}

const encodeStateVector = (clocks: ReadonlyMap<number, number>): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clocks.size)
    for (const [client, clock] of clocks) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
    }
  })
