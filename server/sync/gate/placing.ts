import { areDeleted } from './deleted-ranges.ts'
import { KeyCheck } from './key-check.ts'
import type { KnownStructs } from './scanned-update.ts'
import {
  ANY,
  CONTENT,
  DELETED,
  HAS_ORIGIN,
  HAS_PARENT_KEY,
  HAS_RIGHT_ORIGIN,
  placeAt,
  SHARED_TYPE,
  unitAt,
} from './struct-bytes.ts'
import { addRange } from './unit-ranges.ts'
import type { UpdateReader } from './update-reader.ts'
import { UpdateRefusal } from './update-refusal.ts'

const malformed = (detail: string): UpdateRefusal => new UpdateRefusal('malformed', detail)

/** What the values of a map's keys are written as: bytes, shared types, plain values. */
const valueKinds = new Set([3, SHARED_TYPE, ANY])

const mayBeValue = (kind: number, length: number): boolean =>
  kind === DELETED || (length === 1 && valueKinds.has(kind))

/** Sees to it that the items of an update go where they may: under a key, beside others, or behind a beginning that is here. */
export class Placing {
  private readonly reader: UpdateReader
  private readonly known: KnownStructs
  private readonly gone: number[]
  private readonly keys: KeyCheck
  /** Former values of one key that Yjs has joined: client, clock, end, and so on. The update has to delete all of them. */
  private readonly joined: number[] = []
  /** Whose items are being placed, and how far the document has them. */
  private client = 0
  private had = 0
  /** From which clock on all items of the client are new and of lists or texts. */
  private listedSince = 0

  /** @param gone where it adds what is deleted by what it is */
  constructor(reader: UpdateReader, known: KnownStructs, gone: number[]) {
    this.reader = reader
    this.known = known
    this.gone = gone
    this.keys = new KeyCheck(known)
  }

  /**
   * The items of this client come next, in their order.
   *
   * @param clock of the first
   * @param had how far the document has them
   */
  begin(client: number, clock: number, had: number): void {
    this.client = client
    this.had = had
    this.listedSince = Math.max(clock, had)
  }

  /** @param from where in the bytes it stands where the item goes; the reader stays where it is */
  place(info: number, clock: number, length: number, from: number): void {
    const kind = info & CONTENT
    const { client, had } = this
    const end = clock + length
    const isSingle = mayBeValue(kind, length)
    if (isSingle) this.listedSince = Math.max(this.listedSince, end)
    if (clock < had) {
      if (had < end) this.rest(info, end, from)
      return
    }
    if (info & HAS_PARENT_KEY) {
      if (!isSingle) this.join(kind, clock, end)
      this.keys.value(client, clock, end)
    } else if (info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) {
      const { client: besideClient, unit: besideUnit } = unitAt(this.reader, from)
      // Most letters stand beside the one before.
      if (besideClient === client && besideUnit >= this.listedSince) return
      // Yjs forgets that an item is a key's value where it merges updates without a document.
      this.follow(kind, clock, end, besideClient, besideUnit)
    }
  }

  /** All items are placed. @param deletes what the update deletes */
  finish(deletes: readonly number[]): void {
    this.keys.finish()
    const { replaced } = this.keys
    if (!areDeleted([...this.joined, ...replaced], deletes)) throw malformed('not the value of a key')
    for (const part of replaced) this.gone.push(part)
  }

  /** Yjs joins values that were replaced one after the other, where they are kept to be taken back. */
  private join(kind: number, clock: number, end: number): void {
    if (kind !== ANY) throw malformed('not the value of a key')
    this.joined.push(this.client, clock, end)
    addRange(this.gone, this.client, clock, end)
  }

  /** Yjs puts the rest of an item behind the beginning that it has, into the list or map that is named here. */
  private rest(info: number, end: number, from: number): void {
    const { client, had } = this
    // It is asked for again.
    if (this.known.endsInGarbage(client)) return
    if (!this.known.isIn(client, had - 1, placeAt(this.reader, from, info)))
      throw malformed('an item is torn apart')
    this.follow(info & CONTENT, had, end, client, had - 1)
  }

  private follow(kind: number, clock: number, end: number, besideClient: number, besideUnit: number): void {
    const as = mayBeValue(kind, end - clock) ? 'value' : kind === ANY ? 'replaced' : 'none'
    this.keys.follows({ client: this.client, clock, end, besideClient, besideUnit, as })
  }
}
