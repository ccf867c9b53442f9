import { describe, expect, it } from 'vitest'
import { cpuTime } from '../../../test/support/cpu-time.ts'
import { createRandom } from '../../../test/support/random.ts'
import type { TextMeasurer } from '../surface.ts'
import { createApproximateMeasurer } from './approximate-measurer.ts'
import { forgetLayouts, layoutText } from './text-layout.ts'

/** Every character is one unit wide at size 1. */
const square: TextMeasurer = { width: (text, _family, size) => Array.from(text).length * size }

const rows = (text: string, width: number | null): string[] =>
  layoutText(text, { family: 'sans', size: 1, align: 'left' }, width, square).lines.map((line) => line.text)

describe('layoutText', () => {
  it('M85: breaks at spaces, which hang over the edge', () => {
    expect(rows('one two three', 7)).toEqual(['one two', 'three'])
    expect(rows('one     two', 4)).toEqual(['one', 'two'])
    expect(rows('a b c d', 3)).toEqual(['a b', 'c d'])
  })

  it('M85: keeps line breaks, empty lines and leading spaces', () => {
    expect(rows('a\n\nb\r\nc\n', 10)).toEqual(['a', '', 'b', 'c', ''])
    expect(rows('  x', 10)).toEqual(['  x'])
    expect(rows('', 10)).toEqual([''])
  })

  it('M85: without a width only line breaks count', () => {
    expect(rows('a long line of words\nand another', null)).toEqual(['a long line of words', 'and another'])
  })

  it('M85: cuts words that are too long, never within one visible character', () => {
    expect(rows('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij'])
    expect(rows('ab abcdefgh x', 4)).toEqual(['ab', 'abcd', 'efgh', 'x'])
    expect(rows('👩‍👩‍👧👩‍👩‍👧', 0.5)).toEqual(['👩‍👩‍👧', '👩‍👩‍👧'])
    expect(rows('abc', 0)).toEqual(['a', 'b', 'c'])
  })

  it('M85: breaks after hyphens and between ideographs, but not before their full stop', () => {
    expect(rows('well-known', 6)).toEqual(['well-', 'known'])
    expect(rows('-5 -6', 3)).toEqual(['-5', '-6'])
    expect(rows('10-20', 3)).toEqual(['10-', '20'])
    expect(rows('cat—who', 4)).toEqual(['cat—', 'who'])
    expect(rows('cat—who', 3)).toEqual(['cat', '—', 'who'])
    expect(rows('page?query=1', 8)).toEqual(['page?', 'query=1'])
    expect(rows('你好世界', 2)).toEqual(['你好', '世界'])
    expect(rows('你好。世界', 2)).toEqual(['你', '好。', '世界'])
  })

  it('M85: never parts a letter from its marks, nor an emoji made of several', () => {
    expect(rows('か\u3099か\u3099か\u3099', 2)).toEqual(['か\u3099', 'か\u3099', 'か\u3099'])
    expect(rows('a👨‍👩‍👧‍👦b👍🏽c🇫🇷', 1)).toEqual(['a', '👨‍👩‍👧‍👦', 'b', '👍🏽', 'c', '🇫🇷'])
    const marked = `e${'\u0301'.repeat(40)}`
    expect(rows(marked.repeat(3), 1)).toEqual([marked, marked, marked])
    for (const row of rows('𝒳𝒴𝒵'.repeat(20), 7)) expect(row).not.toMatch(/\p{Cs}/u)
  })

  it('M85: leaves brackets and stops with the ideographs they belong to', () => {
    expect(rows('你好「世界」', 3)).toEqual(['你好', '「世', '界」'])
    expect(rows('はい!どうぞ', 2)).toEqual(['は', 'い!', 'どう', 'ぞ'])
    expect(rows('한국어 글', 2)).toEqual(['한국', '어', '글'])
  })

  it('M85: breaks Thai between its words', () => {
    expect(rows('สวัสดีชาวโลก', 7).length).toBe(2)
    expect(rows('สวัสดีชาวโลก', 7).join('')).toBe('สวัสดีชาวโลก')
  })

  it('M88: reads each paragraph in the direction of its first letter', () => {
    const lines = layoutText(
      'שלום world\nhello עולם\n123 سلام\n(!) 12',
      { family: 'sans', size: 1, align: 'left' },
      7,
      square,
    ).lines
    expect(lines.map(({ text, rightToLeft }) => [text, rightToLeft])).toEqual([
      ['שלום', true],
      ['world', true],
      ['hello', false],
      ['עולם', false],
      ['123', true],
      ['سلام', true],
      ['(!) 12', false],
    ])
    expect(lines.map((line) => line.x)).toEqual(lines.map(() => 0))
  })

  it('M88: says where in the text each line begins', () => {
    const text = 'one  two\r\n\tthree\n\n你好吗'
    const { lines } = layoutText(text, { family: 'sans', size: 1, align: 'left' }, 5, square)
    expect(lines.map(({ text: row, start }) => [row, start])).toEqual([
      ['one', 0],
      ['two', 5],
      ['', 10],
      ['three', 11],
      ['', 17],
      ['你好吗', 18],
    ])
  })

  it('M88: lines put together are the text, but for spaces at their ends (seed printed)', () => {
    const seed = Math.floor(Math.random() * 1e9)
    const random = createRandom(seed)
    const letters = ['a', 'b', ' ', ' ', '-', '你', '。', '「', 'ש', 'ل', '\u064b', '🎉', '👩‍👩‍👧', '\n', 'ก']
    for (let round = 0; round < 200; round++) {
      const text = Array.from({ length: 40 }, () => letters[Math.floor(random() * letters.length)]).join('')
      const { lines } = layoutText(text, { family: 'sans', size: 1, align: 'left' }, 6, square)
      for (const [index, { text: row, start = -1 }] of lines.entries()) {
        const end = lines[index + 1]?.start ?? text.length
        expect(text.slice(start, end).trimEnd(), `seed ${seed}: ${text}`).toBe(row)
      }
    }
  })

  it('M86: places lines by alignment and line height', () => {
    const layout = (align: 'left' | 'center' | 'right', width: number | null) =>
      layoutText('ab\nabcd', { family: 'sans', size: 10, align }, width, square)
    expect(layout('left', 100)).toMatchObject({ width: 40, height: 25 })
    expect(layout('left', 100).lines.map((line) => line.x)).toEqual([0, 0])
    expect(layout('center', 100).lines.map((line) => line.x)).toEqual([50, 50])
    expect(layout('right', null).lines.map((line) => line.x)).toEqual([40, 40])
    const [first, second] = layout('left', 100).lines
    expect((second?.baseline ?? 0) - (first?.baseline ?? 0)).toBeCloseTo(12.5)
  })

  it('M86: measures again only after it was told to forget', () => {
    let measured = 0
    const measure: TextMeasurer = {
      width: (text) => {
        measured++
        return text.length
      },
    }
    const style = { family: 'sans', size: 1, align: 'left' } as const
    const first = layoutText('some words', style, 5, measure)
    const count = measured
    expect(layoutText('some words', style, 5, measure)).toBe(first)
    expect(measured).toBe(count)
    forgetLayouts(measure)
    layoutText('some words', style, 5, measure)
    expect(measured).toBe(2 * count)
  })

  it('M86: lays out the longest text that is read in reasonable time', () => {
    const start = cpuTime()
    layoutText(
      'x'.repeat(20_000),
      { family: 'hand', size: 20, align: 'left' },
      300,
      createApproximateMeasurer(),
    )
    expect(cpuTime() - start).toBeLessThan(2000)
  })
})

describe('the measurer without a canvas', () => {
  const measure = createApproximateMeasurer()

  it('M87: is exact for Latin text in the bundled fonts, and grows with the size', () => {
    expect(measure.width('Hello', 'sans', 1000)).toBe(743 + 583 + 242 + 242 + 600)
    expect(measure.width('Hello', 'sans', 10)).toBeCloseTo(24.1)
    expect(measure.width('ii', 'mono', 10)).toBe(12)
  })

  it('M87: gives every script a sensible width', () => {
    expect(measure.width('é', 'sans', 100)).toBe(measure.width('e', 'sans', 100))
    expect(measure.width('世', 'hand', 100)).toBe(100)
    expect(measure.width('e\u0301', 'sans', 100)).toBe(measure.width('e', 'sans', 100))
    expect(measure.width('Ж', 'sans', 100)).toBeGreaterThan(30)
    expect(measure.width('🙂', 'serif', 100)).toBe(125)
  })
})
