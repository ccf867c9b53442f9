import { expect, it } from 'vitest'
import { hashBytes, hashText } from './hash.ts'

it.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('hashes %j as FNV-1a does', (text, expected) => {
  expect(hashText(text)).toBe(expected)
  expect(hashBytes(new TextEncoder().encode(text))).toBe(expected)
})
