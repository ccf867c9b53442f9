/** Why an update is not looked at any further. */
export class UpdateRefusal extends Error {
  override readonly name = 'UpdateRefusal'
  readonly reason: 'malformed' | 'too-large'
  constructor(reason: 'malformed' | 'too-large', detail: string) {
    super(detail)
    this.reason = reason
  }
}
