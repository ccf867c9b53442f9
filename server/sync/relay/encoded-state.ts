import type { Limits } from '../limits.ts'
import type { Clock } from '../ports.ts'
import { type Message, toMessage } from '../socket.ts'
import { step2Frame, updateFrame } from '../wire.ts'
import { encodeJoins, type Novelty, UpdateJoin } from './update-join.ts'

/** The document, as far as it is encoded here. */
export interface Encodable {
  /** What somebody lacks who has `stateVector`; everything when it is left out. */
  missingFrom(stateVector?: Uint8Array): Uint8Array
  /** All of it, in turns with everybody else; perhaps with some of what it came to hold since this was called. */
  encode(): Promise<Uint8Array>
  /** Whether encoding all of it takes long. */
  readonly isLarge: boolean
  /** Which part of all that was ever written somebody lacks who has `stateVector`, from 0 to 1. */
  lacking(stateVector: Uint8Array): number
}

/** Who lacks more than this gets everything: that is at hand, and what only they lack would have to be encoded for them. */
const MUCH = 0.25

/** All of the document as it was once, and what came to it since. */
interface Whole {
  readonly state: Uint8Array
  /** The state as an answer by itself, and as the first part of one. */
  answer: Message | null
  beginning: Message | null
  readonly since: UpdateJoin
  /** `since` as the rest of an answer. */
  rest: Message | null
}

/** All of the document that is being encoded, and what came to it since that began. */
interface Coming {
  readonly since: UpdateJoin
  /** Resolves when it is there, or will not be. */
  readonly done: Promise<void>
}

/** A state vector of nothing: no client ids. */
const isEmpty = (stateVector: Uint8Array): boolean => stateVector.length === 1 && stateVector[0] === 0

/**
 * Answers those who ask for what they lack. Encoding a large document takes long, so what newcomers get is kept for a while
 * and only completed by what was drawn since, and those who ask alike get the same bytes.
 */
export class EncodedState {
  private whole: Whole | null
  /** Null while nothing is being encoded, and when the document has changed in a way that cannot be added to it. */
  private coming: Coming | null = null
  /** The last answer to somebody who had something, for as long as nothing changes. */
  private last: { readonly stateVector: Uint8Array; readonly answer: Message } | null = null
  private usedAt: number
  private cancel: (() => void) | null = null
  private readonly document: Encodable
  private readonly clock: Clock
  private readonly limits: Limits

  /** @param state the whole document, where it is at hand */
  constructor(document: Encodable, clock: Clock, limits: Limits, state: Uint8Array | null) {
    this.document = document
    this.clock = clock
    this.limits = limits
    this.usedAt = clock.now()
    this.whole = null
    if (state) this.keep(state)
  }

  /** The document has got something new. */
  grown(novelty: Novelty): void {
    this.last = null
    const { whole, coming } = this
    if (coming?.since.fits(novelty)) coming.since.add(novelty)
    else this.coming = null
    if (!whole) return
    whole.rest = null
    if (whole.since.fits(novelty)) whole.since.add(novelty)
    if (novelty.runs === null || this.isOutgrown(whole)) this.whole = null
  }

  /** The document has changed in a way that nobody followed. */
  forget(): void {
    this.last = null
    this.whole = null
    this.coming = null
  }

  /** Gets ready to answer where that takes long. Null where it does not; otherwise resolves when `answer` takes no time. */
  prepare(stateVector: Uint8Array): Promise<void> | null {
    if (this.whole || !this.document.isLarge || !this.lacksMuch(stateVector)) return null
    this.coming ??= this.encode()
    return this.coming.done
  }

  /** The frames that bring somebody up to date, the last of them a step 2. */
  answer(stateVector: Uint8Array): Message[] {
    this.used()
    if (this.last && Buffer.compare(this.last.stateVector, stateVector) === 0) return [this.last.answer]
    if (this.lacksMuch(stateVector)) return this.everything()
    const answer = toMessage(step2Frame(this.document.missingFrom(stateVector)))
    this.last = { stateVector: new Uint8Array(stateVector), answer }
    return [answer]
  }

  stop(): void {
    this.cancel?.()
    this.cancel = null
    this.forget()
  }

  private everything(): Message[] {
    const whole = this.whole ?? this.keep(this.document.missingFrom())
    if (whole.since.isEmpty) {
      whole.answer ??= toMessage(step2Frame(whole.state))
      return [whole.answer]
    }
    whole.answer = null
    whole.beginning ??= toMessage(updateFrame(whole.state))
    whole.rest ??= toMessage(step2Frame(encodeJoins([whole.since])))
    return [whole.beginning, whole.rest]
  }

  private lacksMuch(stateVector: Uint8Array): boolean {
    return isEmpty(stateVector) || this.document.lacking(stateVector) > MUCH
  }

  private encode(): Coming {
    const since = new UpdateJoin()
    const finish = (state: Uint8Array | null): void => {
      if (this.coming?.since !== since) return
      this.coming = null
      if (state) this.keep(state, since)
    }
    const done = this.document.encode().then(finish, () => finish(null))
    return { since, done }
  }

  private keep(state: Uint8Array, since = new UpdateJoin()): Whole {
    this.whole = { state, answer: null, beginning: null, since, rest: null }
    this.used()
    return this.whole
  }

  /** Small documents are encoded anew in no time. */
  private isOutgrown({ state, since }: Whole): boolean {
    return state.length < this.limits.stateWorth || since.size > state.length / 4
  }

  private used(): void {
    this.usedAt = this.clock.now()
    this.cancel ??= this.clock.after(this.limits.stateKept, () => this.expire())
  }

  private expire(): void {
    this.cancel = null
    const left = this.usedAt + this.limits.stateKept - this.clock.now()
    if (left > 0) this.cancel = this.clock.after(left, () => this.expire())
    else this.forget()
  }
}
