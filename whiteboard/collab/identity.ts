import { hashText } from '../model/hash.ts'

/** Told apart at a glance, and legible under white text on light and on dark boards. */
const colors = [
  '#d6336c',
  '#ae3ec9',
  '#7048e8',
  '#4263eb',
  '#1971c2',
  '#0b7285',
  '#087f5b',
  '#2b8a3e',
  '#5c940d',
  '#b35c00',
  '#d9480f',
  '#c92a2a',
] as const

/** The colour of a person's cursor and avatar, `#rrggbb`: the same on every screen and every board, without asking anybody. */
export const identityColor = (personId: string): string =>
  colors[hashText(personId) % colors.length] ?? colors[0]
