import type { Peer } from '../model/presence.ts'

/** Milliseconds for which a caret that has moved shows its owner's name. */
export const FLAG_SHOWN = 2500

interface Moved {
  readonly place: string
  readonly at: number
}

/** Which peers' carets show a name: those that moved of late, for a name that stays would lie on the line above. */
export class CaretFlags {
  #moved: ReadonlyMap<number, Moved> = new Map()

  /**
   * Takes notice of where carets are at `now`, in milliseconds. Answers how long it is until the next name goes, or null
   * when none is shown.
   */
  update(peers: readonly Peer[], now: number): number | null {
    const moved = new Map<number, Moved>()
    let next: number | null = null
    for (const { clientId, caret } of peers) {
      if (!caret) continue
      const place = `${caret.element} ${caret.start} ${caret.end}`
      const before = this.#moved.get(clientId)
      const known = before?.place === place ? before : { place, at: now }
      moved.set(clientId, known)
      const left = known.at + FLAG_SHOWN - now
      if (left > 0) next = Math.min(next ?? left, left)
    }
    this.#moved = moved
    return next
  }

  isShown(clientId: number, now: number): boolean {
    const moved = this.#moved.get(clientId)
    return moved !== undefined && now - moved.at < FLAG_SHOWN
  }
}
