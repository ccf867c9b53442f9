/** Something that can be found by its words. */
export interface Searchable {
  readonly label: string
  readonly group: string
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()

/** How well letters in sequence match a label: the closer together and the nearer a word's start, the better. */
const letterScore = (query: string, label: string): number | null => {
  let score = 0
  let from = 0
  for (const letter of query) {
    const at = label.indexOf(letter, from)
    if (at === -1) return null
    const startsWord = at === 0 || label[at - 1] === ' '
    score += (startsWord ? 8 : at === from ? 4 : 1) - Math.min(3, (at - from) / 4)
    from = at + 1
  }
  return score
}

/** Null when `query` does not match; higher is better. Every word of the query must begin a word, or letters follow in sequence. */
const matchScore = (query: string, item: Searchable): number | null => {
  const words = plain(query).split(/\s+/).filter(Boolean)
  const label = plain(item.label)
  const parts = `${label} ${plain(item.group)}`.split(/\s+/)
  if (words.every((word) => parts.some((part) => part.startsWith(word)))) {
    return 1000 - label.length + (label.startsWith(words.join(' ')) ? 500 : 0)
  }
  return letterScore(words.join(''), label)
}

/**
 * The items that match, best first; without a query all of them, those used last first.
 *
 * @param recent names of items used, the last one first
 */
export const search = <Item extends Searchable & { readonly name: string }>(
  query: string,
  items: readonly Item[],
  recent: readonly string[],
): readonly Item[] => {
  const age = (item: Item): number => {
    const at = recent.indexOf(item.name)
    return at === -1 ? recent.length : at
  }
  if (query.trim() === '') return items.toSorted((a, b) => age(a) - age(b))
  return items
    .map((item) => ({ item, score: matchScore(query, item) }))
    .filter((each): each is { item: Item; score: number } => each.score !== null)
    .toSorted((a, b) => b.score - a.score || age(a.item) - age(b.item))
    .map(({ item }) => item)
}
