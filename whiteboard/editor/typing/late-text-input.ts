import type { EditorCore } from '../core.ts'
import type { TextInput } from './text-input.ts'

/** What tells that somebody is there, who may begin to type soon. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown'] as const

/**
 * The input over what is typed into, fetched with the first sign of life instead of with the board. Letters that are
 * typed before it has come are kept and put into it.
 */
export class LateTextInput {
  readonly #core: EditorCore
  readonly #host: HTMLElement
  readonly #end = new AbortController()
  #input: TextInput | null = null
  #isLoading = false
  #early = ''

  constructor(core: EditorCore, host: HTMLElement) {
    this.#core = core
    this.#host = host
    const { signal } = this.#end
    for (const sign of SIGNS)
      window.addEventListener(sign, () => void this.#load(), { signal, passive: true })
    window.addEventListener('keydown', (event) => this.#keep(event), { signal, capture: true })
    const endListening = core.onTyping(() => void (core.typing && this.#load()))
    signal.addEventListener('abort', endListening)
  }

  dispose(): void {
    this.#end.abort()
    this.#input?.dispose()
  }

  async #load(): Promise<void> {
    if (this.#input || this.#isLoading) return
    this.#isLoading = true
    const module = await import('./text-input.ts').catch(() => null)
    this.#isLoading = false
    if (!module || this.#end.signal.aborted) return
    this.#end.abort()
    this.#input = new module.TextInput(this.#core, this.#host)
    this.#input.insert(this.#early)
  }

  #keep(event: KeyboardEvent): void {
    if (!this.#core.typing || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return
    this.#early += event.key
    event.preventDefault()
    event.stopPropagation()
  }
}
