import type { Incomplete } from '../gate/gate.ts'

/** The connection that somebody writes over. */
export interface Asking {
  /** Asks the client for what it has that the server has not: sends a step 1. */
  ask(): void
  strike(what: string): void
}

/** Frames whose saving waits for a repair: those from `from` on count as saved only once frame `until` is. */
interface Held {
  readonly from: number
  readonly until: number
}

/**
 * How the updates of one editor's connection stand.
 *
 * A client is heard out when its answer to the server's question was taken as a whole. Until then it may honestly send what
 * the gate does not admit: structs of others that this server lost, or has not got yet, and what builds on them. Afterwards
 * server and client have the same, and no honest client sends such things.
 */
export class Writing {
  private readonly connection: Asking
  private readonly fullPatience: number
  private frames = 0
  private held: Held | null = null
  private isAsked = true
  private isHeardOut = false
  private patience: number
  /** Whether something was left out since the client was asked. */
  private isBroken = false

  /** @param patience how many frames may be incomplete before the client is heard out; further ones are strikes */
  constructor(connection: Asking, patience: number) {
    this.connection = connection
    this.fullPatience = patience
    this.patience = patience
  }

  /** Numbers the next update frame, from 1. */
  next(): number {
    return ++this.frames
  }

  /** Whether what is admissible of an update is to be taken when not all of it is. */
  get takesPart(): boolean {
    return !this.isHeardOut
  }

  /** Whether something of the answer that is coming was left out already. */
  get isAnswerBroken(): boolean {
    return this.isBroken
  }

  /**
   * The answer has ended without being whole. Who had been heard out has all that is missing: something else was on its way
   * when they were asked.
   */
  answered(): void {
    this.isAsked = false
    if (this.isHeardOut) this.ask()
  }

  accepted(isStep2: boolean, number: number): void {
    if (!isStep2) return
    this.isAsked = false
    this.isHeardOut = true
    if (this.held?.until === Number.POSITIVE_INFINITY) this.held = { ...this.held, until: number }
  }

  incomplete(what: Incomplete, isStep2: boolean, number: number): void {
    this.isBroken = true
    this.held = { from: this.held?.from ?? number, until: Number.POSITIVE_INFINITY }
    if (isStep2) this.isAsked = false
    if (!this.isHeardOut) {
      if (--this.patience < 0) this.connection.strike(`update: ${what}`)
      return
    }
    // A step 2 holds all that the client has: asking again would not close its gap.
    if (isStep2 || what !== 'gap') this.connection.strike(`update: ${what}`)
    this.ask()
  }

  /** There was no room for it. The client has what the server has not, and what it does next may build on that. */
  full(isStep2: boolean, number: number): void {
    this.isBroken = true
    this.held = { from: this.held?.from ?? number, until: Number.POSITIVE_INFINITY }
    if (isStep2) this.isAsked = false
    this.isHeardOut = false
    this.patience = this.fullPatience
  }

  /** Asks, unless an answer is due already. */
  ask(): void {
    if (this.isAsked) return
    this.isAsked = true
    this.isBroken = false
    this.connection.ask()
  }

  /** Whether it is true to tell the client that so many of its frames are saved. */
  maySay(frames: number): boolean {
    if (this.held && frames >= this.held.from && frames < this.held.until) return false
    if (this.held && frames >= this.held.until) this.held = null
    return true
  }
}
