/** Why the server cannot start: one sentence for the person who started it, without a stack. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
}
