import { describe, expect, it } from 'vitest'
import type { Version } from '../../../lib/versions.ts'
import { authorWords, byDay, countWords, dayWords, momentWords, reasonWords } from './words.ts'

const now = new Date(2026, 10, 20, 15, 30)
const at = (...date: [number, number, number, number, number]): string => new Date(...date).toISOString()

const version = (createdAt: string, more: Partial<Version> = {}): Version => ({
  id: createdAt,
  name: null,
  reason: 'worked',
  createdAt,
  createdBy: null,
  elements: 1,
  authors: [],
  ...more,
})

describe('words of the history', () => {
  it('say which day it was, by the calendar and not by hours', () => {
    expect(dayWords(at(2026, 10, 20, 0, 5), now)).toBe('Today')
    expect(dayWords(at(2026, 10, 19, 23, 55), now)).toBe('Yesterday')
    expect(dayWords(at(2026, 10, 18, 12, 0), now)).toBe('Wednesday, November 18')
    expect(dayWords(at(2025, 11, 31, 12, 0), now)).toBe('Wednesday, December 31, 2025')
    expect(momentWords(at(2026, 10, 20, 9, 5), now)).toBe('today, 09:05')
    expect(momentWords(at(2026, 10, 19, 9, 5), now)).toBe('yesterday, 09:05')
    expect(momentWords(at(2026, 10, 20, 0, 5), now)).toBe('today, 00:05')
  })

  it('put versions under their days', () => {
    const times = [at(2026, 10, 20, 9, 0), at(2026, 10, 20, 8, 0), at(2026, 10, 19, 8, 0)]
    const days = byDay(
      times.map((time) => version(time)),
      now,
    )
    expect(days.map(({ title, versions }) => [title, versions.length])).toEqual([
      ['Today', 2],
      ['Yesterday', 1],
    ])
  })

  it('name people and reasons', () => {
    const people = ['Ada', 'Ben', '', 'Dan', 'Eve'].map((name, id) => ({ id: String(id), name }))
    expect([0, 1, 2, 3, 5].map((count) => authorWords(people.slice(0, count)))).toEqual([
      '',
      'Ada',
      'Ada and Ben',
      'Ada, Ben and 1 other',
      'Ada, Ben and 3 others',
    ])
    expect(authorWords(people.slice(2, 3))).toBe('Somebody')
    expect(reasonWords(version('', { reason: 'before-clearing' }))).toBe('Before it was cleared')
    const restored = (createdBy: Version['createdBy']) => reasonWords({ reason: 'before-restore', createdBy })
    expect(restored({ id: 'a', name: 'Ada' })).toBe('Before a restore by Ada')
    expect([null, { id: 'a', name: '' }].map(restored)).toEqual(['Before a restore', 'Before a restore'])
    expect(reasonWords(version(''))).toBeNull()
    expect([1, 1200].map(countWords)).toEqual(['1 element', '1,200 elements'])
  })
})
