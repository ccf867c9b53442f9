import type { ClockOf, Need, ScannedUpdate, StructRun } from './scanned-update.ts'
import { UpdateRefusal } from './update-refusal.ts'

/** How far the structs of one client can be integrated. */
interface Progress {
  readonly client: number
  /** The clock after its last struct. */
  end: number
  readonly needs: Need[]
  /** How many of `needs` are met. */
  met: number
}

/** What the structs of an update can bring a document to, in the order that Yjs would integrate them in. */
export interface IntegrationOrder {
  /** Whether every struct finds what it builds on. */
  readonly isComplete: boolean
  /** The clocks of `client` that the document has afterwards. */
  reached(client: number): number
  /** What keeps the structs of `client` from going any further; undefined when nothing does. */
  stuckAt(client: number): Need | undefined
}

/**
 * Each client's structs go on up to the first whose dependencies are missing; a client that waits is taken up again when
 * the one that it waits for has come further.
 */
class Order implements IntegrationOrder {
  private readonly progress = new Map<number, Progress>()
  private readonly waiting = new Map<number, Progress[]>()
  private readonly clockOf: ClockOf
  /** How often those that wait may be looked at: honest updates hardly wait, made-up ones could do so quadratically. */
  private looks: number

  constructor(scanned: ScannedUpdate, takes: (run: StructRun) => boolean, clockOf: ClockOf, looks: number) {
    this.clockOf = clockOf
    this.looks = looks
    for (const run of scanned.runs) if (takes(run)) this.add(run)
    for (const need of scanned.needs) this.progress.get(need.dependent)?.needs.push(need)
    const queue = [...this.progress.values()]
    for (let next = queue.pop(); next; next = queue.pop()) {
      if (this.advance(next)) queue.push(...this.takeFreed(next.client))
    }
  }

  get isComplete(): boolean {
    for (const { needs, met } of this.progress.values()) if (met < needs.length) return false
    return true
  }

  reached(client: number): number {
    const progress = this.progress.get(client)
    const known = this.clockOf(client)
    if (!progress) return known
    return Math.max(known, progress.needs[progress.met]?.reached ?? progress.end)
  }

  stuckAt(client: number): Need | undefined {
    const progress = this.progress.get(client)
    return progress?.needs[progress.met]
  }

  private add({ client, end }: StructRun): void {
    const progress = this.progress.get(client)
    if (progress) progress.end = end
    else this.progress.set(client, { client, end, needs: [], met: 0 })
  }

  /** Whether it came further; what is in its way then is what it waits for. */
  private advance(progress: Progress): boolean {
    const before = progress.met
    let need = progress.needs[progress.met]
    while (need && need.unit < this.reached(need.client)) need = progress.needs[++progress.met]
    if (need) this.wait(progress, need.client)
    return progress.met > before
  }

  private wait(progress: Progress, client: number): void {
    const waiting = this.waiting.get(client)
    if (waiting) waiting.push(progress)
    else this.waiting.set(client, [progress])
  }

  private takeFreed(client: number): Progress[] {
    const waiting = this.waiting.get(client) ?? []
    this.looks -= waiting.length
    if (this.looks < 0) throw new UpdateRefusal('too-large', 'sections are too entangled')
    const reached = this.reached(client)
    const isFree = ({ needs, met }: Progress): boolean => (needs[met]?.unit ?? 0) < reached
    const freed = waiting.filter(isFree)
    if (freed.length > 0) {
      this.waiting.set(
        client,
        waiting.filter((progress) => !isFree(progress)),
      )
    }
    return freed
  }
}

/** @param takes which runs count: all of a client or none; the others are as if they were not there */
export const integrationOrder = (
  scanned: ScannedUpdate,
  takes: (run: StructRun) => boolean,
  clockOf: ClockOf,
  looks: number,
): IntegrationOrder => new Order(scanned, takes, clockOf, looks)
