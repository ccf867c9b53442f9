import { describe, expect, it } from 'vitest'
import { createRecent } from './recent.ts'

const owners = (count: number): object[] => Array.from({ length: count }, () => ({}))

describe('what was worked out lately', () => {
  it('is known by its object and form', () => {
    const recent = createRecent<object, string>(10)
    const [one = {}, other = {}] = owners(2)
    recent.set(one, 'a', 'one a', 1)
    recent.set(one, 'b', 'one b', 1)
    expect(recent.get(one, 'a')).toBe('one a')
    expect(recent.get(one, 'b')).toBe('one b')
    expect(recent.get(one, 'c')).toBeUndefined()
    expect(recent.get(other, 'a')).toBeUndefined()
  })

  it('stays while it is asked for, however much else comes', () => {
    const recent = createRecent<object, string>(10)
    const used = {}
    recent.set(used, '', 'used', 1)
    for (const owner of owners(1000)) {
      recent.set(owner, '', 'other', 1)
      expect(recent.get(used, '')).toBe('used')
    }
  })

  it('is forgotten when it is not, never more than twice the limit being held', () => {
    const recent = createRecent<object, string>(10)
    const all = owners(1000)
    for (const owner of all) recent.set(owner, '', 'made', 2)
    const held = all.filter((owner) => recent.get(owner, '') !== undefined)
    expect(held.length).toBeLessThanOrEqual(10)
    expect(held).toContain(all.at(-1))
  })

  it('is kept, even if it alone is more than the limit, until something else comes twice', () => {
    const recent = createRecent<object, string>(10)
    const [large = {}, other = {}] = owners(2)
    recent.set(large, '', 'large', 1000)
    expect(recent.get(large, '')).toBe('large')
    recent.set(other, '', 'other', 1000)
    expect(recent.get(large, '')).toBe('large')
    expect(recent.get(other, '')).toBe('other')
  })
})
