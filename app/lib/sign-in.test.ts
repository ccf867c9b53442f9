import { afterEach, describe, expect, test, vi } from 'vitest'
import { onwards } from './onwards.ts'
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

  test('AP9: is no other host that shows only once the dots of a path are worked out', () => {
    for (const wanted of [
      '/.//evil.example',
      '/b/..//evil.example',
      '/%2e//evil.example',
      '/./\\\\evil.example',
    ]) {
      expect(new URL(onSite(wanted), 'https://draw.example').origin).toBe('https://draw.example')
      expect(new URL(onwards(wanted), 'https://draw.example').origin).toBe('https://draw.example')
    }
    expect([onwards(null), onwards('/b/abc?x=1')]).toEqual(['/boards', '/b/abc?x=1'])
    expect(onwards('https://evil.example/x')).toBe('/')
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
