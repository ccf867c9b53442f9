import { describe, expect, it } from 'vitest'
import type { FontFamily } from '../model/element.ts'
import { embeddedFontFaces, type FontFiles } from './embedded-fonts.ts'

const fonts = (): FontFiles & { readonly loaded: string[] } => {
  const loaded: string[] = []
  const file = (font: string, range: string, url: string) => ({ font, range, url })
  return {
    loaded,
    files: [
      file('Inter', 'U+0000-00FF, U+0131', 'inter-latin'),
      file('Inter', 'U+0400-045F', 'inter-cyrillic'),
      file('Shantell Sans', 'U+0000-00FF', 'shantell-latin'),
      file('Source Serif 4', 'U+4??', 'serif-cyrillic'),
      file('Source Serif 4', 'U+4??', 'serif-cyrillic'),
      file('Somebody Else', '', 'else'),
    ],
    load: async (url) => {
      if (url === 'shantell-latin') throw new Error('offline')
      loaded.push(url)
      return new TextEncoder().encode(url)
    },
  }
}

describe('the fonts that a file carries', () => {
  it('are those files whose characters occur, once each', async () => {
    const page = fonts()
    const css = await embeddedFontFaces(
      new Map<FontFamily, Iterable<string>>([
        ['sans', ['Hello']],
        ['serif', new Set(['Ж', '漢'])],
      ]),
      page,
    )
    expect(page.loaded).toEqual(['inter-latin', 'serif-cyrillic'])
    expect(css.match(/@font-face/g)).toHaveLength(2)
    expect(css).toContain('font-family:"Inter"')
    expect(css).toContain(
      `unicode-range:U+0000-00FF, U+0131;src:url(data:font/woff2;base64,${btoa('inter-latin')})`,
    )
  })

  it('are none where nothing is written, or only in scripts that no bundled font has', async () => {
    const page = fonts()
    expect(await embeddedFontFaces(new Map(), page)).toBe('')
    expect(await embeddedFontFaces(new Map([['sans', ['漢字']]] as const), page)).toBe('')
    expect(page.loaded).toEqual([])
  })

  it('leave out what cannot be loaded', async () => {
    expect(await embeddedFontFaces(new Map([['hand', 'abc']] as const), fonts())).toBe('')
  })
})
