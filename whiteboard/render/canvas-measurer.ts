import type { TextMeasurer } from '../model/surface.ts'
import { cssFont } from '../model/text/fonts.ts'

/** CSS pixels at which text is measured; widths are proportional to the size, as `geometricPrecision` promises. */
const REFERENCE = 64
const CACHE_LIMIT = 20_000

export interface CanvasMeasurer extends TextMeasurer {
  /** Forgets all widths: another font has arrived. */
  forget(): void
}

/** Measures with the browser's own fonts, each piece of text once. */
export const createCanvasMeasurer = (): CanvasMeasurer => {
  const context = document.createElement('canvas').getContext('2d')
  if (context === null) throw new Error('This browser cannot draw on a canvas')
  const widths = new Map<string, number>()
  return {
    width(text, family, size) {
      const key = `${family} ${text}`
      let width = widths.get(key)
      if (width === undefined) {
        context.font = cssFont(family, REFERENCE)
        context.textRendering = 'geometricPrecision'
        width = context.measureText(text).width / REFERENCE
        if (widths.size >= CACHE_LIMIT) widths.clear()
        widths.set(key, width)
      }
      return width * size
    },
    forget() {
      widths.clear()
    },
  }
}
