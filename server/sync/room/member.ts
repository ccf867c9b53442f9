import type { CloseCode, Identity, Notice } from '../../../whiteboard/collab/protocol.ts'
import type { Incomplete } from '../gate/gate.ts'
import type { Onlooker } from '../relay/presence-relay.ts'
import type { Author } from '../saving/save-target.ts'
import type { Message } from '../socket.ts'
import type { ApplyOutcome } from './document.ts'
import type { Waiting } from './repairs.ts'

/** What a room knows of a connection. None of these throws. */
export interface Member extends Author, Waiting, Onlooker {
  readonly identity: Identity
  readonly canWrite: boolean
  send(frame: Uint8Array): void
  /** Sends a change of the board; who is too slow to get it catches up later. */
  deliver(message: Message): void
  /** Sends what somebody lacks who has `stateVector`. */
  answer(messages: readonly Message[], stateVector: Uint8Array): void
  notify(notice: Notice): void
  end(code: CloseCode, reason: string): void
}

/** An update frame as it came. */
export interface IncomingUpdate {
  /** The whole frame: passed on as it is when it is an update already. */
  readonly frame: Uint8Array
  readonly update: Uint8Array
  readonly isStep2: boolean
  /** Which of the author's update frames this is, from 1. */
  readonly number: number
  /** Whether to take what is admissible of it when not all is. */
  readonly takesPart: boolean
}

export type UpdateOutcome = Exclude<ApplyOutcome['type'], 'applied'> | 'accepted' | 'overloaded' | 'broken'

export const isIncomplete = (outcome: UpdateOutcome): outcome is Incomplete =>
  outcome === 'gap' || outcome === 'early-delete' || outcome === 'foreign'
