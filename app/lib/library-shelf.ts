import type { LibraryEntry } from '../../whiteboard/index.ts'
import { createDeviceStore } from './device-store.ts'

/** Items of libraries that one person keeps in this browser, whichever board is open. */
const keyOf = (person: string): string => `entries/${person}`
const store = () => createDeviceStore('drawbridge-library')

/** Items that are kept. */
const MOST = 1_000

const isEntry = (value: unknown): value is LibraryEntry => {
  const { id, name, elements } = (value ?? {}) as Partial<LibraryEntry>
  return typeof id === 'string' && typeof name === 'string' && Array.isArray(elements)
}

/** Empty where nothing can be read. */
export const loadShelf = async (person: string): Promise<readonly LibraryEntry[]> => {
  const kept = await store()
    .get(keyOf(person))
    .catch(() => null)
  return Array.isArray(kept) ? kept.filter(isEntry) : []
}

export const saveShelf = (person: string, entries: readonly LibraryEntry[]): Promise<void> =>
  store().set(keyOf(person), entries.slice(0, MOST))

/** Puts new items before the others; those that are there already stay once. */
export const addToShelf = async (
  person: string,
  entries: readonly LibraryEntry[],
): Promise<readonly LibraryEntry[]> => {
  const kept = await loadShelf(person)
  const known = new Set(kept.map(({ id }) => id))
  const all = [...entries.filter(({ id }) => !known.has(id)), ...kept].slice(0, MOST)
  await saveShelf(person, all)
  return all
}
