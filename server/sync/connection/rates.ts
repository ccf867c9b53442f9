import type { Limits } from '../limits.ts'
import type { Clock } from '../ports.ts'

/** What one connection may still send before it is slowed down. Full again after a while of less. */
export class Meter {
  private frames: number
  private bytes: number
  private controls: number
  private floodedFor = 0
  private isSpending = false
  private readonly rates: Rates
  private readonly events: MeterEvents

  constructor(rates: Rates, events: MeterEvents) {
    this.rates = rates
    this.events = events
    this.frames = rates.limits.framesBurst
    this.bytes = rates.limits.bytesBurst
    this.controls = rates.limits.controlsBurst
  }

  /** Counts a message; false when reading is to stop until `refilled`. */
  take(bytes: number): boolean {
    this.spend()
    this.frames--
    this.bytes -= bytes
    return this.frames >= 0 && this.bytes >= 0
  }

  /** Counts a ping or a pong. */
  takeControl(): void {
    this.spend()
    if (--this.controls < 0) this.events.flooded()
  }

  /** @param seconds since the last time; false when there is nothing more to refill */
  refill(seconds: number): boolean {
    const { limits } = this.rates
    this.floodedFor = this.frames < 0 ? this.floodedFor + seconds : Math.max(0, this.floodedFor - seconds)
    const wasDry = this.frames < 0 || this.bytes < 0
    this.frames = Math.min(limits.framesBurst, this.frames + seconds * limits.framesPerSecond)
    this.bytes = Math.min(limits.bytesBurst, this.bytes + seconds * limits.bytesPerSecond)
    this.controls = Math.min(limits.controlsBurst, this.controls + seconds * limits.controlsPerSecond)
    if (this.floodedFor * 1000 >= limits.floodPatience) this.events.flooded()
    else if (wasDry && this.frames >= 0 && this.bytes >= 0) this.events.refilled()
    this.isSpending = !this.isFull()
    return this.isSpending
  }

  /** The connection is over. */
  stop(): void {
    this.rates.forget(this)
  }

  private isFull(): boolean {
    const { framesBurst, bytesBurst, controlsBurst } = this.rates.limits
    const isFull = this.frames === framesBurst && this.bytes === bytesBurst && this.controls === controlsBurst
    return isFull && this.floodedFor === 0
  }

  private spend(): void {
    if (this.isSpending) return
    this.isSpending = true
    this.rates.watch(this)
  }
}

/** What a meter tells its connection. */
export interface MeterEvents {
  /** It may read on. */
  refilled(): void
  /** It was slowed down for so long, or pinged so often, that it is no honest client: end it. */
  flooded(): void
}

/**
 * Refills all meters that are not full, a few times a second: however many connections there are, there is one timer, and
 * none while nobody sends anything.
 */
export class Rates {
  readonly limits: Limits
  private readonly clock: Clock
  private readonly spending = new Set<Meter>()
  private cancel: (() => void) | null = null
  private refilledAt = 0

  constructor(clock: Clock, limits: Limits) {
    this.clock = clock
    this.limits = limits
  }

  watch(meter: Meter): void {
    this.spending.add(meter)
    if (this.cancel) return
    this.refilledAt = this.clock.now()
    this.next()
  }

  forget(meter: Meter): void {
    this.spending.delete(meter)
  }

  stop(): void {
    this.cancel?.()
    this.spending.clear()
  }

  private next(): void {
    this.cancel = this.clock.after(this.limits.rateTick, () => this.refill())
  }

  private refill(): void {
    this.cancel = null
    // By the clock, since a busy process comes late.
    const now = this.clock.now()
    const seconds = Math.max(0, now - this.refilledAt) / 1000
    this.refilledAt = now
    for (const meter of [...this.spending]) if (!meter.refill(seconds)) this.spending.delete(meter)
    if (this.spending.size > 0) this.next()
  }
}
