import { expect, it } from 'vitest'
import { shortened } from './shortened.ts'

it('leaves what a message has no room for out of a name, by whole characters', () => {
  const letters = (count: number) => '𝄞'.repeat(count)
  expect([letters(40), letters(41)].map(shortened)).toEqual([letters(40), `${letters(40)}…`])
})
