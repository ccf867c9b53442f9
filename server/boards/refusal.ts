/** Why something that was asked for is not done. The HTTP layer maps each to a status in one table. */
export type RefusalCode =
  | 'invalid'
  | 'signed-out'
  | 'not-allowed'
  | 'not-found'
  | 'link-dead'
  | 'email-taken'
  | 'weak-password'
  | 'wrong-password'
  | 'foreign-origin'
  | 'not-json'
  | 'full'
  | 'too-large'
  | 'too-many'
  | 'unreadable'
  | 'internal'
  | 'unavailable'

/** An answer of "no" that is meant for the person who asked: `message` is a plain sentence that may be shown. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  /** Seconds after which asking again makes sense, where that is known. */
  readonly retryAfter: number | undefined

  constructor(code: RefusalCode, message: string, retryAfter?: number) {
    super(message)
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** One answer for a board that does not exist, is in the bin, or belongs to others, so that nobody can tell which. */
export const boardNotFound = (): Refusal =>
  new Refusal('not-found', 'There is no such board, or it is not shared with you.')

/** One answer for share links that never existed, were revoked, expired, or lead to a deleted board. */
export const linkDead = (): Refusal =>
  new Refusal('link-dead', 'This link does not work any more. Ask the person who sent it for a new one.')
