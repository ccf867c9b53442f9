import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { elementAddress, elementOfAddress, readAddress } from './link-address.ts'

describe('an address that somebody types', () => {
  it.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    [' example.com ', 'https://example.com'],
    ['example.com:8080/path', 'https://example.com:8080/path'],
    ['localhost:3000', 'https://localhost:3000'],
    ['ada@example.com', 'mailto:ada@example.com'],
    ['mailto:ada@example.com', 'mailto:ada@example.com'],
    ['HTTP://EXAMPLE.com', 'HTTP://EXAMPLE.com'],
  ])('%s is %s', (typed, meant) => expect(readAddress(typed)).toBe(meant))

  it.each([
    'javascript:alert(1)',
    'JaVa\tScript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://example.com/1',
    'file:///etc/passwd',
    '//evil.example',
    'https:/\\evil',
    'https://',
    'just words',
    '',
    `https://example.com/${'a'.repeat(100_000)}`,
  ])('CT7: %s is refused', (typed) => expect(readAddress(typed)).toBeNull())
})

describe('an address of an element', () => {
  beforeEach(() => void vi.stubGlobal('location', { origin: 'https://boards.example' }))
  afterEach(() => void vi.unstubAllGlobals())

  it('leads back to it, whatever its id holds', () => {
    const address = elementAddress('b1', 'a b/ö')
    expect(elementOfAddress(address, 'b1')).toBe('a b/ö')
  })

  it.each([
    'https://boards.example/b/other#x',
    'https://evil.example/b/b1#x',
    'https://boards.example/b/b1',
    'https://boards.example/b/b1#%E0%A4%A',
    'mailto:ada@example.com',
  ])('%s is none of this board', (address) => expect(elementOfAddress(address, 'b1')).toBeNull())
})
