import type { EditorCore } from '../core.ts'
import type { EditorFiles } from './types.ts'

/** Files of the board that `core` shows; what reads and writes them is fetched with the first one. */
export const createFiles = (core: EditorCore): EditorFiles => ({
  importFile: async (file, name, options) =>
    (await import('./import-file.ts')).importFile(core, file, name, options),
  importFiles: async (files, options) => (await import('./import-file.ts')).importFiles(core, files, options),
  exportFile: async (options) => (await import('./export-file.ts')).exportFile(core, options),
  pictureSize: async (options) => (await import('./export-file.ts')).pictureSize(core, options),
  libraryEntry: async (name) => (await import('./library.ts')).libraryEntry(core, name),
  readLibrary: async (file) => (await import('./library.ts')).readLibraryFile(file),
  writeLibrary: async (entries) => (await import('./library.ts')).writeLibraryFile(entries),
  drawEntry: async (entry) => (await import('./library.ts')).drawEntry(core, entry),
  insertEntry: async (entry, at) => (await import('./library.ts')).insertEntry(core, entry, at),
})
