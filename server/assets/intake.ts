import { assetLimits } from './limits.ts'

export interface IntakeLimits {
  readonly picture: number
  readonly perPerson: number
  readonly arriving: number
}

/** Why a body was not taken: it is too long, its person sends too many at once, or everybody together does. */
export type NotTaken = 'too-large' | 'too-many' | 'too-busy'

/**
 * An answer and not an error: route handlers are bundled apart from the server that has the one intake, and could not tell
 * its errors.
 */
export type Taken<T> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly reason: NotTaken }

/** Takes uploads in, so that however many there are, what they hold of memory stays bounded. */
export interface Intake {
  /**
   * Reads a body to its end, whatever length it declared, and has `work` do something with it. The person's place is
   * theirs until that is done. Rejects when the body breaks off or `work` does.
   */
  take<T>(
    personId: string,
    body: ReadableStream<Uint8Array> | null,
    declared: number,
    work: (bytes: Uint8Array) => Promise<T>,
  ): Promise<Taken<T>>
}

/**
 * A body as far as it has come. What declares its length honestly is put into one place from the start, and not held
 * twice at the end; the place takes no memory before something is written there.
 */
class Collected {
  readonly #place: Buffer
  readonly #rest: Uint8Array[] = []
  #filled = 0

  constructor(declared: number) {
    this.#place = Buffer.allocUnsafeSlow(Math.max(0, Math.floor(declared)))
  }

  add(chunk: Uint8Array): void {
    const fits = this.#rest.length === 0 && this.#filled + chunk.length <= this.#place.length
    if (!fits) {
      this.#rest.push(chunk)
      return
    }
    this.#place.set(chunk, this.#filled)
    this.#filled += chunk.length
  }

  whole(): Uint8Array {
    const start = this.#place.subarray(0, this.#filled)
    return this.#rest.length === 0 ? start : Buffer.concat([start, ...this.#rest])
  }
}

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
  ): Promise<Taken<T>> {
    if (declared > this.#limits.picture) return { ok: false, reason: 'too-large' }
    const under = this.#uploads.get(personId) ?? 0
    if (under >= this.#limits.perPerson) return { ok: false, reason: 'too-many' }
    this.#uploads.set(personId, under + 1)
    const held = { bytes: 0 }
    try {
      const read = await this.#read(body, new Collected(declared), held)
      return typeof read === 'string' ? { ok: false, reason: read } : { ok: true, result: await work(read) }
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

  async #read(
    body: ReadableStream<Uint8Array> | null,
    collected: Collected,
    held: { bytes: number },
  ): Promise<Uint8Array | NotTaken> {
    if (!body) return new Uint8Array()
    const reader = body.getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      collected.add(next.value)
      held.bytes += next.value.byteLength
      this.#held += next.value.byteLength
      const reason = this.#excess(held.bytes)
      if (reason === null) continue
      await reader.cancel().catch(() => {})
      return reason
    }
    return collected.whole()
  }

  #excess(bytes: number): NotTaken | null {
    if (bytes > this.#limits.picture) return 'too-large'
    return this.#held > this.#limits.arriving ? 'too-busy' : null
  }
}

export const createIntake = (limits: IntakeLimits = assetLimits): Intake => new BoundedIntake(limits)
