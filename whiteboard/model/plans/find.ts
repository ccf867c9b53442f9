import type { Element } from '../element.ts'

/** Fields of any type that people read on the board, beside what is written on it. */
const READABLE = ['name', 'author', 'alt', 'link'] as const

/** Without case and accents: how people search. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()

const isIn = (element: Element, query: string): boolean =>
  folded(element.text).includes(query) ||
  READABLE.some((key) => {
    const value = element[key]
    return typeof value === 'string' && folded(value).includes(query)
  })

/** The elements in whose text, name, author or link `query` stands, in the sequence given; none for an empty query. */
export const findPlan = (elements: readonly Element[], query: string): readonly Element[] => {
  const wanted = folded(query.trim())
  return wanted === '' ? [] : elements.filter((element) => isIn(element, wanted))
}
