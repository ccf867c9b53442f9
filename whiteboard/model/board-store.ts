import * as Y from 'yjs'
import type { Box, WorldPoint } from '../geometry/types.ts'
import type { BoardEdit, BoardStore, SharedText } from './board.ts'
import type { ChangeSet, Origin } from './changes.ts'
import { bakedPatch } from './derive.ts'
import {
  BASE,
  ELEMENTS,
  isTextKey,
  META,
  originOf,
  origins,
  ownerOf,
  readField,
  readFields,
  SCHEMA,
  SCHEMA_VERSION,
} from './document.ts'
import type { Element, ElementId, Patch } from './element.ts'
import { createElementIndex, type ElementIndex } from './element-index.ts'
import { healPosition, isEqual, own, plainCopy } from './heal.ts'
import type { KindRegistry } from './kind.ts'
import { DAMAGED_FIELD, DAMAGED_TYPE, defaultOf, kindOf, parseElement } from './parse-element.ts'
import { type BoardSettings, parseSettings } from './settings.ts'
import { createSharedText, readText, replaceText } from './shared-text.ts'

/** Names that are never fields of an element's own map. */
const RESERVED: ReadonlySet<string> = new Set(['id', 'text', 'clip', BASE, '__proto__', DAMAGED_FIELD])

/** Fields that say where an element is, each useless without the others. */
const PLACE = ['position', 'size', 'rotation'] as const

const [POSITION] = PLACE

const isReserved = (key: string): boolean => RESERVED.has(key) || isTextKey(key)

/**
 * Opens a Yjs document as a board. Elements are read when they are first asked for, and kept; each transaction reads
 * again only what it touched. Within a transaction the reading side still shows the board as it was before.
 */
export const createBoardStore = (doc: Y.Doc, kinds: KindRegistry): BoardStore => new DocumentStore(doc, kinds)

class DocumentStore implements BoardStore {
  readonly doc: Y.Doc
  readonly #kinds: KindRegistry
  readonly #entries: Y.Map<unknown>
  readonly #meta: Y.Map<unknown>
  readonly #edit: BoardEdit
  /** What the transaction under way has removed. */
  #removed: ElementId[] = []
  #settings: BoardSettings | null = null
  readonly #listeners = new Set<(changes: ChangeSet) => void>()
  /** Null until elements are first asked for. */
  #index: ElementIndex | null = null

  constructor(doc: Y.Doc, kinds: KindRegistry) {
    this.doc = doc
    this.#kinds = kinds
    this.#entries = doc.getMap<unknown>(ELEMENTS)
    this.#meta = doc.getMap<unknown>(META)
    const plain = createEdit(this.#entries, (id) => this.text(id), kinds)
    this.#edit = {
      ...plain,
      update: (id, patch) => plain.update(id, this.#asDrawn(id, patch)),
      remove: (id) => {
        if (!this.#entries.has(id)) return
        this.#entries.delete(id)
        this.#removed.push(id)
      },
      configure: (settings) => {
        for (const [key, value] of Object.entries(settings)) this.#meta.set(key, value)
      },
    }
    doc.on('afterTransaction', this.#afterTransaction)
  }

  get ordered(): readonly Element[] {
    return this.#loaded().ordered
  }

  get size(): number {
    return this.#loaded().size
  }

  get(id: ElementId): Element | undefined {
    return this.#loaded().get(id)
  }

  referrers(id: ElementId): readonly ElementId[] {
    return this.#loaded().referrers(id)
  }

  get frames(): readonly Element[] {
    return this.#loaded().frames
  }

  get settings(): BoardSettings {
    this.#settings ??= parseSettings(this.#meta.toJSON())
    return this.#settings
  }

  query(box: Box): Element[] {
    return this.#loaded().query(box)
  }

  boxOf(id: ElementId): Box | undefined {
    return this.#loaded().boxOf(id)
  }

  hit(point: WorldPoint, tolerance: number, accept?: (element: Element) => boolean): Element | undefined {
    return this.#loaded().hit(point, tolerance, accept)
  }

  bounds(): Box | null {
    return this.#loaded().bounds()
  }

  text(id: ElementId): SharedText {
    return createSharedText(this.doc, this.#entries, id)
  }

  transact<Result>(origin: Origin, edit: (edit: BoardEdit) => Result): Result {
    return this.doc.transact((transaction) => {
      const result = edit(this.#edit)
      this.#bakeFollowers()
      this.#stampSchema(transaction)
      return result
    }, origins[origin])
  }

  subscribe(listener: (changes: ChangeSet) => void): () => void {
    this.#loaded()
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    this.doc.off('afterTransaction', this.#afterTransaction)
    this.#listeners.clear()
  }

  #read(id: string): Element | null {
    const entry = this.#entries.get(id)
    const fields = readFields(entry)
    return fields && parseElement(id, fields, readText(entry), this.#kinds)
  }

  #loaded(): ElementIndex {
    if (this.#index) return this.#index
    const index = createElementIndex(this.#kinds)
    for (const id of this.#entries.keys()) {
      const element = this.#read(id)
      if (element) index.set(element)
    }
    index.settle()
    this.#index = index
    return index
  }

  readonly #afterTransaction = (transaction: Y.Transaction): void => {
    if (transaction.changed.size === 0 || (!this.#index && this.#listeners.size === 0)) return
    const settings = [...(changedTypes(transaction).get(this.#meta) ?? [])].some((key) => key !== SCHEMA)
    if (settings) this.#settings = null
    const changes: ChangeSet = {
      ...this.#refresh(touchedElements(transaction, this.#entries)),
      origin: originOf(transaction.origin),
      settings,
    }
    if (changes.added.size + changes.updated.size + changes.removed.size === 0 && !settings) return
    for (const listener of [...this.#listeners]) tell(listener, changes)
  }

  #refresh(touched: Touched): Pick<ChangeSet, 'added' | 'updated' | 'removed' | 'left'> {
    const added = new Set<ElementId>()
    const updated = new Set<ElementId>()
    const removed = new Set<ElementId>()
    const index = this.#loaded()
    for (const [id, isOnlyMoved] of touched) {
      const moved = isOnlyMoved ? this.#moved(id, index) : null
      if (moved) {
        index.shift(moved)
        updated.add(id)
        continue
      }
      const before = index.get(id)
      const after = this.#read(id)
      if (after) index.set(after)
      else index.delete(id)
      if (after) (before ? updated : added).add(id)
      else if (before) removed.add(id)
    }
    for (const id of index.settle()) if (!added.has(id)) updated.add(id)
    return { added, updated, removed, left: index.takeLeft() }
  }

  /** An element of which nothing but the place was written: the rest need not be read again. Null when it must be. */
  #moved(id: ElementId, index: ElementIndex): Element | null {
    const stored = index.stored(id)
    const position = stored && healPosition(readField(this.#entries.get(id), POSITION))
    return position ? { ...stored, position } : null
  }

  /**
   * A new place for what follows others is meant of how it is drawn, and the rest of that is written with it: the stored
   * fields alone may lie elsewhere.
   */
  #asDrawn(id: ElementId, patch: Patch): Patch {
    if (!PLACE.some((key) => key in patch) || !this.#entries.has(id)) return patch
    const index = this.#loaded()
    const [stored, derived] = [index.stored(id), index.get(id)]
    return stored && derived && stored !== derived ? { ...bakedPatch(stored, derived), ...patch } : patch
  }

  /** Has what followed removed elements keep the place where it was drawn last. */
  #bakeFollowers(): void {
    const removed = this.#removed
    if (removed.length === 0) return
    this.#removed = []
    const index = this.#loaded()
    for (const id of new Set(removed.flatMap((target) => index.referrers(target)))) {
      const [stored, derived] = [index.stored(id), index.get(id)]
      if (stored && derived && this.#entries.has(id)) this.#edit.update(id, bakedPatch(stored, derived))
    }
  }

  /** With a person's first change, so that it stays one change; undo leaves it alone. */
  #stampSchema({ origin, changed }: Y.Transaction): void {
    if (origin !== origins.user || changed.size === 0 || this.#meta.has(SCHEMA)) return
    this.#meta.set(SCHEMA, SCHEMA_VERSION)
  }
}

/** A listener that fails must not keep the others, or the document, from going on. */
const tell = (listener: (changes: ChangeSet) => void, changes: ChangeSet): void => {
  try {
    listener(changes)
  } catch (error) {
    console.error('A listener of the board failed', error)
  }
}

const changedTypes = (transaction: Y.Transaction): ReadonlyMap<unknown, ReadonlySet<string | null>> =>
  transaction.changed

/** Elements, and of each whether nothing but its place changed. */
type Touched = ReadonlyMap<ElementId, boolean>

/** The elements whose fields or text a transaction changed. */
const touchedElements = (transaction: Y.Transaction, entries: Y.Map<unknown>): Touched => {
  const touched = new Map<ElementId, boolean>()
  for (const [type, keys] of changedTypes(transaction)) {
    const owner = ownerOf(type, entries)
    const isOnlyMoved = type instanceof Y.Map && keys.size === 1 && keys.has(POSITION)
    if (owner !== null) touched.set(owner, isOnlyMoved && (touched.get(owner) ?? true))
    if (type !== entries) continue
    for (const key of keys) if (key !== null) touched.set(key as ElementId, false)
  }
  return touched
}

const createEdit = (
  entries: Y.Map<unknown>,
  text: (id: ElementId) => SharedText,
  kinds: KindRegistry,
): Pick<BoardEdit, 'create' | 'update'> => ({
  create: (element) => {
    if (entries.has(element.id)) return
    const entry = new Y.Map<unknown>()
    const { base, bytes } = storedFields(element, kinds)
    entry.set(BASE, base)
    for (const [key, value] of bytes) entry.set(key, value)
    entries.set(element.id, entry)
    if (element.text !== '') text(element.id).insert(0, element.text)
  },
  update: (id, patch) => {
    const entry = entries.get(id)
    if (!(entry instanceof Y.Map)) return
    updateEntry(entry, patch, kinds)
    if (typeof patch.text === 'string') replaceText(text(id), patch.text)
  },
})

/** What is stored of a new element: its fields that differ from the defaults as one value, and beside it those of bytes. */
interface StoredFields {
  readonly base: Readonly<Record<string, unknown>>
  readonly bytes: ReadonlyMap<string, Uint8Array>
}

const storedFields = (element: Element, kinds: KindRegistry): StoredFields => {
  const type = element.type === DAMAGED_TYPE ? element[DAMAGED_FIELD] : element.type
  const kind = kindOf(kinds, type)
  const base: Record<string, unknown> = { type }
  const bytes = new Map<string, Uint8Array>()
  for (const key of Object.keys(element)) {
    if (isReserved(key) || key === 'type') continue
    const value = plainCopy(element[key])
    if (value === undefined || isEqual(value, defaultOf(kind, key))) continue
    if (value instanceof Uint8Array) bytes.set(key, value)
    else base[key] = value
  }
  return { base, bytes }
}

/** Fields that are not stored have the defaults of the type that the element has after the patch. */
const updateEntry = (entry: Y.Map<unknown>, patch: Patch, kinds: KindRegistry): void => {
  const kind = kindOf(kinds, own(patch, 'type') ?? readField(entry, 'type'))
  for (const key of Object.keys(patch)) {
    if (isReserved(key)) continue
    const value = plainCopy(patch[key])
    const stored = readField(entry, key)
    const current = stored === undefined ? defaultOf(kind, key) : stored
    if (value !== undefined && !isEqual(value, current)) entry.set(key, value)
  }
}
