import { Refusal } from './refusal.ts'

/** Control characters, and the marks that turn text around or cannot be seen, which could make a name look like another. */
const INVISIBLE = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu
const LONE_SURROGATE = /\p{Cs}/gu

/** One line of plain text as people see it: no control characters, single spaces, none at the ends. */
export const plainLine = (raw: string): string =>
  raw
    .replace(/[\t\n\r]/g, ' ')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATE, '')
    .replace(/ {2,}/g, ' ')
    .trim()

/** Length in characters as people count them, near enough (code points). */
export const lengthOf = (text: string): number => [...text].length

export const MAX_TITLE = 200
export const DEFAULT_TITLE = 'Untitled board'

/** @throws Refusal when nothing is left of the title or it is too long. */
export const cleanTitle = (raw: string): string => {
  const title = plainLine(raw)
  if (title === '') throw new Refusal('invalid', 'A board needs a title.')
  if (lengthOf(title) > MAX_TITLE) {
    throw new Refusal('invalid', `That title is too long: use at most ${MAX_TITLE} characters.`)
  }
  return title
}
