import { describe, expect, test } from 'vitest'
import { timeAgo } from './time.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const secondsAgo = (seconds: number): string => timeAgo(new Date(now - seconds * 1000).toISOString(), now)

describe('how long ago', () => {
  test('is said in the largest fitting unit', () => {
    expect(secondsAgo(10)).toBe('just now')
    expect(secondsAgo(50)).toBe('50 seconds ago')
    expect(secondsAgo(300)).toBe('5 minutes ago')
    expect(secondsAgo(2 * 3600)).toBe('2 hours ago')
    expect(secondsAgo(30 * 3600)).toBe('yesterday')
    expect(secondsAgo(3 * 86_400)).toBe('3 days ago')
  })

  test('is a date for what is older than a week', () => {
    expect(secondsAgo(20 * 86_400)).toBe('Feb 18, 2026')
  })

  test('takes a clock that is behind the server as now', () => {
    expect(secondsAgo(-500)).toBe('just now')
  })
})
