import { describe, expect, it } from 'vitest'
import { generateScene } from '../../../test/support/scene-generator.ts'
import type { Element } from '../element.ts'
import { findPlan } from './find.ts'

const written = (texts: readonly (string | Partial<Element>)[]): Element[] =>
  generateScene({ count: texts.length }).map((element, index) => {
    const said = texts[index]
    return { ...element, ...(typeof said === 'string' ? { text: said } : { text: '', ...said }) } as Element
  })

const found = (texts: readonly (string | Partial<Element>)[], query: string): number[] => {
  const elements = written(texts)
  return findPlan(elements, query).map((element) => elements.indexOf(element))
}

describe('finding on the board', () => {
  it('M79: passes over case and accents', () => {
    expect(found(['Café au lait', 'CAFE', 'tea'], 'cafe')).toEqual([0, 1])
    expect(found(['Straße', 'ΔΈΛΤΑ'], 'δελτα')).toEqual([1])
  })

  it('M79: looks into names, authors and links too', () => {
    expect(
      found([{ name: 'Week one' }, { author: 'Ada' }, { link: 'https://week.example' }], 'week'),
    ).toEqual([0, 2])
  })

  it('M79: finds nothing for nothing', () => {
    expect(found(['a', ''], '  ')).toEqual([])
  })
})
