import type { Limits } from './limits.ts'
import {
  type ScannedStruct,
  type ScannedUpdate,
  scanUpdate,
  type UnitId,
  UpdateRefusal,
} from './update-scan.ts'

export type GateVerdict =
  /** `bringsStructs`: it holds insertions that the document does not have yet. Deletions may be new either way. */
  | { readonly type: 'admitted'; readonly bringsStructs: boolean }
  /** Something it builds on is unknown here: applying it would leave Yjs with pending parts. */
  | { readonly type: 'gap' }
  | { readonly type: 'malformed' | 'too-large'; readonly detail: string }

/** How many clocks of a client the document holds. */
type StateOf = (client: number) => number

interface Waiting {
  readonly client: number
  /** The clock of the section that it waits for. */
  readonly clock: number
}

/**
 * Walks an update's structs in the order that Yjs could integrate them in, each client's section up to its first struct
 * whose dependencies are missing; a section that waits is taken up again when the one it waits for has come far enough.
 */
class Integration {
  private readonly reached = new Map<number, number>()
  private readonly next = new Map<number, number>()
  private readonly waiting = new Map<number, Waiting[]>()
  private readonly update: ScannedUpdate
  private readonly stateOf: StateOf
  /** How often waiting sections may be looked at: honest updates hardly wait, made-up ones could do so quadratically. */
  private looks: number

  constructor(update: ScannedUpdate, stateOf: StateOf, looks: number) {
    this.update = update
    this.stateOf = stateOf
    this.looks = looks
  }

  /** The clocks of `client` that are known, with what has been walked so far. */
  known(client: number): number {
    return this.reached.get(client) ?? this.stateOf(client)
  }

  /** False when some section got stuck. */
  run(): boolean {
    const queue = [...this.update.sections.keys()]
    for (let client = queue.pop(); client !== undefined; client = queue.pop()) {
      this.advance(client)
      queue.push(...this.takeFreed(client))
    }
    for (const [client, structs] of this.update.sections) {
      if ((this.next.get(client) ?? 0) < structs.length) return false
    }
    return true
  }

  private advance(client: number): void {
    const structs = this.update.sections.get(client) ?? []
    let index = this.next.get(client) ?? 0
    for (let struct = structs[index]; struct !== undefined; struct = structs[++index]) {
      if (struct.skip) continue
      if (struct.clock > this.known(client)) break
      const blocker = this.missing(client, struct)
      if (blocker !== null) {
        this.wait(client, blocker)
        break
      }
      this.reached.set(client, Math.max(this.known(client), struct.clock + struct.length))
    }
    this.next.set(client, index)
  }

  private missing(client: number, struct: ScannedStruct): UnitId | null {
    for (const dependency of struct.dependencies) {
      if (dependency.client === client) {
        if (dependency.clock >= struct.clock)
          throw new UpdateRefusal('malformed', 'struct builds on its own future')
      } else if (dependency.clock >= this.known(dependency.client)) return dependency
    }
    return null
  }

  private wait(client: number, blocker: UnitId): void {
    const waiting = this.waiting.get(blocker.client)
    if (waiting) waiting.push({ client, clock: blocker.clock })
    else this.waiting.set(blocker.client, [{ client, clock: blocker.clock }])
  }

  private takeFreed(client: number): number[] {
    const waiting = this.waiting.get(client)
    if (!waiting) return []
    this.looks -= waiting.length
    if (this.looks < 0) throw new UpdateRefusal('too-large', 'sections are too entangled')
    const known = this.known(client)
    const still = waiting.filter(({ clock }) => clock >= known)
    if (still.length === waiting.length) return []
    this.waiting.set(client, still)
    return waiting.filter(({ clock }) => clock < known).map((freed) => freed.client)
  }
}

const countNewClocks = (update: ScannedUpdate, integration: Integration, stateOf: StateOf): number => {
  let count = 0
  for (const client of update.sections.keys()) count += integration.known(client) - stateOf(client)
  return count
}

/**
 * Decides on an update before Yjs sees it. An admitted one applies completely: afterwards Yjs holds no pending structs and
 * no pending deletes, so nobody can delete or claim what another person has not typed yet.
 */
export const examineUpdate = (update: Uint8Array, stateOf: StateOf, limits: Limits): GateVerdict => {
  try {
    const scanned = scanUpdate(update, limits)
    const integration = new Integration(scanned, stateOf, limits.updateLooks)
    if (!integration.run()) return { type: 'gap' }
    if (scanned.deletes.some(({ client, clock }) => clock > integration.known(client))) return { type: 'gap' }
    const newClocks = countNewClocks(scanned, integration, stateOf)
    if (newClocks > limits.updateClocks) return { type: 'too-large', detail: 'too many new clocks' }
    return { type: 'admitted', bringsStructs: newClocks > 0 }
  } catch (error) {
    if (error instanceof UpdateRefusal) return { type: error.reason, detail: error.message }
    return { type: 'malformed', detail: error instanceof Error ? error.message : 'unreadable' }
  }
}
