import type { ScreenPoint, WorldPoint } from '../../geometry/types.ts'

/** What became of a file. */
export interface ImportReport {
  /** How many elements it brought onto the board. */
  readonly added: number
  /** What it holds that is not on the board now, and why, in words for people; ids are the file's. */
  readonly skipped: readonly { readonly id: string; readonly reason: string }[]
  /** What is on the board, but not as the file has it. */
  readonly changed: readonly { readonly id: string; readonly reason: string }[]
}

export interface ImportOptions {
  /** Where on the canvas its middle goes; otherwise to its own place on an empty board, and beside what is on any other. */
  readonly at?: ScreenPoint
  /** The same as a point of the board. */
  readonly world?: WorldPoint
}

export type ExportFormat = 'excalidraw' | 'excalidrawlib' | 'json' | 'png' | 'svg'

export interface ExportOptions {
  readonly format: ExportFormat
  /** Of pictures: pixels for each board unit, 1 to 4. */
  readonly scale?: number
  /** Of pictures: whether the board's background is painted; otherwise they are transparent. */
  readonly background?: boolean
  /** The opposite of `background`. */
  readonly transparent?: boolean
  /** Of pictures: whether they look as on a dark board. */
  readonly dark?: boolean
  /** Only what is selected, with what frames among it carry. */
  readonly selectionOnly?: boolean
  /** Of pictures: whether they carry the drawing, so that it can be opened again. */
  readonly embedScene?: boolean
  /** Of pictures: board units left clear round the elements. */
  readonly padding?: number
  /** What the picture is called for those who cannot see it. */
  readonly title?: string
  readonly signal?: AbortSignal
  /** Told the part that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void
}

/** A picture's size in pixels, and the scale that it can be made in. */
export interface PictureSize {
  readonly width: number
  readonly height: number
  /** Smaller than was asked for where browsers could not hold the picture. */
  readonly scale: number
}

/** A drawing kept apart from boards, to be put on them. */
export interface LibraryEntry {
  readonly id: string
  readonly name: string
  /** In Excalidraw's form. */
  readonly elements: readonly unknown[]
}

/** Files of a board. All of it is fetched when it is first asked for. Failures are `Error`s whose words may be shown. */
export interface EditorFiles {
  /** Opens a file into this board, in one step of undo: a drawing of ours or of Excalidraw's, or a picture. */
  importFile(file: Blob, name: string, options?: ImportOptions): Promise<ImportReport>
  /** Opens what was dropped or chosen together: drawings one after the other, pictures side by side. Rejects for none. */
  importFiles(files: readonly File[], options?: ImportOptions): Promise<ImportReport>
  exportFile(options: ExportOptions): Promise<Blob>
  pictureSize(options: ExportOptions): Promise<PictureSize>
  /** What the selection (or everything) is as an item of a library. */
  libraryEntry(name: string): Promise<LibraryEntry>
  /** The items of a library file, and what of it cannot be read. */
  readLibrary(
    file: Blob,
  ): Promise<Pick<ImportReport, 'skipped'> & { readonly entries: readonly LibraryEntry[] }>
  writeLibrary(entries: readonly LibraryEntry[]): Promise<Blob>
  /** An item as it will look on the board, as SVG. */
  drawEntry(entry: LibraryEntry): Promise<string>
  /** Puts an item on the board, its middle at a point or in the middle of the view. */
  insertEntry(entry: LibraryEntry, at?: ScreenPoint): Promise<number>
}
