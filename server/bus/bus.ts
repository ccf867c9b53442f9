/** What a subscriber is told. Neither may throw. */
export interface BusListener {
  /** A message that another node published. The bytes belong to the listener. */
  message(payload: Uint8Array, from: string): void
  /** Messages may have been missed until now; from now on they come in again. */
  restored(): void
}

export interface Subscription {
  /**
   * Resolves once messages come in, or at once when that is impossible for now: then `restored` is called later. Never
   * rejects.
   */
  readonly ready: Promise<void>
  end(): void
}

export interface PublishOptions {
  /** The first to be dropped when there is too much to send. */
  readonly expendable?: boolean
}

/**
 * How the nodes of one installation talk to each other: a hint, never the truth. Messages may be lost, and one that came in
 * says nothing about those before it; what counts stands in the database. Every implementation passes
 * `test/support/bus-contract.ts`.
 */
export interface Bus {
  /** This node's name, another one after each start. */
  readonly node: string
  /** Whether there can be other nodes at all. */
  readonly isShared: boolean
  /** Sends to the subscribers of the topic on all other nodes. Never throws and never waits: what cannot be sent is dropped. */
  publish(topic: string, payload: Uint8Array, options?: PublishOptions): void
  subscribe(topic: string, listener: BusListener): Subscription
  close(): Promise<void>
}
