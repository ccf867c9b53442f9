import type { ScreenPoint } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'
import type { RawPointer } from './navigation.ts'

/** Milliseconds from the first finger down to the last one up. */
const LONGEST = 400
/** Milliseconds within which all fingers come down. */
const TOGETHER = 200
/** CSS pixels that a finger may stray. */
const SLOP = 12

/** Recognises quick taps of two or three fingers at once, which undo and redo. Knows nothing but the fingers. */
export class TouchTaps {
  readonly #down = new Map<number, ScreenPoint>()
  #fingers = 0
  #since = 0
  #spoiled = false

  /** Whether this is the first finger, or joins others. */
  down({ pointerId, screen, timeStamp }: RawPointer): 'first' | 'further' {
    const isFirst = this.#down.size === 0
    if (isFirst) {
      this.#since = timeStamp
      this.#fingers = 0
      this.#spoiled = false
    }
    if (timeStamp - this.#since > TOGETHER) this.#spoiled = true
    this.#down.set(pointerId, screen)
    this.#fingers = Math.max(this.#fingers, this.#down.size)
    return isFirst ? 'first' : 'further'
  }

  move({ pointerId, screen }: RawPointer): void {
    const start = this.#down.get(pointerId)
    if (start && distance(screen, start) > SLOP) this.#spoiled = true
  }

  /** How many fingers tapped, when the last of them is lifted; null if it was no tap of several. */
  up(raw: RawPointer): 2 | 3 | null {
    this.move(raw)
    if (!this.#down.delete(raw.pointerId) || this.#down.size > 0) return null
    if (this.#spoiled || raw.timeStamp - this.#since > LONGEST) return null
    return this.#fingers === 2 || this.#fingers === 3 ? this.#fingers : null
  }

  /** The browser took a finger away: whatever this was, it was no tap. */
  cancel(pointerId: number): void {
    this.#down.delete(pointerId)
    this.#spoiled = true
  }

  reset(): void {
    this.#down.clear()
    this.#spoiled = true
  }
}
