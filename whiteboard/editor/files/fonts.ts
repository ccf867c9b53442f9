import { embeddedFontFaces } from '../../formats/embedded-fonts.ts'
import type { Element, FontFamily } from '../../model/element.ts'
import { bundledFont } from '../../model/text/fonts.ts'

/** Has the fonts arrive that these elements are written in: a picture shows only what is there when it is painted. */
export const loadFonts = async (elements: readonly Element[]): Promise<void> => {
  if (typeof document === 'undefined' || !document.fonts) return
  const letters = new Map<FontFamily, Set<string>>()
  for (const { text, fontFamily = 'sans' } of elements) {
    if (text === '') continue
    const known = letters.get(fontFamily as FontFamily) ?? new Set()
    letters.set(fontFamily as FontFamily, known)
    for (const letter of text) known.add(letter)
  }
  const wanted = [...letters].map(([family, used]) =>
    document.fonts.load(`16px "${bundledFont(family)}"`, [...used].join('')),
  )
  await Promise.allSettled(wanted)
}

/** The rules that carry the fonts of an SVG with it; none where there is no page to take them from. */
export const fontsFor = async (letters: ReadonlyMap<FontFamily, ReadonlySet<string>>): Promise<string> =>
  typeof document === 'undefined' ? '' : embeddedFontFaces(letters)
