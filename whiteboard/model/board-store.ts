import * as Y from 'yjs'
import type { Box, WorldPoint } from '../geometry/types.ts'
import type { BoardEdit, BoardStore, SharedText } from './board.ts'
import { createEdit } from './board-edit.ts'
import type { ChangeSet, Origin } from './changes.ts'
import { bakedPatch } from './derive.ts'
import {
  ELEMENTS,
  META,
  originOf,
  origins,
  ownerOf,
  partOf,
  readField,
  readFields,
  SCHEMA,
  SCHEMA_VERSION,
} from './document.ts'
import type { Element, ElementId, Patch } from './element.ts'
import { createElementIndex, type ElementIndex } from './element-index.ts'
import { healPosition } from './heal.ts'
import type { KindRegistry } from './kind.ts'
import { parseElement } from './parse-element.ts'
import { type BoardSettings, parseSettings } from './settings.ts'
import { createSharedText, readText } from './shared-text.ts'
import { differences, SlicedReading } from './sliced-reading.ts'

/** Fields that say where an element is, each useless without the others. */
const PLACE = ['position', 'size', 'rotation'] as const

const [POSITION] = PLACE

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
  readonly #reading = new SlicedReading({
    ids: () => this.#entries.keys() as Iterable<ElementId>,
    read: (id) => this.#read(id),
    index: () => this.#loaded(),
    createIndex: () => createElementIndex(this.#kinds),
    replace: (index, settings) => {
      const changes = differences(this.#loaded(), index)
      this.#index = index
      this.#tell({ ...changes, origin: 'load', settings })
    },
    refresh: (ids, settings, read) => {
      const touched = new Map(ids.map((id) => [id, false]))
      this.#tell({ ...this.#refresh(touched, read), origin: 'load', settings })
    },
  })

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

  get loading(): boolean {
    return this.#reading.busy
  }

  get linked(): readonly Element[] {
    return this.#loaded().linked
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
    this.#reading.stop()
    this.#listeners.clear()
  }

  #read(id: string, entry = this.#entries.get(id)): Element | null {
    const fields = readFields(entry)
    return fields && parseElement(id, fields, readText(entry), this.#kinds)
  }

  #loaded(): ElementIndex {
    if (this.#index) return this.#index
    const index = createElementIndex(this.#kinds)
    this.#entries.forEach((entry, id) => {
      const element = this.#read(id, entry)
      if (element) index.set(element)
    })
    index.settle()
    // Nothing was painted where followers were put before they were derived.
    index.takeLeft()
    this.#index = index
    return index
  }

  readonly #afterTransaction = (transaction: Y.Transaction): void => {
    const part = partOf(transaction)
    const isIdle = transaction.changed.size === 0 && part === null
    if (isIdle || (!this.#index && this.#listeners.size === 0)) return
    const settings = [...(changedTypes(transaction).get(this.#meta) ?? [])].some((key) => key !== SCHEMA)
    if (settings) this.#settings = null
    const touched = touchedElements(transaction, this.#entries)
    const origin = originOf(transaction.origin)
    if (part) this.#reading.arrived(touched.keys(), settings, part)
    else if (!this.#reading.holdsBack(touched.keys(), settings, origin)) this.#show(touched, origin, settings)
  }

  #show(touched: Touched, origin: Origin, settings: boolean): void {
    const changes: ChangeSet = { ...this.#refresh(touched), origin, settings }
    if (changes.added.size + changes.updated.size + changes.removed.size > 0 || settings) this.#tell(changes)
  }

  #tell(changes: ChangeSet): void {
    for (const listener of [...this.#listeners]) tell(listener, changes)
  }

  #refresh(
    touched: Touched,
    read = (id: ElementId) => this.#read(id),
  ): Pick<ChangeSet, 'added' | 'updated' | 'removed' | 'left'> {
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
      const after = read(id)
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
    const index = this.#loaded()
    if (!index.follows(id) || !PLACE.some((key) => key in patch) || !this.#entries.has(id)) return patch
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
