import type { Peer } from '../../whiteboard/index.ts'

/** Somebody here as lists of people show them, whatever they do. */
export interface Present extends Pick<Peer, 'clientId' | 'personId' | 'name' | 'color'> {
  /** Whether their pointer is over the board. */
  readonly pointing: boolean
}

const toPresent = ({ clientId, personId, name, color, cursor }: Peer): Present => ({
  clientId,
  personId,
  name,
  color,
  pointing: cursor !== null,
})

const KEYS = ['clientId', 'personId', 'name', 'color', 'pointing'] as const

const isSame = (a: Present, b: Present | undefined): boolean => KEYS.every((key) => a[key] === b?.[key])

/** Reads off the peers who is here: the same array while only what they show changes, as it does many times a second. */
export const rosterReader = (): ((peers: readonly Peer[]) => readonly Present[]) => {
  let from: readonly Peer[] = []
  let present: readonly Present[] = []
  return (peers) => {
    if (peers === from) return present
    from = peers
    const next = peers.map(toPresent)
    const same = next.length === present.length && next.every((each, index) => isSame(each, present[index]))
    if (!same) present = next
    return present
  }
}

/** One entry for each person but `me`, however many tabs they have open. */
export const othersAmong = (present: readonly Present[], me: string): readonly Present[] => {
  const byPerson = new Map<string, Present>()
  for (const each of present) {
    const known = byPerson.get(each.personId)
    if (each.personId !== me && (!known || (!known.pointing && each.pointing))) {
      byPerson.set(each.personId, each)
    }
  }
  return [...byPerson.values()]
}
