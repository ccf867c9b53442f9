import type { EditorCore } from '../core.ts'
import type { TextInput } from './text-input.ts'
import type { TypingSession } from './typing-session.ts'

/** What tells that somebody is there, who may begin to type soon. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown'] as const

/** Letters that wait for the input over what they were typed into. */
interface Early {
  readonly session: TypingSession
  readonly letters: string
}

/**
 * The input over what is typed into, fetched with the first sign of life instead of with the board. Letters that are
 * typed before it has come are kept and put into it; where typing ends before, they are written as it ends.
 */
export class LateTextInput {
  readonly #core: EditorCore
  readonly #host: HTMLElement
  readonly #end = new AbortController()
  #input: TextInput | null = null
  #arrival: Promise<void> | null = null
  #early: Early | null = null
  readonly #fetch: () => Promise<{ readonly TextInput: typeof TextInput }>

  constructor(core: EditorCore, host: HTMLElement, fetch = () => import('./text-input.ts')) {
    this.#core = core
    this.#host = host
    this.#fetch = fetch
    const { signal } = this.#end
    for (const sign of SIGNS) window.addEventListener(sign, () => void this.load(), { signal, passive: true })
    window.addEventListener('keydown', (event) => this.#keep(event), { signal, capture: true })
    const endListening = core.onTyping(() => {
      if (this.#early && core.typing !== this.#early.session) this.#write(this.#early)
      if (core.typing) void this.load()
    })
    signal.addEventListener('abort', endListening)
  }

  dispose(): void {
    this.#end.abort()
    this.#input?.dispose()
  }

  /** Fetches the input, if it is not here or on its way; resolves when that is over. */
  async load(): Promise<void> {
    this.#arrival ??= this.#fetchInput()
    await this.#arrival
  }

  async #fetchInput(): Promise<void> {
    const module = await this.#fetch().catch(() => null)
    if (!module) this.#arrival = null
    if (!module || this.#end.signal.aborted) return
    this.#end.abort()
    this.#input = new module.TextInput(this.#core, this.#host)
    if (this.#early) this.#input.insert(this.#early.letters)
    this.#early = null
  }

  #keep(event: KeyboardEvent): void {
    const session = this.#core.typing
    if (!session || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return
    this.#early = { session, letters: (this.#early?.letters ?? '') + event.key }
    event.preventDefault()
    event.stopPropagation()
  }

  /** As the input would have: in place of all that was selected, or behind what is there. */
  #write({ session, letters }: Early): void {
    this.#early = null
    if (!this.#core.canEdit) return
    const value = session.at === null ? letters : session.value + letters
    session.write(value, value.length)
  }
}
