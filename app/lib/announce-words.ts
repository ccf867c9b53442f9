/** What these words need to know of an element. */
export interface Said {
  readonly type: string
  readonly text: string
  readonly locked: boolean
  readonly [field: string]: unknown
}

/** What types are called; the rest go by their own name. */
const NAMES: Readonly<Record<string, string>> = {
  ink: 'Drawing',
  sticky: 'Sticky note',
  bubble: 'Speech bubble',
  damaged: 'Damaged element',
}

/** Letters of a text that are said. */
const MOST_LETTERS = 60

const NOTHING = 'Nothing selected'

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  const letters = [...line]
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join('')}…` : line
}

/** What an element is called in speech, as in `Rectangle “Plan”`. */
const elementWords = ({ type, text, name }: Said): string => {
  const title = text.trim() === '' && typeof name === 'string' ? name : text
  const kind = NAMES[type] ?? capital(type)
  return title.trim() === '' ? kind : `${kind} “${shortened(title)}”`
}

export const countWords = (elements: readonly Said[]): string => {
  const [only] = elements
  return elements.length === 1 && only ? elementWords(only) : `${elements.length} elements`
}

/**
 * What is selected now.
 *
 * @param place which one it is in reading order, from 1, and of how many
 */
export const selectionWords = (
  elements: readonly Said[],
  place: { readonly number: number; readonly total: number } | null,
): string => {
  const [only] = elements
  if (!only) return NOTHING
  if (elements.length > 1) return `${elements.length} elements selected`
  const locked = only.locked ? ', locked' : ''
  return place
    ? `${elementWords(only)}${locked}, ${place.number} of ${place.total}`
    : `${elementWords(only)}${locked}`
}

/** What a person's own change did to the board. */
export interface Change {
  readonly added: readonly Said[]
  readonly removed: number
  /** Those that were moved or resized, as they are now. */
  readonly placed: readonly (Said & {
    readonly position: readonly [number, number]
    readonly size: readonly [number, number]
  })[]
  readonly moved: boolean
  readonly resized: boolean
  readonly updated: number
}

const pair = ([a, b]: readonly [number, number], between: string): string =>
  `${Math.round(a)}${between}${Math.round(b)}`

/** Null where nothing is worth saying. */
export const changeWords = (change: Change): string | null => {
  const { added, removed, placed, updated } = change
  if (added.length > 0 && removed > 0) return `${added.length} added, ${removed} deleted`
  if (added.length > 0) return `Added ${countWords(added)}`
  if (removed > 0) return removed === 1 ? 'Deleted 1 element' : `Deleted ${removed} elements`
  const [first] = placed
  if (first && placed.length === 1) {
    if (change.resized) return `${elementWords(first)}: size ${pair(first.size, ' by ')}`
    if (change.moved) return `${elementWords(first)}: moved to ${pair(first.position, ', ')}`
  }
  if (placed.length > 1) return `${placed.length} elements ${change.resized ? 'resized' : 'moved'}`
  return updated > 0 ? (updated === 1 ? 'Changed 1 element' : `Changed ${updated} elements`) : null
}

/** The same for what was undone or done again: how things are now, since that was before. Null where nothing is worth saying. */
export const historyWords = (change: Change): string | null => {
  const { added, removed, placed } = change
  if (added.length > 0 && removed > 0) return changeWords(change)
  if (added.length > 0) return `${countWords(added)} back on the board`
  if (removed > 0) return removed === 1 ? '1 element off the board' : `${removed} elements off the board`
  const [first] = placed
  if (first && placed.length === 1) {
    const size = change.resized ? `, size ${pair(first.size, ' by ')}` : ''
    return `${elementWords(first)} back at ${pair(first.position, ', ')}${size}`
  }
  return changeWords(change)
}

/** A change and the selection that came of it, said in one: the selection only where it is news. */
export const joinWords = (change: string, selection: string): string => {
  const [name = ''] = selection.split(', ')
  return selection === NOTHING || change.includes(name) ? change : `${change}. ${selection}`
}

/** Said when an arrow waits for where it leads to. */
export const CONNECTING = 'Choose what the arrow leads to, and press Shift+A again'
