import type { BoardStore } from '../../../whiteboard/model/board.ts'
import type { Theme } from '../../../whiteboard/model/palette.ts'
import { createCanvasMeasurer } from '../../../whiteboard/render/canvas-measurer.ts'
import { EMPTY_SCENE } from '../../../whiteboard/render/scene.ts'
import { EditorDriver } from '../../support/editor-driver.ts'
import { mixedScene } from '../../support/mixed-scene.ts'
import { belowOf } from '../../support/random-hand.ts'
import { varietyOf } from '../../support/variety.ts'
import { newCanvas } from './scenes.ts'
import { boardOf } from './screen.ts'
import { drawStraight } from './straight.ts'

const SIZE = [480, 400] as const
/** Pixels of the squares whose tone an eye compares. */
const SQUARE = 24

/** How a board seen from afar, drawn with little effort, differs from the same drawn in full. */
export interface Tone {
  /** Of the mean colour of everything, the largest difference of a channel, 0 to 255. */
  readonly whole: number
  /** Of the mean colours of squares: the mean of those differences, and the largest. */
  readonly mean: number
  readonly worst: number
  /** Both, side by side, as a `data:` URL. */
  readonly picture: string
}

/** Sums of red, green and blue for each square. */
const tonesOf = ({ data, width, height }: ImageData): Float64Array => {
  const columns = Math.ceil(width / SQUARE)
  const tones = new Float64Array(columns * Math.ceil(height / SQUARE) * 3)
  for (let index = 0; index < data.length; index++) {
    const channel = index & 3
    if (channel === 3) continue
    const [x, y] = [(index >> 2) % width, Math.floor((index >> 2) / width)]
    const at = (Math.floor(y / SQUARE) * columns + Math.floor(x / SQUARE)) * 3 + channel
    tones[at] = (tones[at] ?? 0) + (data[index] ?? 0) / SQUARE ** 2
  }
  return tones
}

const meanOf = (tones: Float64Array, channel: number): number => {
  const own = tones.filter((_, index) => index % 3 === channel)
  return own.reduce((sum, tone) => sum + tone, 0) / own.length
}

const pictureOf = (little: ImageData, full: ImageData): string => {
  const { canvas, context } = newCanvas(little.width * 2, little.height)
  context.putImageData(little, 0, 0)
  context.putImageData(full, little.width, 0)
  return canvas.toDataURL('image/png')
}

const boards: Readonly<Record<'mixed' | 'every type', () => BoardStore>> = {
  mixed: () => boardOf(mixedScene({ count: 3_000, seed: 6 })),
  'every type': () => {
    const maker = new EditorDriver()
    for (let part = 0; part < 6; part++) {
      const elements = varietyOf(30, belowOf(part + 40))
      maker.editor.create(elements.map((each) => ({ ...each, frame: null })))
    }
    return maker.board
  },
}

export type AfarBoard = keyof typeof boards

export const fromAfar = (name: AfarBoard, theme: Theme, zooms: readonly number[]): readonly Tone[] => {
  const board = boards[name]()
  board.transact('load', (edit) => edit.configure({ pattern: 'plain' }))
  const measure = createCanvasMeasurer()
  return zooms.map((zoom) => {
    const scene = { ...EMPTY_SCENE, theme, camera: { x: 0, y: 0, zoom } }
    const options = { board, scene, size: SIZE, ratio: 1, measure }
    const [little, full] = [drawStraight(options), drawStraight({ ...options, inFull: true })]
    const [a, b] = [tonesOf(little), tonesOf(full)]
    const apart = [...a].map((tone, index) => Math.abs(tone - (b[index] ?? 0)))
    const whole = [0, 1, 2].map((channel) => Math.abs(meanOf(a, channel) - meanOf(b, channel)))
    const mean = apart.reduce((sum, each) => sum + each, 0) / apart.length
    return { whole: Math.max(...whole), mean, worst: Math.max(...apart), picture: pictureOf(little, full) }
  })
}
