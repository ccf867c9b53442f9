import { type Fields, isEqual } from '../heal.ts'

/** An element as it is stored: what of it differs from its type's defaults, and the letters on it. */
export interface StoredElement {
  readonly fields: Fields
  readonly text: string
}

/** All that is stored of a board. */
export interface StoredBoard {
  readonly elements: ReadonlyMap<string, StoredElement>
  /** Settings that somebody changed. */
  readonly settings: Fields
}

/** Fields that get other values, and those that go back to their defaults. */
export interface FieldChange {
  readonly set: Fields
  readonly unset: readonly string[]
}

export interface ElementChange extends FieldChange {
  /** The letters that it is to have; null where they stay. */
  readonly text: string | null
}

/** What turns one state of a board into another. */
export interface RestorePlan {
  readonly removed: readonly string[]
  readonly added: ReadonlyMap<string, StoredElement>
  readonly changed: ReadonlyMap<string, ElementChange>
  readonly settings: FieldChange
}

const fieldChange = (now: Fields, then: Fields): FieldChange => {
  const set: Record<string, unknown> = {}
  for (const key of Object.keys(then)) if (!isEqual(then[key], now[key])) set[key] = then[key]
  return { set, unset: Object.keys(now).filter((key) => !Object.hasOwn(then, key)) }
}

const isEmpty = ({ set, unset }: FieldChange): boolean => unset.length === 0 && Object.keys(set).length === 0

/** What the board has to be changed by to be as it was. What is as it was is left alone. */
export const restorePlan = (now: StoredBoard, then: StoredBoard): RestorePlan => {
  const added = new Map<string, StoredElement>()
  const changed = new Map<string, ElementChange>()
  for (const [id, element] of then.elements) {
    const current = now.elements.get(id)
    if (!current) {
      added.set(id, element)
      continue
    }
    const change = fieldChange(current.fields, element.fields)
    const text = current.text === element.text ? null : element.text
    if (text !== null || !isEmpty(change)) changed.set(id, { ...change, text })
  }
  const removed = [...now.elements.keys()].filter((id) => !then.elements.has(id))
  return { removed, added, changed, settings: fieldChange(now.settings, then.settings) }
}

/** What the board has to be given back to have all that it once had. Nothing else is changed. */
export const bringBackPlan = (now: StoredBoard, then: StoredBoard): RestorePlan => ({
  removed: [],
  added: new Map([...then.elements].filter(([id]) => !now.elements.has(id))),
  changed: new Map(),
  settings: { set: {}, unset: [] },
})

/** How many elements a plan touches; the settings of the board count as one. */
export const planSize = ({ removed, added, changed, settings }: RestorePlan): number =>
  removed.length + added.size + changed.size + (isEmpty(settings) ? 0 : 1)
