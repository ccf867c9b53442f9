/** That a client id is a person's. */
export type Claim = readonly [client: number, person: string]

const none: readonly Claim[] = []

/** Client ids. */
const MOST_RESERVED = 2000
/** Guests: every room hears of all of them, and what they still send comes within seconds. */
const MOST_MOVED = 100

const dropOldest = (map: Map<unknown, unknown>, most: number): void => {
  if (map.size > most) map.delete(map.keys().next().value)
}

/** Whose a document's client ids are, by person. An id that has an owner keeps it. */
export class Owners {
  private readonly persons: Map<number, string>
  private readonly reserved = new Map<number, string>()
  private fresh: Claim[] = []
  /** Guests who are somebody else now: what of theirs is still on its way is that person's. The newest are remembered. */
  private readonly moved = new Map<string, string>()
  private readonly isOpen: boolean

  /** @param isOpen in a recovery window everybody may bring in again what others wrote, and nothing is claimed */
  constructor(stored: ReadonlyMap<number, string>, isOpen = false) {
    this.persons = new Map(stored)
    this.isOpen = isOpen
  }

  ownerOf(client: number): string | undefined {
    return this.isOpen ? undefined : (this.persons.get(client) ?? this.reserved.get(client))
  }

  /** Who somebody is by now. */
  nameOf(person: string): string {
    return this.moved.get(person) ?? person
  }

  /** Those of the ids that are nobody's are the person's from now on. */
  claim(clients: readonly number[], person: string): void {
    if (this.isOpen) return
    for (const client of clients) {
      if (this.persons.has(client)) continue
      this.persons.set(client, person)
      this.reserved.delete(client)
      this.fresh.push([client, person])
    }
  }

  /** The person writes under these ids: what was only reserved is to be stored now. */
  use(runs: readonly { readonly client: number }[], person: string): void {
    if (this.reserved.size === 0) return
    for (const { client } of runs) if (this.reserved.get(client) === person) this.claim([client], person)
  }

  /** What another server wanted to store; whether it could, where two wanted the same, only the storage knows. */
  hear(wanted: Iterable<Claim>): void {
    for (const [client, person] of wanted) {
      if (this.persons.has(client)) continue
      this.persons.set(client, person)
      this.reserved.delete(client)
    }
  }

  /** Takes over what is stored, or what a change of accounts says. */
  learn(stored: Iterable<readonly [client: number, person: string]>): void {
    for (const [client, person] of stored) this.persons.set(client, this.nameOf(person))
  }

  /** The person is seen at another server under an id that is nobody's: nobody else gets it. The newest are remembered. */
  reserve(client: number, person: string): void {
    if (this.persons.has(client) || this.reserved.has(client)) return
    this.reserved.set(client, person)
    dropOldest(this.reserved, MOST_RESERVED)
  }

  /** What was one person's is another's from now on. */
  move(from: string, to: string): void {
    this.moved.set(from, to)
    dropOldest(this.moved, MOST_MOVED)
    for (const ids of [this.persons, this.reserved]) {
      for (const [client, person] of ids) if (person === from) ids.set(client, to)
    }
    this.fresh = this.fresh.map(([client, person]) => [client, person === from ? to : person])
  }

  /** The claims that are to be stored with the next update. */
  unstored(): readonly Claim[] {
    return this.fresh.length > 0 ? [...this.fresh] : none
  }

  /** So many of them, the oldest, are stored now. */
  stored(count: number): void {
    this.fresh.splice(0, count)
  }
}
