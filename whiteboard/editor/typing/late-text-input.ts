import { fetchLateCommands } from '../commands/index.ts'
import type { EditorCore } from '../core.ts'
import type { TextInput } from './text-input.ts'
import type { TypingSession } from './typing-session.ts'

/** What tells that somebody is there, who may begin to type soon. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown'] as const

/** Keys that wait for the input over what they were typed into. */
interface Early {
  readonly session: TypingSession
  readonly keys: readonly KeyboardEvent[]
}

const isLetter = ({ key }: KeyboardEvent): boolean => key.length === 1

/** With the commands, for some keys that are typed run one: Tab goes on to the next note. */
const fetchInput = async (): Promise<{ readonly TextInput: typeof TextInput }> => {
  const [module] = await Promise.all([import('./text-input.ts'), fetchLateCommands().catch(() => null)])
  return module
}

/**
 * The input over what is typed into, fetched with the first sign of life instead of with the board. What is typed before
 * it has come is kept and pressed again in it; where typing ends before, the letters are written as it ends.
 */
export class LateTextInput {
  readonly #core: EditorCore
  readonly #host: HTMLElement
  readonly #end = new AbortController()
  #input: TextInput | null = null
  #arrival: Promise<void> | null = null
  #early: Early | null = null
  readonly #fetch: () => Promise<{ readonly TextInput: typeof TextInput }>

  constructor(core: EditorCore, host: HTMLElement, fetch = fetchInput) {
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
    for (const key of this.#early?.keys ?? []) this.#input.press(key)
    this.#early = null
  }

  /** Letters and Tab, and whatever comes after a Tab: only the input knows where that leads. */
  #keep(event: KeyboardEvent): void {
    const session = this.#core.typing
    if (!session || event.ctrlKey || event.metaKey || event.altKey) return
    const keys = this.#early?.keys ?? []
    if (!isLetter(event) && event.key !== 'Tab' && keys.every(isLetter)) return
    this.#early = { session, keys: [...keys, event] }
    event.preventDefault()
    event.stopPropagation()
  }

  /** As the input would have: in place of all that was selected, or behind what is there. */
  #write({ session, keys }: Early): void {
    this.#early = null
    if (!this.#core.canEdit) return
    const end = keys.findIndex((key) => !isLetter(key))
    const letters = keys
      .slice(0, end < 0 ? keys.length : end)
      .map(({ key }) => key)
      .join('')
    const value = session.at === null ? letters : session.value + letters
    session.write(value, value.length)
  }
}
