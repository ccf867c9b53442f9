import { describe, expect, it } from 'vitest'
import { createRandom } from '../../test/support/random.ts'
import type { VersionOutline } from '../store/types.ts'
import { type VersionLimits, versionLimits, versionsToRemove } from './version-thinning.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const now = new Date(Date.UTC(2030, 5, 15, 12, 30))

const version = (age: number, more: Partial<VersionOutline> = {}): VersionOutline => ({
  id: `v${age}`,
  name: null,
  reason: 'worked',
  createdAt: new Date(now.getTime() - age),
  bytes: 1000,
  ...more,
})

const kept = (versions: readonly VersionOutline[], limits: VersionLimits = versionLimits): string[] => {
  const removed = new Set(versionsToRemove(versions, now, limits))
  return versions.filter(({ id }) => !removed.has(id)).map(({ id }) => id)
}

/** Ages from `from` on to `to`, every `step`. */
const ages = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step)

describe('which versions are kept', () => {
  it('V4 keeps all of a day, one an hour of a week, one a day of 90 days, and then none', () => {
    const count = (from: number, to: number, step: number) =>
      kept(
        ages(from, to, step).map((age) => version(age)),
        { ...versionLimits, worked: 1e6 },
      ).length
    expect(count(0, DAY, HOUR / 6)).toBe(144)
    expect(count(DAY, 3 * DAY, HOUR / 6)).toBeGreaterThanOrEqual(48)
    expect(count(DAY, 3 * DAY, HOUR / 6)).toBeLessThanOrEqual(49)
    expect(count(7 * DAY, 90 * DAY, HOUR)).toBeGreaterThanOrEqual(83)
    expect(count(7 * DAY, 90 * DAY, HOUR)).toBeLessThanOrEqual(84)
    expect(count(90 * DAY, 200 * DAY, DAY)).toBe(0)
  })

  it('V4 keeps the newest of an hour and of a day, so the same one however often it is thinned', () => {
    const random = createRandom(7)
    const versions = Array.from({ length: 300 }, (_, index) =>
      version(Math.floor(random() * 100 * DAY), { id: `r${index}` }),
    )
    const once = kept(versions)
    const rest = versions.filter(({ id }) => once.includes(id))
    expect(kept(rest)).toEqual(once)
    const pair = [version(30 * DAY + 1000, { id: 'older' }), version(30 * DAY, { id: 'newer' })]
    expect(kept(pair)).toEqual(['newer'])
  })

  it('V4 keeps what has a name for ever, and what can rescue somebody for 30 days', () => {
    const named = version(1000 * DAY, { id: 'named', name: 'Before the summer' })
    const rescues = ages(29 * DAY, 29 * DAY + HOUR, HOUR / 10).map((age) =>
      version(age, { reason: age % 2 ? 'before-clearing' : 'before-restore' }),
    )
    expect(kept([named, ...rescues])).toHaveLength(1 + rescues.length)
    expect(kept([named, version(91 * DAY, { reason: 'before-clearing' })])).toEqual(['named'])
  })

  it('V5 keeps a board’s versions within a number and within bytes, the newest first', () => {
    const many = ages(0, 50, 1).map((age) => version(age))
    expect(kept(many, { ...versionLimits, worked: 3 })).toEqual(['v0', 'v1', 'v2'])
    expect(kept(many, { ...versionLimits, bytes: 4500 })).toEqual(['v0', 'v1', 'v2', 'v3'])
    const rescues = ages(0, 50, 1).map((age) => version(age, { id: `b${age}`, reason: 'before-restore' }))
    expect(kept([...many, ...rescues], { ...versionLimits, worked: 2, rescued: 1 })).toEqual([
      'v0',
      'v1',
      'b0',
    ])
    expect(kept(rescues, { ...versionLimits, rescuedBytes: 2500 })).toEqual(['b0', 'b1'])
    expect(kept([version(0, { bytes: 10_000 }), version(1)], { ...versionLimits, bytes: 4500 })).toEqual([
      'v0',
    ])
  })

  it('V5 lets nobody drive out the history by names or by going back again and again', () => {
    const history = ages(HOUR, 4 * HOUR, HOUR / 6).map((age) => version(age))
    const large = { bytes: versionLimits.bytes / 50 }
    const rescues = ages(0, 99, 1).map((age) =>
      version(age, { ...large, id: `b${age}`, reason: 'before-restore' }),
    )
    const named = ages(0, 60, 1).map((age) => version(age, { ...large, id: `n${age}`, name: 'Mine' }))
    const clearing = version(HOUR, { id: 'clearing', reason: 'before-clearing' })
    const left = kept([...named, ...rescues, clearing, ...history])
    expect(left).toContain('clearing')
    expect(left).toEqual(expect.arrayContaining(history.map(({ id }) => id)))
    expect(left).toEqual(expect.arrayContaining(named.map(({ id }) => id)))
  })
})
