import type { LibraryEntry } from '../../whiteboard/index.ts'
import { createDeviceStore } from './device-store.ts'

/** Items of libraries that are kept in this browser, whichever board is open. */
const KEY = 'entries'
const store = () => createDeviceStore('drawbridge-library')

/** Items that are kept. */
const MOST = 1_000

const isEntry = (value: unknown): value is LibraryEntry => {
  const { id, name, elements } = (value ?? {}) as Partial<LibraryEntry>
  return typeof id === 'string' && typeof name === 'string' && Array.isArray(elements)
}

/** Empty where nothing can be read. */
export const loadShelf = async (): Promise<readonly LibraryEntry[]> => {
  const kept = await store()
    .get(KEY)
    .catch(() => null)
  return Array.isArray(kept) ? kept.filter(isEntry) : []
}

export const saveShelf = (entries: readonly LibraryEntry[]): Promise<void> =>
  store().set(KEY, entries.slice(0, MOST))

/** Puts new items before the others; those that are there already stay once. */
export const addToShelf = async (entries: readonly LibraryEntry[]): Promise<readonly LibraryEntry[]> => {
  const kept = await loadShelf()
  const known = new Set(kept.map(({ id }) => id))
  const all = [...entries.filter(({ id }) => !known.has(id)), ...kept].slice(0, MOST)
  await saveShelf(all)
  return all
}
