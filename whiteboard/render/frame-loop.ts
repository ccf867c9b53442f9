/** Milliseconds between frames while the page is not visible and the browser gives none. */
const HIDDEN_INTERVAL = 100

/** Calls `frame` before the next repaint whenever one was asked for. */
export class FrameLoop {
  readonly #frame: (now: number) => void
  #request = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #disposed = false

  constructor(frame: (now: number) => void) {
    this.#frame = frame
  }

  request(): void {
    if (this.#request !== 0 || this.#disposed) return
    this.#request = requestAnimationFrame(this.#run)
    if (document.hidden) this.#timer = setTimeout(() => this.#run(performance.now()), HIDDEN_INTERVAL)
  }

  dispose(): void {
    this.#disposed = true
    this.#clear()
  }

  #clear(): void {
    cancelAnimationFrame(this.#request)
    clearTimeout(this.#timer)
    this.#request = 0
  }

  readonly #run = (now: number): void => {
    this.#clear()
    if (!this.#disposed) this.#frame(now)
  }
}
