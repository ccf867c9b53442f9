import type { BoardReader } from '../model/board.ts'

type Marks = typeof import('./overlay-marks.ts')

/** The painters of frames' names and of links' signs, which most boards never need. */
export class LateMarks {
  readonly #came: () => void
  #marks: Marks | null = null
  #loading = false

  /** @param came Called when they have arrived. */
  constructor(came: () => void) {
    this.#came = came
  }

  /** Whether they are on their way. */
  get busy(): boolean {
    return this.#loading
  }

  /** Null while they are not needed, or not here yet. */
  for(board: BoardReader): Marks | null {
    const isNeeded = board.frames.length > 0 || board.linked.length > 0
    if (isNeeded && !this.#marks && !this.#loading) void this.#load()
    return this.#marks
  }

  async #load(): Promise<void> {
    this.#loading = true
    this.#marks = await import('./overlay-marks.ts').catch(() => null)
    this.#loading = false
    if (this.#marks) this.#came()
  }
}
