import type { Draft } from '../model/draft.ts'
import { LateCode } from '../model/late-code.ts'

/** What shows moves of many elements as a whole; until it is here, they are shown one by one. */
export const shifting = new LateCode(() => import('./shifting.ts'))

/** Has it come for the first draft that may be such a move. */
export class LateShifting {
  readonly #came: () => void
  #loading = false

  /** @param came Called when it has arrived. */
  constructor(came: () => void) {
    this.#came = came
  }

  /** Whether it is on its way. */
  get busy(): boolean {
    return this.#loading
  }

  wantFor(drafts: readonly (Draft | null)[]): void {
    if (shifting.here || this.#loading || !drafts.some((draft) => draft?.type === 'translate')) return
    this.#loading = true
    void shifting.prepare().then(() => {
      this.#loading = false
      if (shifting.here) this.#came()
    })
  }
}
