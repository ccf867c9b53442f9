/** Keeps what was worked out for objects, each in one or several forms, as long as it is asked for now and then. */
export interface Recent<Owner extends object, Value> {
  get(owner: Owner, form: string): Value | undefined
  /** @param weight How much it holds, in the unit of the limit. */
  set(owner: Owner, form: string, value: Value, weight: number): Value
}

interface Kept<Value> {
  readonly value: Value
  readonly weight: number
}

/**
 * Two generations: what is asked for moves into the younger one, and when that has grown to `limit`, the older one is
 * forgotten. So twice the limit is held at most, besides one value that is larger than that; what is in use stays; and
 * asking costs hardly more than a plain map would. What belongs to objects that are gone goes with them.
 */
export const createRecent = <Owner extends object, Value>(limit: number): Recent<Owner, Value> =>
  new TwoGenerations<Owner, Value>(limit)

class TwoGenerations<Owner extends object, Value> implements Recent<Owner, Value> {
  readonly #limit: number
  #young = new WeakMap<Owner, Map<string, Kept<Value>>>()
  #old = new WeakMap<Owner, Map<string, Kept<Value>>>()
  #weight = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get(owner: Owner, form: string): Value | undefined {
    const young = this.#young.get(owner)?.get(form)
    if (young) return young.value
    const old = this.#old.get(owner)?.get(form)
    if (old) this.#add(owner, form, old)
    return old?.value
  }

  set(owner: Owner, form: string, value: Value, weight: number): Value {
    this.#add(owner, form, { value, weight })
    return value
  }

  #add(owner: Owner, form: string, kept: Kept<Value>): void {
    if (this.#weight >= this.#limit) {
      this.#old = this.#young
      this.#young = new WeakMap()
      this.#weight = 0
    }
    this.#weight += kept.weight
    const forms = this.#young.get(owner)
    if (forms) forms.set(form, kept)
    else this.#young.set(owner, new Map([[form, kept]]))
  }
}
