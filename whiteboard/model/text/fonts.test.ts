import { describe, expect, it } from 'vitest'
import type { FontFamily } from '../element.ts'
import { bundledFont, fontFamilies, fontStack, fontStackFor, portableFontStack } from './fonts.ts'

describe('the fonts of a family', () => {
  it('begin with the bundled one and end with a generic one', () => {
    for (const family of fontFamilies) {
      for (const stack of [fontStack(family), portableFontStack(family)]) {
        expect(stack.startsWith(`"${bundledFont(family)}", `)).toBe(true)
        expect(stack).toMatch(/, (?:sans-serif|serif|monospace)$/)
      }
    }
  })

  it('name some for every script and for emoji, those of the reader’s region first', () => {
    const places = (languages: readonly string[]): number[] =>
      ['CJK SC', 'CJK TC', 'CJK JP', 'CJK KR'].map((font) => fontStackFor('sans', languages).indexOf(font))
    const first = (languages: readonly string[]): number => {
      const found = places(languages)
      expect(found.every((place) => place > 0)).toBe(true)
      return found.indexOf(Math.min(...found))
    }
    expect(first([])).toBe(0)
    expect(first(['en-GB', 'ja'])).toBe(2)
    expect(first(['ko-KR', 'ja'])).toBe(3)
    expect(first(['zh-TW'])).toBe(1)
    expect(first(['zh-CN'])).toBe(0)
    for (const font of ['Arabic', 'Hebrew', 'Emoji']) expect(fontStackFor('serif', [])).toContain(font)
  })

  it('are those of the hand for a family that is not known', () => {
    expect(portableFontStack('url(x)' as FontFamily)).toBe(portableFontStack('hand'))
    expect(bundledFont('__proto__' as FontFamily)).toBe('Shantell Sans')
  })
})
