import { expect, it } from 'vitest'
import { createRateLimiter } from '../../../server/auth/rate-limit.ts'
import { linkDead, Refusal } from '../../../server/boards/refusal.ts'
import { limitDeadLinks } from './dead-links.ts'

it('AP11: counts dead links, and keeps nobody out who shows a living one, however many do at once', async () => {
  const limiter = createRateLimiter('links', { times: 2, per: 60_000 })
  const codeOf = (shown: Promise<unknown>): Promise<string> =>
    shown.then(
      () => 'in',
      (error: unknown) => (error instanceof Refusal ? error.code : 'thrown'),
    )
  const dead = () => codeOf(limitDeadLinks(limiter, 'office', () => Promise.reject(linkDead())))
  const living = () => codeOf(limitDeadLinks(limiter, 'office', () => Promise.resolve()))
  const hundreds = await Promise.all(Array.from({ length: 300 }, living))
  expect(new Set(hundreds)).toEqual(new Set(['in']))
  expect([await dead(), await dead(), await dead(), await dead()]).toEqual([
    'link-dead',
    'link-dead',
    'too-many',
    'too-many',
  ])
  expect(await living()).toBe('in')
})
