import { describe, expect, it } from 'vitest'
import { localPoint } from '../../geometry/types.ts'
import type { TextAlign } from '../element.ts'
import type { TextMeasurer } from '../surface.ts'
import { visualRuns } from './bidi.ts'
import { caretAt, indexAt, selectionBoxes } from './caret-geometry.ts'
import { layoutText } from './text-layout.ts'
import type { WrittenText } from './written-text.ts'

/** Every character is one unit wide at size 1. */
const square: TextMeasurer = { width: (text, _family, size) => Array.from(text).length * size }

const written = (text: string, width: number | null = null, align: TextAlign = 'left'): WrittenText => {
  const style = { family: 'sans', size: 1, align, color: '#000000' } as const
  return { lines: layoutText(text, style, width, square).lines, style }
}

const carets = (text: WrittenText, count: number): (number | undefined)[] =>
  Array.from({ length: count }, (_, index) => caretAt(text, index, square)?.x)

const shown = (line: string, rightToLeft: boolean): string[] =>
  visualRuns(line, rightToLeft).map(({ start, end }) => line.slice(start, end))

describe('runs of a line in the order in which they stand', () => {
  it('M89: a word of the other direction stands among the words of its paragraph', () => {
    expect(shown('hello שלום you', false)).toEqual(['hello ', 'שלום', ' you'])
    expect(shown('שלום hello עולם', true)).toEqual([' עולם', 'hello', 'שלום '])
  })

  it('M89: digits in Hebrew or Arabic read to the right, signs go with their neighbours', () => {
    expect(shown('מחיר 123 שקל', true)).toEqual([' שקל', '123', 'מחיר '])
    expect(shown('a שלום, 12 b', false)).toEqual(['a ', '12', 'שלום, ', ' b'])
    expect(shown('Hello!', true)).toEqual(['!', 'Hello'])
  })
})

describe('the caret', () => {
  it('M89: stands before the letter at its place, on the line of that', () => {
    const text = written('one two\nthree', 4)
    expect(carets(text, 4)).toEqual([0, 1, 2, 3])
    expect(caretAt(text, 4, square)).toMatchObject({ x: 0 })
    expect(caretAt(text, 4, square)?.top).toBeCloseTo((caretAt(text, 0, square)?.top ?? 0) + 1.25)
    expect(caretAt(text, 99, square)?.x).toBe(1)
  })

  it('M89: follows how the text is aligned', () => {
    expect(carets(written('ab', 10, 'center'), 3)).toEqual([4, 5, 6])
    expect(carets(written('ab', 10, 'right'), 3)).toEqual([8, 9, 10])
  })

  it('M89: goes to the left in text that reads from the right', () => {
    expect(carets(written('שלום'), 5)).toEqual([4, 3, 2, 1, 0])
    expect(carets(written('אב cd'), 6)).toEqual([5, 4, 3, 0, 1, 2])
    expect(carets(written('ab גד'), 6)).toEqual([0, 1, 2, 5, 4, 3])
  })

  it('M89: stands in an empty line, too', () => {
    expect(caretAt(written('a\n\nb'), 2, square)).toMatchObject({ x: 0 })
    expect(caretAt({ ...written(''), lines: [] }, 0, square)).toBeNull()
  })
})

describe('selected letters', () => {
  it('M89: lie in a box for each line, and for each direction', () => {
    expect(selectionBoxes(written('one two', 4), 1, 6, square)).toMatchObject([
      { minX: 1, maxX: 3 },
      { minX: 0, maxX: 2 },
    ])
    expect(selectionBoxes(written('ab גדה'), 5, 1, square)).toMatchObject([
      { minX: 1, maxX: 3 },
      { minX: 4, maxX: 6 },
    ])
    expect(selectionBoxes(written('abc'), 2, 2, square)).toEqual([])
  })
})

describe('the place at a point', () => {
  it('M89: is the nearest one between two letters', () => {
    const text = written('one two', 4)
    expect(indexAt(text, localPoint(1.4, 0.5), square)).toBe(1)
    expect(indexAt(text, localPoint(1.6, 0.5), square)).toBe(2)
    expect(indexAt(text, localPoint(-50, 1.5), square)).toBe(4)
    expect(indexAt(text, localPoint(50, 50), square)).toBe(7)
    expect(indexAt(text, localPoint(0, -50), square)).toBe(0)
  })

  it('M89: is never inside a letter made of several characters', () => {
    expect([0, 2, 4].map((x) => indexAt(written('👩‍👩‍👧b'), localPoint(x, 0.5), square))).toEqual([0, 0, 8])
  })

  it('M89: is where the caret comes back to, whatever the direction', () => {
    for (const sample of ['hello there', 'שלום לכם', 'ab גד ef', 'x'.repeat(2000)]) {
      const text = written(sample)
      for (const index of [0, 1, 3, sample.length - 1]) {
        const { x = 0, top = 0 } = caretAt(text, index, square) ?? {}
        const back = indexAt(text, localPoint(x, top + 0.5), square)
        expect(caretAt(text, back, square)?.x, `${sample} ${index}`).toBe(x)
      }
    }
  })
})
