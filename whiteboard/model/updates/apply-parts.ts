import * as Y from 'yjs'
import { markPart } from '../document.ts'
import { deletionsOnly } from './split-update.ts'
import { UpdateDecoder } from './update-decoder.ts'
import { layoutOf, type Section, type UpdateLayout } from './update-layout.ts'
import { type PartLimit, partsOf } from './update-parts.ts'

/** What takes a millisecond or two. */
const PART: PartLimit = { structs: 500, bytes: 64 * 1024 }

/** Updates from this many bytes on are worth being applied in slices. */
const LARGE = 64 * 1024

export const isLarge = (updates: readonly Uint8Array[]): boolean =>
  updates.reduce((sum, { length }) => sum + length, 0) >= LARGE

export const applyUpdate = (doc: Y.Doc, update: Uint8Array, origin: unknown): void =>
  Y.applyUpdateV2(doc, update, origin, UpdateDecoder)

function* readLayouts(updates: readonly Uint8Array[]): Generator<undefined, UpdateLayout[] | null> {
  const layouts: UpdateLayout[] = []
  try {
    for (const update of updates) layouts.push(yield* layoutOf(update))
    return layouts
  } catch {
    return null
  }
}

/** Applies the structs part by part; false when some are left because what they build on is not there. */
function* applyStructs(
  doc: Y.Doc,
  sections: readonly Section[],
  limit: PartLimit,
  apply: (part: Uint8Array) => void,
): Generator<undefined, boolean> {
  const has = (client: number, clock: number): boolean => clock < Y.getState(doc.store, client)
  const parts = partsOf(sections, has, limit)
  let part = parts.next()
  for (; !part.done; part = parts.next()) {
    apply(part.value.encode())
    yield
  }
  return part.value
}

export interface ApplyOptions {
  readonly origin: unknown
  /** Runs what it is given; may keep others from hearing of it. */
  readonly around?: (work: () => void) => void
  /** How much is applied between two pauses. */
  readonly limit?: PartLimit
}

/**
 * Applies updates (v1) with the same result as applying them whole, pausing every few milliseconds. Meanwhile the document
 * may be edited, but nothing else may be applied. Its transactions are marked as parts; the last one is there even when
 * this fails or is given up.
 */
export function* applyParts(
  doc: Y.Doc,
  updates: readonly Uint8Array[],
  { origin, around = (work) => work(), limit = PART }: ApplyOptions,
): Generator<undefined, void> {
  const transact = (place: 'more' | 'last', work: readonly Uint8Array[]): void => {
    const apply = (transaction: Y.Transaction): void => {
      markPart(transaction, place)
      for (const update of work) applyUpdate(doc, update, origin)
    }
    around(() => Y.transact(doc, apply, origin, false))
  }
  let rest: readonly Uint8Array[] = []
  try {
    const layouts = yield* readLayouts(updates)
    const isPending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null
    const sections = layouts && !isPending ? layouts.flatMap((layout) => layout.sections) : null
    const isComplete =
      sections !== null && (yield* applyStructs(doc, sections, limit, (part) => transact('more', [part])))
    rest = layouts && isComplete ? layouts.map(({ deletions }) => deletionsOnly(deletions)) : updates
  } finally {
    transact('last', rest)
  }
}
