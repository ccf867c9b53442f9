import { addFonts } from './fonts.ts'
import { afterZooming, blurred, spoilt, throughTiles } from './through-tiles.ts'

export const inPage = { addFonts, throughTiles, afterZooming, blurred, spoilt }
Object.assign(globalThis, { inPage })
