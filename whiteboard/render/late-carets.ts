import type { Peer } from '../model/presence.ts'
import type { PeerCarets } from './overlay-carets.ts'

/** Milliseconds beyond the last one in which a name is shown. */
const AFTERWARDS = 20

/** Where others type, whose code is fetched with the first of them. Names at carets go by themselves after a while. */
export class LateCarets {
  readonly #changed: () => void
  #carets: PeerCarets | null = null
  #peers: readonly Peer[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #disposed = false

  /** @param changed Called when they look different by themselves. */
  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** Null until somebody types. */
  get painter(): PeerCarets | null {
    return this.#carets
  }

  update(peers: readonly Peer[]): void {
    this.#peers = peers
    clearTimeout(this.#timer)
    if (!this.#carets) {
      if (peers.some(({ caret }) => caret)) void this.#load()
      return
    }
    const left = this.#carets.update(peers)
    if (left !== null) this.#timer = setTimeout(() => this.#show(), left + AFTERWARDS)
  }

  dispose(): void {
    this.#disposed = true
    clearTimeout(this.#timer)
  }

  #show(): void {
    this.#changed()
    this.update(this.#peers)
  }

  async #load(): Promise<void> {
    const module = await import('./overlay-carets.ts').catch(() => null)
    if (!module || this.#carets || this.#disposed) return
    this.#carets = new module.PeerCarets()
    this.#show()
  }
}
