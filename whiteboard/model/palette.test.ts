import { describe, expect, it } from 'vitest'
import {
  contrastRatio,
  DEFAULT_STROKE,
  fillPalette,
  inkOn,
  shownColor,
  stickyPalette,
  strokePalette,
  type Theme,
  themeColors,
} from './palette.ts'

const themes: readonly Theme[] = ['light', 'dark']

describe('the palettes', () => {
  it.each(themes)('keep lines at 3:1 or more against the %s board', (theme) => {
    for (const { name, color } of strokePalette) {
      const ratio = contrastRatio(shownColor(color, theme), themeColors[theme].background)
      expect(ratio, name).toBeGreaterThanOrEqual(3)
    }
  })

  it.each(themes)('keep ink at 4.5:1 or more on every fill and note of the %s theme', (theme) => {
    for (const { name, color } of [...fillPalette, ...stickyPalette]) {
      const ratio = contrastRatio(shownColor(DEFAULT_STROKE, theme), shownColor(color, theme))
      expect(ratio, name).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('never give one stored colour two partners', () => {
    const partners = new Map<string, string>()
    for (const { color, dark } of [...strokePalette, ...fillPalette, ...stickyPalette]) {
      expect(partners.get(color) ?? dark).toBe(dark)
      partners.set(color, dark)
    }
  })
})

describe('shown colours', () => {
  it('are the stored ones on a light board', () => {
    expect(shownColor('#AB12CD', 'light')).toBe('#ab12cd')
  })

  it('turn lightness round on a dark board', () => {
    const background = themeColors.dark.background
    expect(contrastRatio(shownColor('#000000', 'dark'), background)).toBeGreaterThan(10)
    expect(contrastRatio(shownColor('#1e1e1e', 'dark'), background)).toBeGreaterThan(9)
    expect(contrastRatio(shownColor('#fefefe', 'dark'), background)).toBeLessThan(2)
    for (const saturated of ['#ff0000', '#00ff00', '#0000ff', '#123456', '#8b4513']) {
      expect(contrastRatio(shownColor(saturated, 'dark'), background), saturated).toBeGreaterThan(3)
      expect(shownColor(saturated, 'dark')).toMatch(/^#[0-9a-f]{6}$/)
    }
  })

  it('are ink for what is no colour', () => {
    for (const hostile of ['red;background:url(//x)', '', '#12', null, 7] as unknown as string[]) {
      expect(shownColor(hostile, 'light')).toBe(DEFAULT_STROKE)
    }
  })
})

describe('what is written on a colour', () => {
  it('can be read on every grey, white for as long as it may', () => {
    for (let level = 0; level < 256; level++) {
      const grey = `#${level.toString(16).padStart(2, '0').repeat(3)}`
      expect(contrastRatio(inkOn(grey), grey), grey).toBeGreaterThanOrEqual(3)
    }
    expect(inkOn('#d93a3a')).toBe('#ffffff')
    expect(inkOn('#ffe48a')).not.toBe('#ffffff')
  })
})
