import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { boardIn, ROUTES, routeName } from './route-names.ts'

const app = join(import.meta.dirname, '..', '..', 'app')

it('every page and route of app/ has a name', () => {
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
  const paths = files
    .filter((path) => /(^|\/)(page\.tsx|route\.ts)$/.test(path) && !path.includes('_http'))
    .map((path) => `/${path.split('/').slice(0, -1).join('/')}`)
    .map((path) => path.replace(/\[\.\.\.\w+\]/, '*').replace(/\[(\w+)\]/g, ':$1'))
  expect(ROUTES).toEqual(expect.arrayContaining(paths))
})

it('names hold nothing of what stands in an address', () => {
  const cases = [
    ['/', '/'],
    ['/?x=/api/me', '/'],
    ['/api/boards/abc/links/def', '/api/boards/:id/links/:linkId'],
    ['/api/boards/bin', '/api/boards/bin'],
    ['/s/secret.part', '/s/:secret'],
    ['/api/auth/callback/credentials?x', '/api/auth/*'],
    ['/_next/static/chunks/a.js', '/_next/*'],
    ['/api/boards/abc/unknown', 'other'],
    ['/wp-login.php', 'other'],
  ] as const
  for (const [url, name] of cases) expect([url, routeName(url)]).toEqual([url, name])
})

it('finds the board in an address, and nothing that is none', () => {
  expect(boardIn('/api/boards/a-B_9/ticket')).toBe('a-B_9')
  expect(boardIn('/b/a?x')).toBe('a')
  for (const url of ['/s/abc', '/api/boards', '/b/%00', `/b/${'a'.repeat(65)}`])
    expect(boardIn(url)).toBeNull()
})
