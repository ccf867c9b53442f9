import { describe, expect, it } from 'vitest'
import { shiftedIndex, textChange } from './text-change.ts'

const apply = (before: string, after: string, caret?: number): string => {
  const change = textChange(before, after, caret)
  if (!change) return before
  return before.slice(0, change.index) + change.insert + before.slice(change.index + change.remove)
}

describe('the change between two states of an input', () => {
  it('is nothing for equal texts', () => {
    expect(textChange('same', 'same')).toBeNull()
  })

  it('is one letter when one letter was typed', () => {
    expect(textChange('helo', 'hello', 4)).toEqual({ index: 3, remove: 0, insert: 'l' })
  })

  it('puts a doubled letter where the caret is', () => {
    expect(textChange('aaa', 'aaaa', 1)).toEqual({ index: 0, remove: 0, insert: 'a' })
    expect(textChange('aaa', 'aaaa', 3)).toEqual({ index: 2, remove: 0, insert: 'a' })
  })

  it('keeps both halves of an emoji together', () => {
    expect(textChange('a😀b', 'a😃b', 3)).toEqual({ index: 1, remove: 2, insert: '😃' })
  })

  it('always leads from the one to the other', () => {
    const seed = 20_261_120
    let state = seed
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    const letters = ['a', 'b', '😀', '\n', 'é']
    const text = (): string =>
      Array.from({ length: random(8) }, () => letters[random(letters.length)]).join('')
    for (let round = 0; round < 2_000; round++) {
      const [before, after] = [text(), text()]
      expect(apply(before, after, random(after.length + 1)), `seed ${seed}, round ${round}`).toBe(after)
    }
  })
})

describe('a caret under other people’s typing', () => {
  it('moves on when text comes in before it', () => {
    expect(shiftedIndex(3, [{ insert: 'xy' }])).toBe(5)
    expect(shiftedIndex(3, [{ retain: 1 }, { insert: 'x' }])).toBe(4)
  })

  it('stays when text comes in at it or after it', () => {
    expect(shiftedIndex(3, [{ retain: 3 }, { insert: 'x' }])).toBe(3)
    expect(shiftedIndex(3, [{ retain: 5 }, { insert: 'x' }])).toBe(3)
  })

  it('goes back when text before it is deleted, and to the gap when it stood inside', () => {
    expect(shiftedIndex(5, [{ retain: 1 }, { delete: 2 }])).toBe(3)
    expect(shiftedIndex(5, [{ retain: 3 }, { delete: 10 }])).toBe(3)
  })
})
