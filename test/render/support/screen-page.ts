import { addFonts } from './fonts.ts'
import { afterZooming, blurred, spoilt, throughTiles } from './through-tiles.ts'
import { underWay } from './under-way.ts'

export const inPage = { addFonts, throughTiles, afterZooming, blurred, spoilt, underWay }
Object.assign(globalThis, { inPage })
