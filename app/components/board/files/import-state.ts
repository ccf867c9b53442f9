import type { ImportReport } from '../../../../whiteboard/index.ts'

/** What is dragged from the library says that it is. */
export const ENTRY_TYPE = 'application/x-drawbridge-item'

/** Where the opening of files stands. */
export type ImportState =
  | { readonly type: 'idle' }
  | { readonly type: 'opening'; readonly name: string }
  /** Not all of it came onto the board. */
  | { readonly type: 'report'; readonly name: string; readonly report: ImportReport }
  /** Items were added to the library. */
  | { readonly type: 'library' }

const listeners = new Set<() => void>()
let state: ImportState = { type: 'idle' }

export const importState = (): ImportState => state

export const setImportState = (next: ImportState): void => {
  state = next
  for (const listener of listeners) listener()
}

export const watchImport = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
