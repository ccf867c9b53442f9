import type { Notice } from '../../../whiteboard/collab/protocol.ts'
import type { Limits } from '../limits.ts'
import type { Clock } from '../ports.ts'
import type { Novelty } from '../relay/update-join.ts'
import { DocumentSize } from './document-size.ts'

/** Somebody at a board that may get full. */
export interface Filler {
  readonly canWrite: boolean
  notify(notice: Notice): void
  /** Asks for what the server lacks, unless the answer is due already. */
  askAgain(): void
}

export interface SizeWatchOptions<Member> {
  /** Of the document as it was stored. */
  readonly bytes: number
  readonly limits: Limits
  readonly clock: Clock
  readonly members: ReadonlySet<Member>
  /** The length of the encoded document. */
  readonly measure: () => number
}

/**
 * Sees to it that a board gets no larger than it may. What there is no room for is not taken, and nobody is closed for it:
 * whoever came again would bring it again. Its author is told, keeps it, and is asked for it once there is room.
 */
export class SizeWatch<Member extends Filler> {
  private readonly size: DocumentSize
  private readonly told = new WeakSet<Member>()
  /** Whose insertions were not taken, and how many bytes it was of late. */
  private readonly refused = new Map<Member, number>()
  private readonly options: SizeWatchOptions<Member>
  private cancel: (() => void) | null = null

  constructor(options: SizeWatchOptions<Member>) {
    this.options = options
    const { bytes, limits, clock, measure, members } = options
    const onNearlyFull = (): void => {
      for (const member of members) this.warn(member)
    }
    this.size = new DocumentSize({ bytes, limits, clock, measure, onNearlyFull })
  }

  joined(member: Member): void {
    if (this.size.isNearlyFull) this.warn(member)
  }

  left(member: Member): void {
    this.refused.delete(member)
  }

  grown(novelty: Novelty): void {
    this.size.grown(novelty)
  }

  /** The document is being encoded from now on: returns what is to be told its length then. */
  measuring(): (bytes: number) => void {
    return this.size.measuring()
  }

  /** Whether what somebody adds may be taken; remembers them when not. */
  fits(member: Member, bytes: number): boolean {
    if (this.size.fits(bytes)) return true
    if (!this.refused.has(member)) member.notify({ type: 'size', level: 'full' })
    this.refused.set(member, bytes)
    this.watch()
    return false
  }

  /** Whether somebody has what was not taken. */
  isRefused(member: Member): boolean {
    return this.refused.has(member)
  }

  /** All that somebody has was taken. */
  accepted(member: Member): void {
    if (this.refused.delete(member)) member.notify({ type: 'size', level: 'fine' })
  }

  stop(): void {
    this.cancel?.()
    this.cancel = null
  }

  private watch(): void {
    this.cancel ??= this.options.clock.after(this.options.limits.documentMeasure, () => this.lookAgain())
  }

  private lookAgain(): void {
    this.cancel = null
    if (this.size.isEstimate) {
      for (const [member, bytes] of this.refused) if (this.size.fits(bytes)) member.askAgain()
    }
    if (this.refused.size > 0) this.watch()
  }

  private warn(member: Member): void {
    if (!member.canWrite || this.told.has(member)) return
    this.told.add(member)
    member.notify({ type: 'size', level: 'nearly-full' })
  }
}
