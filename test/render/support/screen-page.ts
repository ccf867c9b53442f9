import { addFonts } from './fonts.ts'
import { handsAtWork } from './hands.ts'
import { afterZooming, blurred, spoilt, throughTiles } from './through-tiles.ts'
import { underWay } from './under-way.ts'

export const inPage = { addFonts, throughTiles, afterZooming, blurred, spoilt, underWay, handsAtWork }
Object.assign(globalThis, { inPage })
