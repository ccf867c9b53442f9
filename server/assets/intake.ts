import { Refusal } from '../boards/refusal.ts'
import { assetLimits } from './limits.ts'

export interface IntakeLimits {
  readonly picture: number
  readonly perPerson: number
  readonly arriving: number
}

/** Takes uploads in, so that however many there are, what they hold of memory stays bounded. */
export interface Intake {
  /**
   * Reads a body to its end, whatever length it declared, and has `work` do something with it. The person's place is
   * theirs until that is done.
   *
   * @throws Refusal `too-large`, `too-many`, `unavailable`
   */
  take<T>(
    personId: string,
    body: ReadableStream<Uint8Array> | null,
    declared: number,
    work: (bytes: Uint8Array) => Promise<T>,
  ): Promise<T>
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / (1024 * 1024))} MB`

export const tooLarge = (limit: number): Refusal =>
  new Refusal('too-large', `A picture may have at most ${megabytes(limit)}.`)

const tooMany = (): Refusal =>
  new Refusal('too-many', 'Too many pictures at once. Wait for the others to arrive and try again.')

const tooBusy = (): Refusal =>
  new Refusal('unavailable', 'Too many pictures are arriving just now. Try again in a moment.')

class BoundedIntake implements Intake {
  readonly #limits: IntakeLimits
  readonly #uploads = new Map<string, number>()
  /** Bytes of all uploads under way. */
  #held = 0

  constructor(limits: IntakeLimits) {
    this.#limits = limits
  }

  async take<T>(
    personId: string,
    body: ReadableStream<Uint8Array> | null,
    declared: number,
    work: (bytes: Uint8Array) => Promise<T>,
  ): Promise<T> {
    if (declared > this.#limits.picture) throw tooLarge(this.#limits.picture)
    const under = this.#uploads.get(personId) ?? 0
    if (under >= this.#limits.perPerson) throw tooMany()
    this.#uploads.set(personId, under + 1)
    const held = { bytes: 0 }
    try {
      return await work(await this.#read(body, held))
    } finally {
      this.#held -= held.bytes
      this.#leave(personId)
    }
  }

  #leave(personId: string): void {
    const under = (this.#uploads.get(personId) ?? 1) - 1
    if (under > 0) this.#uploads.set(personId, under)
    else this.#uploads.delete(personId)
  }

  async #read(body: ReadableStream<Uint8Array> | null, held: { bytes: number }): Promise<Uint8Array> {
    if (!body) return new Uint8Array()
    const reader = body.getReader()
    const chunks: Uint8Array[] = []
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        chunks.push(next.value)
        this.#hold(next.value.byteLength, held)
      }
    } catch (error) {
      await reader.cancel().catch(() => {})
      throw error
    }
    return Buffer.concat(chunks)
  }

  #hold(bytes: number, held: { bytes: number }): void {
    held.bytes += bytes
    this.#held += bytes
    if (held.bytes > this.#limits.picture) throw tooLarge(this.#limits.picture)
    if (this.#held > this.#limits.arriving) throw tooBusy()
  }
}

export const createIntake = (limits: IntakeLimits = assetLimits): Intake => new BoundedIntake(limits)
