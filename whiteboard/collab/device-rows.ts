import type { Row, RowKey, RowKind } from './device-database.ts'

/** Saved rows are made into one when there are this many and they weigh against the state, or when there are very many. */
const SOME_ROWS = 64
const VERY_MANY_ROWS = 1000
/** Unsaved rows of earlier tabs that are made into one. */
const MANY_UNSAVED_ROWS = 200

/** A row with changes of this person that are not known to be on the server. */
export interface UnsavedRow {
  readonly key: RowKey
  readonly data: Uint8Array
  readonly changes: number
  /** The change with which it is saved; null until its reader says. */
  readonly change: number | null
}

const randomTab = (): string => Math.random().toString(36).slice(2, 12)

const keyText = (key: RowKey): string => key.join('\n')

/**
 * What this tab knows of the rows of a device copy: which it has written or read, and which are due to be moved or made
 * into one. It keeps the book; the database is somebody else's.
 */
export class DeviceRows {
  private readonly person: string
  private readonly board: string
  private readonly tab = randomTab()
  /** Keys that this tab wrote or read: their content is in its document. */
  private readonly knownKeys = new Set<string>()
  /** How many keys this tab has made. */
  private made = 0
  private savedKeys: RowKey[] = []
  private unsaved: UnsavedRow[] = []
  /** Bytes of the newest state row, and of the saved rows since. */
  private stateBytes = 0
  private bytesSince = 0

  constructor(person: string, board: string) {
    this.person = person
    this.board = board
  }

  newKey(kind: RowKind): RowKey {
    const key: RowKey = [this.person, this.board, kind, this.tab, this.made++]
    this.knownKeys.add(keyText(key))
    return key
  }

  isKnown(key: RowKey): boolean {
    return this.knownKeys.has(keyText(key))
  }

  /** A row that another tab wrote was read. */
  addRead(key: RowKey, { data, changes }: Row): void {
    this.knownKeys.add(keyText(key))
    if (key[2] === 'unsaved') this.addUnsaved({ key, data, changes, change: null })
    else this.addSaved(key, data.length)
  }

  addSaved(key: RowKey, bytes: number): void {
    this.savedKeys.push(key)
    this.bytesSince += bytes
  }

  /** A row with the whole state was written, in place of those that `takeWorn` gave. */
  addState(key: RowKey, bytes: number): void {
    this.savedKeys.push(key)
    this.stateBytes = bytes
    this.bytesSince = 0
  }

  addUnsaved(row: UnsavedRow): void {
    this.unsaved.push(row)
  }

  /** Unsaved rows that were read count as saved when `change` is. */
  adopt(change: number): void {
    this.unsaved = this.unsaved.map((row) => (row.change === null ? { ...row, change } : row))
  }

  /** The unsaved rows that are saved now that all changes up to `change` are; the book forgets them. */
  takeDone(change: number): UnsavedRow[] {
    return this.takeUnsaved((row) => row.change !== null && row.change <= change)
  }

  /** The rows adopted with `change` when they are too many to be kept apart, and else none; the book forgets them. */
  takeManyAdopted(change: number): UnsavedRow[] {
    const isAdopted = (row: UnsavedRow): boolean => row.change === change
    return this.unsaved.filter(isAdopted).length < MANY_UNSAVED_ROWS ? [] : this.takeUnsaved(isAdopted)
  }

  /** The saved rows when it is worth its cost to put the state in their place, and else none; the book forgets them. */
  takeWorn(): RowKey[] {
    const isWorthIt = this.savedKeys.length >= SOME_ROWS && this.bytesSince * 2 >= this.stateBytes
    if (!isWorthIt && this.savedKeys.length < VERY_MANY_ROWS) return []
    const worn = this.savedKeys
    this.savedKeys = []
    return worn
  }

  private takeUnsaved(isTaken: (row: UnsavedRow) => boolean): UnsavedRow[] {
    const taken = this.unsaved.filter(isTaken)
    this.unsaved = this.unsaved.filter((row) => !isTaken(row))
    return taken
  }
}
