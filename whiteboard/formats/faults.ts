/** A file that cannot be opened, and why, in a sentence for people. */
export class FileFault extends Error {
  override readonly name = 'FileFault'
}

/** Bytes of a file that is opened. */
export const MAX_FILE_BYTES = 100 * 1024 * 1024

/** Elements that a board takes from one file at once. */
export const MAX_ELEMENTS = 50_000

const count = (value: number): string => value.toLocaleString('en')

export const tooLarge = (): FileFault =>
  new FileFault(
    `This file is too large. Files of up to ${count(MAX_FILE_BYTES / 1024 / 1024)} MB can be opened.`,
  )

export const tooMany = (found: number): FileFault =>
  new FileFault(
    `This file has ${count(found)} elements. A board takes up to ${count(MAX_ELEMENTS)} from one file.`,
  )

export const damaged = (): FileFault => new FileFault('This file is damaged and cannot be read.')

export const noDrawing = (): FileFault =>
  new FileFault(
    'This is not a drawing that can be opened here: neither Drawbridge, Excalidraw, nor an image.',
  )
