import { describe, expect, it } from 'vitest'
import { plainElement } from '../../../test/support/plain-element.ts'
import { createRandom } from '../../../test/support/random.ts'
import type { Element } from '../../model/element.ts'
import type { Surface, TextLine, TextStyle } from '../../model/surface.ts'
import { createApproximateMeasurer } from '../../model/text/approximate-measurer.ts'
import { letterSize, type Sticky, sizeFor, slotOf } from './fit.ts'
import { sticky } from './index.ts'

const measure = createApproximateMeasurer()

const note = (fields: Record<string, unknown> = {}): Sticky =>
  plainElement<Sticky>({
    type: 'sticky',
    size: [200, 200],
    ...fields,
    ...sticky.parse({ ...sticky.defaults, ...fields }),
  })

const fitted = (element: Sticky): Sticky => ({ ...element, ...sticky.fitted?.(element, measure) }) as Sticky

interface Written {
  readonly lines: readonly TextLine[]
  readonly style: TextStyle
}

const written = (element: Element): Written[] => {
  const texts: Written[] = []
  const surface: Surface = {
    transformed: (_origin, _rotation, _pivot, draw) => draw(),
    faded: (_opacity, draw) => draw(),
    clipped: (_path, draw) => draw(),
    highlighted: (draw) => draw(),
    image: () => false,
    fill: () => {},
    stroke: () => {},
    shadow: () => {},
    text: (lines, style) => texts.push({ lines, style }),
    scale: 100,
  }
  sticky.paint(surface, element, { measure, editing: false })
  return texts
}

const LETTERS = ['a', 'word', 'longer-words ', ' ', ' ', '\n', '你好', '🎉', 'unbreakable', 'שלום ']

const randomText = (random: () => number): string =>
  Array.from(
    { length: Math.floor(random() * 60) },
    () => LETTERS[Math.floor(random() * LETTERS.length)],
  ).join('')

/** Everything that is written lies on the paper. */
const expectInside = (element: Sticky, reason: string): void => {
  const [width, height] = element.size
  for (const { lines, style } of written(element)) {
    for (const { text, x, baseline } of lines) {
      const long = measure.width(text, style.family, style.size)
      const left = x - { left: 0, center: 0.5, right: 1 }[style.align] * long
      expect(left, reason).toBeGreaterThan(-0.1)
      expect(left + long, reason).toBeLessThan(width + 0.1)
      expect(baseline - style.size, reason).toBeGreaterThan(-1)
      expect(baseline + style.size * 0.3, reason).toBeLessThan(height + 1)
    }
  }
}

describe('what is written on a note', () => {
  it('has the chosen size while it fits, then gets smaller, then makes the note higher', () => {
    const short = fitted(note({ text: 'A few words' }))
    expect([letterSize(short, measure), short.size[1]]).toEqual([22, 200])
    const more = fitted(note({ text: 'word '.repeat(40) }))
    expect(letterSize(more, measure)).toBeLessThan(22)
    expect(letterSize(more, measure)).toBeGreaterThanOrEqual(22 * 0.6)
    expect(more.size[1]).toBe(200)
    const most = fitted(note({ text: 'word '.repeat(120) }))
    expect(letterSize(most, measure)).toBeCloseTo(22 * 0.6)
    expect(most.size[1]).toBeGreaterThan(220)
  })

  it('gets its size back when it is deleted, and so does the note', () => {
    const grown = fitted(note({ text: 'word '.repeat(120) }))
    const emptied = fitted({ ...grown, text: 'word' })
    expect([letterSize(emptied, measure), emptied.size]).toEqual([22, [200, 200]])
  })

  it('makes letters smaller before a long word is broken', () => {
    const word = fitted(note({ text: 'Donaudampfschiff' }))
    expect(letterSize(word, measure)).toBeLessThan(22)
    expect(word.size).toEqual([200, 200])
    expect(written(word).at(-1)?.lines).toHaveLength(1)
  })

  it('never stands out over the edge of a fitted note (seed printed)', () => {
    const seed = Math.floor(Math.random() * 1e9)
    const random = createRandom(seed)
    for (let round = 0; round < 120; round++) {
      const side = 60 + random() * 300
      const element = note({
        text: randomText(random),
        size: [side, 60 + random() * 200],
        minHeight: 60 + random() * 200,
        fontSize: 8 + random() * 40,
        fontFamily: ['hand', 'sans', 'serif', 'mono'][Math.floor(random() * 4)],
        textAlign: ['left', 'center', 'right'][Math.floor(random() * 3)],
        verticalAlign: ['top', 'middle', 'bottom'][Math.floor(random() * 3)],
        author: random() < 0.5 ? 'Ada Lovelace' : '',
      })
      const fit = fitted(element)
      expectInside(fit, `seed ${seed}, round ${round}`)
      expect(sticky.fitted?.(fit, measure), `seed ${seed}, round ${round}`).toEqual({})
    }
  })

  it('stays on the paper even before the note follows what two people wrote', () => {
    const both = note({ text: 'word '.repeat(200), minHeight: 120, size: [200, 120] })
    expect(letterSize(both, measure)).toBeLessThan(22 * 0.6)
    expectInside(both, 'not fitted')
  })

  it('takes any text and any size', () => {
    for (const text of ['x'.repeat(20_000), '\n'.repeat(20_000), '\u202e\u0000🏳️‍🌈'.repeat(500)]) {
      for (const size of [
        [0, 0],
        [1, 1e6],
        [200, 200],
      ] as const) {
        const element = note({ text, size })
        const numbers = [letterSize(element, measure), ...sizeFor(element, measure)]
        expect(numbers.every((value) => Number.isFinite(value) && value > 0)).toBe(true)
      }
    }
  })
})

describe('the author of a note', () => {
  it('stands at the lower edge in small letters, and makes room', () => {
    const [author] = written(note({ author: 'Ada', text: 'words' }))
    expect(author).toMatchObject({ lines: [{ text: 'Ada', x: 16, baseline: 189 }], style: { size: 11 } })
    expect(slotOf(note({ author: 'Ada' })).box.maxY).toBeLessThan(slotOf(note()).box.maxY)
  })

  it('is cut to one line, and left out on small notes', () => {
    const [author] = written(note({ author: 'A name that is far too long for a note of paper' }))
    expect(author?.lines[0]?.text).toMatch(/^A name that is.*…$/)
    expect(written(note({ author: 'Ada', size: [80, 80], minHeight: 80 }))).toEqual([])
  })

  it('is healed: one line of at most 80 characters that turns nothing beside it', () => {
    expect(note({ author: 'a\nb\u202ec\u0000' }).author).toBe('a b c')
    expect(note({ author: 'x'.repeat(500) }).author).toHaveLength(80)
    expect(note({ author: '👩‍👩‍👧'.repeat(30) }).author).not.toMatch(/\p{Cs}/u)
    for (const junk of [5, null, {}, [], undefined]) expect(note({ author: junk }).author).toBe('')
  })
})
