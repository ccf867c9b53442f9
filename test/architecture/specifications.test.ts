import { describe, expect, it } from 'vitest'
import { quotesIn, readSource, testFiles } from './sources.ts'

/** Rules that a text numbers or quotes under a letter; `M70–M72` stands for three. */
const rulesIn = (text: string, letter: string): number[] => {
  const quotes = text.matchAll(new RegExp(`\\b${letter}(\\d+)(?:[–-]${letter}?(\\d+))?\\b`, 'g'))
  return [...quotes].flatMap(([, first, last]) => {
    const [from, to] = [Number(first), Number(last ?? first)]
    return Array.from({ length: Math.max(0, to - from) + 1 }, (_, index) => from + index)
  })
}

const quotes = testFiles()
  .map((path) => quotesIn(readSource(path)))
  .join('\n')

describe.each([
  ['whiteboard/model/SPEC.md', 'M'],
  ['server/sync/SPEC.md', 'S'],
  ['server/boards/SPEC.md', 'V'],
])('the rules of %s', (path, letter) => {
  const headings = [...readSource(path).matchAll(/^- \*\*([^*]+)\*\*/gm)].map(([, numbers]) => numbers)
  const rules = rulesIn(headings.join('\n'), letter)

  it('have numbers of their own', () => {
    expect(rules.length).toBeGreaterThan(10)
    expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([])
  })

  it('are each quoted by the title of a test', () => {
    const quoted = new Set(rulesIn(quotes, letter))
    expect(rules.filter((rule) => !quoted.has(rule))).toEqual([])
  })

  it('are the only ones that titles begin with', () => {
    const known = new Set(rules)
    const begun = [...quotes.matchAll(/^([MSV][MSV\d,–\s-]*):/gm)].map(([, start]) => start).join('\n')
    expect(rulesIn(begun, letter).filter((rule) => !known.has(rule))).toEqual([])
  })
})
