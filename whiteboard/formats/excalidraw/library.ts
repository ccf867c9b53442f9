import { SOURCE } from './file.ts'
import type { Foreign, Skipped } from './types.ts'
import { listOf, recordOf, stringOf } from './values.ts'

/** One drawing of a library, in their form. */
export interface LibraryItem {
  readonly id: string
  readonly name: string
  readonly elements: readonly unknown[]
  /** Epoch milliseconds. */
  readonly created: number
  readonly status: 'published' | 'unpublished'
}

/** Items that are read from one file. */
const MAX_ITEMS = 2_000

export const isLibrary = (content: Foreign): boolean =>
  content.type === 'excalidrawlib' && (Array.isArray(content.libraryItems) || Array.isArray(content.library))

/** The items of a library file of either version; those without elements are reported. */
export const readLibrary = (
  content: Foreign,
  newId: () => string,
): { readonly items: readonly LibraryItem[]; readonly skipped: readonly Skipped[] } => {
  const items: LibraryItem[] = []
  const skipped: Skipped[] = []
  const entries = Array.isArray(content.libraryItems)
    ? content.libraryItems.map(recordOf)
    : listOf(content.library).map((elements): Foreign => ({ elements }))
  for (const entry of entries.slice(0, MAX_ITEMS)) {
    const elements = listOf(entry.elements)
    const id = stringOf(entry.id) ?? newId()
    if (elements.length === 0) skipped.push({ id, reason: 'It is an item without elements.' })
    else {
      items.push({
        id,
        elements,
        name: (stringOf(entry.name) ?? '').slice(0, 200),
        created: typeof entry.created === 'number' && Number.isFinite(entry.created) ? entry.created : 0,
        status: entry.status === 'published' ? 'published' : 'unpublished',
      })
    }
  }
  if (entries.length > MAX_ITEMS) {
    skipped.push({ id: '', reason: `Only the first ${MAX_ITEMS.toLocaleString('en')} items were read.` })
  }
  return { items, skipped }
}

export const libraryFile = (items: readonly LibraryItem[]): Foreign => ({
  type: 'excalidrawlib',
  version: 2,
  source: SOURCE,
  libraryItems: items.map(({ name, ...item }) => ({ ...item, ...(name === '' ? {} : { name }) })),
})
