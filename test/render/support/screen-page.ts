import { boardOpens, fontsArrive, pictureArrives, surroundingsChange, themeChanges } from './arrivals.ts'
import { addFonts } from './fonts.ts'
import { fromAfar } from './from-afar.ts'
import { handsAtWork } from './hands.ts'
import { changingAll, wandering } from './motion.ts'
import { afterZooming, blurred, spoilt, throughTiles } from './through-tiles.ts'
import { releasedAtRest, underWay } from './under-way.ts'

export const inPage = {
  addFonts,
  throughTiles,
  afterZooming,
  blurred,
  spoilt,
  underWay,
  releasedAtRest,
  themeChanges,
  surroundingsChange,
  fontsArrive,
  boardOpens,
  fromAfar,
  pictureArrives,
  wandering,
  changingAll,
  handsAtWork,
}
Object.assign(globalThis, { inPage })
