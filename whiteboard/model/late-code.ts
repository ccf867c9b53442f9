/** Code that is fetched when it is first wanted, once, however many want it. */
export class LateCode<Code> {
  readonly #load: () => Promise<Code>
  #here: Code | null = null
  #coming: Promise<Code> | null = null

  constructor(load: () => Promise<Code>) {
    this.#load = load
  }

  /** Null until it has come. */
  get here(): Code | null {
    return this.#here
  }

  /** Rejects when it cannot be had now; whoever asks again has it tried again. */
  fetch(): Promise<Code> {
    this.#coming ??= this.#load().then(
      (code) => {
        this.#here = code
        return code
      },
      (error: unknown) => {
        this.#coming = null
        throw error
      },
    )
    return this.#coming
  }

  /** The same for those who do without it until then; never rejects. */
  async prepare(): Promise<void> {
    await this.fetch().catch(() => null)
  }
}
