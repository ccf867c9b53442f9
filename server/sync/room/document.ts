import * as Y from 'yjs'
import { encodeState, hasPending } from '../../../whiteboard/model/updates/encode-state.ts'
import { inTurns } from '../../turns.ts'
import { type Admitted, examineUpdate, type GateVerdict, type Known } from '../gate/gate.ts'
import { knownStructs } from '../gate/known-structs.ts'
import type { Claim, Owners } from '../gate/owners.ts'
import type { ScannedUpdate } from '../gate/scanned-update.ts'
import { admissiblePart } from '../gate/update-part.ts'
import { scanUpdate } from '../gate/update-scan.ts'
import type { Limits } from '../limits.ts'
import { partsOf, type StoredDocument, type StoredOwners } from '../ports.ts'
import { noveltyOf } from '../relay/novelty.ts'
import type { Novelty } from '../relay/update-join.ts'
import { applyMetered, type IsSpent, isMetered } from './apply-metered.ts'
import { countElements, watchClearing } from './clearing.ts'
import { deletedElements } from './deleted-elements.ts'
import { growthOf } from './document-size.ts'

export type ApplyOutcome =
  /** `novelty`: what the document did not have before; null when it had all of it. */
  | { readonly type: 'applied'; readonly novelty: Novelty | null }
  /** It took far longer than it may, and was broken off: this is what was applied of it. */
  | { readonly type: 'broken-off'; readonly novelty: Novelty }
  /** There is no room for what it adds. */
  | { readonly type: 'full' }
  | Exclude<GateVerdict, { type: 'admitted' }>

/** A board's document on the server: takes only what the gate admits. */
export interface BoardDocument {
  /**
   * @param author whose update it is, by person
   * @param mayClaim whether client ids that are nobody's so far become the author's; they do unless it is false
   * @param fits whether it may grow by so many bytes; asked only when it would
   * @param isSpent whether an update of many structs is to be broken off; never unless given
   * @throws when an admitted update does not apply; the document must not be used or stored any more
   */
  apply(
    update: Uint8Array,
    author: string,
    mayClaim?: boolean,
    fits?: (bytes: number) => boolean,
    isSpent?: IsSpent,
  ): ApplyOutcome
  /** What of an update that was not admitted would be; null when nothing. */
  partOf(update: Uint8Array, author: string, isPatient: boolean): Uint8Array | null
  /** The whole elements that an update deletes, as an update; null when there are none. The update must decode. */
  deletionsOf(update: Uint8Array): Uint8Array | null
  /** Whose a client id is, by person; undefined while it is nobody's. */
  ownerOf(client: number): string | undefined
  /** A person showed themselves under this client id: it is theirs if it is nobody's. */
  claim(client: number, person: string): void
  /**
   * The same without storing it: they are at another server, which will, or may only look so far. An id that somebody has
   * drawn under stays nobody's.
   */
  reserve(client: number, person: string): void
  /** The client ids that got an owner which is not stored yet: to be stored with the next update. */
  claims(): readonly Claim[]
  /** What was one person's is another's from now on. */
  moveOwnership(from: string, to: string): void
  /** So many of the claims, the oldest, are stored now. */
  claimsStored(count: number): void
  /** @param without how far clients are to count at most; null for none at all, so that it is empty */
  stateVector(without?: ReadonlyMap<number, number> | null): Uint8Array
  /** Takes an update that another server has saved, whoever wrote it. @throws as `apply` does */
  takeSaved(update: Uint8Array, owners: StoredOwners): ApplyOutcome
  /** Takes in what was stored by somebody else; returns what of it was new here, or null. @throws as `apply` does */
  takeIn(stored: StoredDocument): Uint8Array | null
  /** What somebody lacks who has `stateVector`; everything when it is left out. */
  missingFrom(stateVector?: Uint8Array): Uint8Array
  /**
   * All of it, encoded in turns with everybody else where it is large: what it held when this was called, and perhaps some of
   * what it came to hold meanwhile.
   */
  encode(): Promise<Uint8Array>
  /** Whether encoding all of it takes so long that `encode` is the better way. */
  readonly isLarge: boolean
  /** Which part of all that was ever written somebody lacks who has `stateVector`, from 0 to 1. */
  lacking(stateVector: Uint8Array): number
  /** How many client ids have written in it. */
  readonly clients: number
  countElements(): number
  /** Calls `listener` whenever an update has removed most of the board. */
  onCleared(listener: () => void): void
  destroy(): void
}

const hasGrown = ({ beforeState, doc }: Y.Transaction): boolean => {
  for (const client of doc.store.clients.keys()) {
    if (Y.getState(doc.store, client) !== (beforeState.get(client) ?? 0)) return true
  }
  return false
}

const assertNothingPending = (doc: Y.Doc): void => {
  if (hasPending(doc)) throw new Error('An admitted update left pending parts')
}

const applyNovelty = (doc: Y.Doc, update: Uint8Array, novelty: Novelty | null): ApplyOutcome => {
  if (novelty) Y.applyUpdate(doc, update)
  assertNothingPending(doc)
  return { type: 'applied', novelty }
}

const applyMany = (doc: Y.Doc, scanned: ScannedUpdate, novelty: Novelty, isSpent: IsSpent): ApplyOutcome => {
  const applied = applyMetered(doc, novelty.update, scanned, isSpent)
  assertNothingPending(doc)
  if (!applied) return { type: 'applied', novelty }
  return { type: 'broken-off', novelty: { update: applied, isAll: true, runs: null, deletes: [] } }
}

const applyAdmitted = (doc: Y.Doc, update: Uint8Array, admitted: Admitted): ApplyOutcome =>
  applyNovelty(doc, update, noveltyOf(doc.store, update, admitted.update))

const stateVectorOf = (doc: Y.Doc, without?: ReadonlyMap<number, number> | null): Uint8Array => {
  const whole = Y.encodeStateVector(doc)
  if (without === undefined) return whole
  const clocks = Y.decodeStateVector(whole)
  if (without === null) clocks.clear()
  for (const [client, clock] of without ?? []) {
    if (clock === 0) clocks.delete(client)
    else if ((clocks.get(client) ?? 0) > clock) clocks.set(client, clock)
  }
  return Y.encodeStateVector(clocks)
}

const lackingOf = ({ store }: Y.Doc, clocks: ReadonlyMap<number, number>): number => {
  let all = 0
  let missing = 0
  for (const client of store.clients.keys()) {
    const clock = Y.getState(store, client)
    all += clock
    missing += Math.max(0, clock - (clocks.get(client) ?? 0))
  }
  return all === 0 ? 0 : missing / all
}

/** Encoding so many takes some milliseconds. */
const MANY_STRUCTS = 10_000

const countStructs = ({ store }: Y.Doc): number => {
  let count = 0
  for (const structs of store.clients.values()) count += structs.length
  return count
}

export const createDocument = (doc: Y.Doc, owners: Owners, limits: Limits): BoardDocument => {
  // Spread, each would have a shape of its own in V8, and every look at one of many documents would be a slow one.
  const known: Known = Object.assign(knownStructs(doc), {
    ownerOf: (client: number) => owners.ownerOf(client),
  })
  return {
    apply: (update, name, mayClaim = true, fits = () => true, isSpent = () => false) => {
      const author = owners.nameOf(name)
      const verdict = examineUpdate(update, known, author, limits)
      if (verdict.type !== 'admitted') return verdict
      const novelty = noveltyOf(doc.store, update, verdict.update)
      const growth = novelty ? growthOf(novelty) : 0
      if (growth > 0 && !fits(growth)) return { type: 'full' }
      if (mayClaim) owners.claim(verdict.claims, author)
      owners.use(verdict.update.runs, author)
      if (novelty && isMetered(verdict.update)) return applyMany(doc, verdict.update, novelty, isSpent)
      return applyNovelty(doc, update, novelty)
    },
    partOf: (update, author, isPatient) =>
      admissiblePart(update, known, owners.nameOf(author), limits, isPatient),
    deletionsOf: (update) => deletedElements(doc, scanUpdate(update, known, limits).deletes),
    ownerOf: known.ownerOf,
    claim: (client, person) => owners.claim([client], owners.nameOf(person)),
    reserve: (client, person) => {
      if (known.clockOf(client) === 0) owners.reserve(client, owners.nameOf(person))
    },
    moveOwnership: (from, to) => owners.move(from, to),
    claims: () => owners.unstored(),
    claimsStored: (count) => owners.stored(count),
    takeSaved: (update, owned) => {
      const verdict = examineUpdate(update, { ...known, ownerOf: () => undefined }, '', limits)
      if (verdict.type !== 'admitted') return verdict
      owners.hear(owned)
      return applyAdmitted(doc, update, verdict)
    },
    takeIn: (stored) => {
      const before = Y.encodeStateVector(doc)
      owners.learn(stored.owners)
      const changed = doc.transact((transaction) => {
        for (const part of partsOf(stored)) Y.applyUpdate(doc, part)
        return transaction.deleteSet.clients.size > 0 || hasGrown(transaction)
      })
      if (hasPending(doc)) throw new Error('A stored document left pending parts')
      return changed ? Y.encodeStateAsUpdate(doc, before) : null
    },
    stateVector: (without) => stateVectorOf(doc, without),
    missingFrom: (stateVector) => Y.encodeStateAsUpdate(doc, stateVector),
    encode: () => inTurns(encodeState(doc)),
    get isLarge() {
      return countStructs(doc) > MANY_STRUCTS
    },
    lacking: (stateVector) => lackingOf(doc, Y.decodeStateVector(stateVector)),
    get clients() {
      return doc.store.clients.size
    },
    countElements: () => countElements(doc),
    onCleared: (listener) => watchClearing(doc, limits, listener),
    destroy: () => doc.destroy(),
  }
}
