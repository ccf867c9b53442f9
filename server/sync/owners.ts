/** Whose a document's client ids are, by person. An id that has an owner keeps it. */
export class Owners {
  private readonly persons: Map<number, string>
  private fresh: [client: number, person: string][] = []
  private readonly isOpen: boolean

  /** @param isOpen in a recovery window everybody may bring in again what others wrote, and nothing is claimed */
  constructor(stored: ReadonlyMap<number, string>, isOpen = false) {
    this.persons = new Map(stored)
    this.isOpen = isOpen
  }

  ownerOf(client: number): string | undefined {
    return this.isOpen ? undefined : this.persons.get(client)
  }

  /** Those of the ids that are nobody's are the person's from now on. */
  claim(clients: readonly number[], person: string): void {
    if (this.isOpen) return
    for (const client of clients) {
      if (this.persons.has(client)) continue
      this.persons.set(client, person)
      this.fresh.push([client, person])
    }
  }

  /** Takes over what another server, or a change of accounts, says. */
  learn(stored: Iterable<readonly [client: number, person: string]>): void {
    for (const [client, person] of stored) this.persons.set(client, person)
  }

  /** What was claimed since this was asked last: it is to be stored with the next update. */
  takeFresh(): readonly (readonly [client: number, person: string])[] {
    const { fresh } = this
    if (fresh.length > 0) this.fresh = []
    return fresh
  }
}
