import { afterEach, describe, expect, test, vi } from 'vitest'
import { nextPage } from './sign-in.ts'

const onSite = (wanted: string | null) => {
  vi.stubGlobal('location', new URL('https://draw.example/signin'))
  return nextPage(wanted)
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('where to go after signing in', () => {
  test('is where the person came from', () => {
    expect(onSite('/b/abc')).toBe('/b/abc')
    expect(onSite('https://draw.example/s/x?y=1#z')).toBe('/s/x?y=1#z')
  })

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\\\evil.example',
    'javascript:alert(1)',
    '',
    null,
  ])('is never another site: %s', (wanted) => {
    expect(onSite(wanted)).toBe('/boards')
  })
})
