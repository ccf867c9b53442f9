import type { Draft } from '../model/draft.ts'

type Shifting = typeof import('./shifting.ts')

let shifting: Shifting | null = null
let coming: Promise<void> | null = null

/** What shows moves of many elements as a whole; null until it is here, and they are shown one by one. */
export const shiftingIfHere = (): Shifting | null => shifting

/** Fetches it; never rejects: it is asked for again with the next move. */
export const fetchShifting = (): Promise<void> => {
  coming ??= import('./shifting.ts').then(
    (module) => {
      shifting = module
    },
    () => {
      coming = null
    },
  )
  return coming
}

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
    if (shifting || this.#loading || !drafts.some((draft) => draft?.type === 'translate')) return
    this.#loading = true
    void fetchShifting().then(() => {
      this.#loading = false
      if (shifting) this.#came()
    })
  }
}
