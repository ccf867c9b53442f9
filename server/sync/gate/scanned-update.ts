/** Structs of one client that follow each other without a gap. */
export interface StructRun {
  readonly client: number
  /** The first clock. */
  readonly clock: number
  /** The clock after the last one. */
  readonly end: number
  /** How many structs. */
  readonly structs: number
  /** Where they stand in the bytes of the update. */
  readonly from: number
  readonly to: number
}

/**
 * A struct that needs a unit which the document does not have: one of another client, or, where clocks are missing before
 * it, the one before it.
 */
export interface Need {
  /** Number of the run and, in it, of the struct. */
  readonly run: number
  readonly struct: number
  /** Where the struct begins in the bytes of the update. */
  readonly at: number
  /** Whose struct it is, and how far the clocks of that client reach without it. */
  readonly dependent: number
  readonly reached: number
  /** The unit that it needs. */
  readonly client: number
  readonly unit: number
}

/** An update as it stands in its bytes. */
export interface ScannedUpdate {
  /** In the order of the bytes, which is that of the clocks for those of one client. */
  readonly runs: readonly StructRun[]
  /** What it deletes: client, clock, end, client, clock, end... */
  readonly deletes: readonly number[]
  /** What of its structs is deleted by what they are: client, clock, end, and so on. */
  readonly gone: readonly number[]
  /** In the order of the structs. */
  readonly needs: readonly Need[]
}

export interface Unit {
  readonly client: number
  readonly unit: number
}

/** How many clocks of a client the document has. */
export type ClockOf = (client: number) => number

/** A root's name, or the unit that a nested map is. */
export type Parent = string | Unit

/** Where an item says that it goes: beside another, or under a key of a map; null for the items of a list. */
export type Place = Unit | { readonly parent: Parent; readonly key: string | null }

/** What the scan asks about a document. */
export interface KnownStructs {
  readonly clockOf: ClockOf
  /** Whether a unit that the document has is, or was, the value of a map's key. */
  isKeyed(client: number, unit: number): boolean
  /** Whether a unit that the document has is in that place, or the place is garbage. */
  isIn(client: number, unit: number, place: Place): boolean
  /** Whether a map's key has had `count` or more values that do not know of any before them. */
  hasFirstValues(parent: Parent, key: string, count: number): boolean
  /** About how many values Yjs copies to cut what it has of a client before this unit; 0 where nothing needs a cut. */
  cutCost(client: number, unit: number): number
  /** Whether the last unit of a client that the document has was collected as garbage: nothing says where it stood. */
  endsInGarbage(client: number): boolean
  /** In how many shared types, one in the other, a unit lies that the document has; no more than `most` are counted. */
  nestingOf(client: number, unit: number, most: number): number
}
