import type { WorldPoint } from '../geometry/types.ts'
import { worldPoint } from '../geometry/types.ts'
import type { Peer } from '../model/presence.ts'

/** Milliseconds in which a shown cursor makes up about two thirds of its way to where it is. */
const PACE = 55
/** CSS pixels at which it has arrived. */
const ARRIVED = 0.3
/** CSS pixels over which it jumps. */
const JUMP = 1500

/** Where each peer's cursor is shown: presence comes a few times a second, the eye wants it every frame. */
export class CursorMotion {
  readonly #shown = new Map<number, WorldPoint>()

  at(clientId: number): WorldPoint | undefined {
    return this.#shown.get(clientId)
  }

  /** Moves on by `elapsed` milliseconds; true while a cursor has not arrived. */
  advance(peers: readonly Peer[], elapsed: number, zoom: number): boolean {
    const present = new Set<number>()
    let moving = false
    for (const { clientId, cursor } of peers) {
      if (cursor === null) continue
      present.add(clientId)
      const next = this.#next(this.#shown.get(clientId), cursor, elapsed, zoom)
      if (next !== cursor) moving = true
      this.#shown.set(clientId, next)
    }
    for (const clientId of this.#shown.keys()) if (!present.has(clientId)) this.#shown.delete(clientId)
    return moving
  }

  #next(shown: WorldPoint | undefined, target: WorldPoint, elapsed: number, zoom: number): WorldPoint {
    if (shown === undefined) return target
    const dx = target[0] - shown[0]
    const dy = target[1] - shown[1]
    const distance = Math.hypot(dx, dy) * zoom
    if (!(distance > ARRIVED) || distance > JUMP) return target
    const part = 1 - Math.exp(-Math.max(1, elapsed) / PACE)
    return worldPoint(shown[0] + dx * part, shown[1] + dy * part)
  }
}
