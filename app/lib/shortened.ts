/** Characters of a name that a message has room for. */
const ROOM = 40

/** A name or title within a message. */
export const shortened = (name: string): string => {
  const letters = Array.from(name)
  return letters.length <= ROOM ? name : `${letters.slice(0, ROOM).join('').trimEnd()}…`
}
