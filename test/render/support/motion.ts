import { boxCenter } from '../../../whiteboard/geometry/box.ts'
import { type Camera, fitBox, panBy, zoomAt } from '../../../whiteboard/geometry/camera.ts'
import { screenPoint } from '../../../whiteboard/geometry/types.ts'
import type { BoardStore } from '../../../whiteboard/model/board.ts'
import type { Theme } from '../../../whiteboard/model/palette.ts'
import { shownPaper } from '../../../whiteboard/model/paper.ts'
import { mixedScene } from '../../support/mixed-scene.ts'
import { belowOf } from '../../support/random-hand.ts'
import type { Below } from '../../support/variety.ts'
import { nextFrame } from './frames.ts'
import { newCanvas } from './scenes.ts'
import { boardOf, Screen } from './screen.ts'

const SIZE = [800, 600] as const
/** Pixels of a square's side: what is missing in one is a hole that one sees. */
const SQUARE = 40
/** Mean difference from the paper from which a square is full of ink, 0 to 255. */
const DENSE = 20
/** The part of it that has to be seen at least, however coarse. */
const SEEN = 0.25

/** For each square, how far it is from blank paper. */
const inkOf = ({ data, width, height }: ImageData, paper: readonly number[]): Float64Array => {
  const columns = Math.ceil(width / SQUARE)
  const squares = new Float64Array(columns * Math.ceil(height / SQUARE))
  for (let index = 0; index < data.length; index += 4) {
    const [x, y] = [(index / 4) % width, Math.floor(index / 4 / width)]
    const square = Math.floor(y / SQUARE) * columns + Math.floor(x / SQUARE)
    let off = 0
    for (let channel = 0; channel < 3; channel++) {
      off += Math.abs((data[index + channel] ?? 0) - (paper[channel] ?? 0))
    }
    squares[square] = (squares[square] ?? 0) + off / 3 / (SQUARE * SQUARE)
  }
  return squares
}

const paperOf = (theme: Theme): readonly number[] => {
  const { context } = newCanvas(1, 1)
  context.fillStyle = shownPaper(null, theme)
  context.fillRect(0, 0, 1, 1)
  return [...context.getImageData(0, 0, 1, 1).data]
}

/** One frame of a movement, and what is missing in it. */
export interface Hole {
  readonly frame: number
  readonly camera: Camera
  /** How many squares full of ink show (nearly) none. */
  readonly squares: number
  /** Of so many that are full of ink. */
  readonly dense: number
  readonly picture: string
}

interface Frame {
  readonly camera: Camera
  readonly theme: Theme
  readonly shot: ImageData
}

const pictureOf = (first: ImageData, second: ImageData): string => {
  const { canvas, context } = newCanvas(first.width * 2, first.height)
  context.putImageData(first, 0, 0)
  context.putImageData(second, first.width, 0)
  return canvas.toDataURL('image/png')
}

/** The frames in which ink is missing, compared with a straight drawing of what each should show. */
const holesIn = (screen: Screen, frames: readonly Frame[]): readonly Hole[] =>
  frames.flatMap(({ camera, theme, shot }, frame) => {
    const straight = screen.straight({ camera, theme })
    const paper = paperOf(theme)
    const [shown, wanted] = [inkOf(shot, paper), inkOf(straight, paper)]
    const full = [...wanted.keys()].filter((square) => (wanted[square] ?? 0) >= DENSE)
    const blank = full.filter((square) => (shown[square] ?? 0) < SEEN * (wanted[square] ?? 0))
    if (blank.length === 0) return []
    return [{ frame, camera, squares: blank.length, dense: full.length, picture: pictureOf(shot, straight) }]
  })

/** Anything one does with a wheel or fingers: some frames of panning or zooming, at times a leap to another place. */
function* wander(below: Below, board: BoardStore, from: Camera): Generator<Camera> {
  let camera = from
  const bounds = board.bounds() ?? { minX: 0, minY: 0, maxX: 1, maxY: 1 }
  for (;;) {
    const kind = below(8)
    const frames = 4 + below(10)
    const [dx, dy] = [below(160) - 80, below(120) - 60]
    const factor = 2 ** ((below(21) - 10) / 20)
    const anchor = screenPoint(below(SIZE[0]), below(SIZE[1]))
    if (kind === 0) camera = fitBox(bounds, SIZE)
    if (kind === 1) {
      const [x, y] = boxCenter(bounds)
      camera = { x: x + below(2000) - 1000, y: y + below(2000) - 1000, zoom: 1 }
    }
    for (let frame = 0; frame < frames; frame++) {
      camera = kind % 2 === 0 ? panBy(camera, [dx, dy]) : zoomAt(camera, anchor, camera.zoom * factor)
      if (camera.zoom < 0.05 || camera.zoom > 4) camera = { ...camera, zoom: 1 }
      yield camera
    }
  }
}

/** Once all has been seen from afar, wanders about; the frames in which something is missing. */
export const wandering = async (seed: number, count: number): Promise<readonly Hole[]> => {
  const board = boardOf(mixedScene({ count: 800, seed }))
  board.transact('load', (edit) => edit.configure({ pattern: 'plain' }))
  const whole = fitBox(board.bounds() ?? { minX: 0, minY: 0, maxX: 1, maxY: 1 }, SIZE)
  const screen = new Screen({ board, size: SIZE, scene: { camera: whole } })
  await screen.rest()
  screen.show({ camera: { ...whole, zoom: 1 } })
  await screen.rest()
  for (let frames = 0; frames < 30; frames++) await nextFrame()
  const frames: Frame[] = []
  for (const camera of wander(belowOf(seed), board, screen.scene.camera)) {
    if (frames.length >= count) break
    screen.show({ camera })
    await nextFrame()
    frames.push({ camera, theme: 'light', shot: screen.shot() })
  }
  const found = holesIn(screen, frames)
  screen.dispose()
  return found
}

/** The frames after a change of everything (another theme, other fonts, all moved) in which something is missing. */
export const changingAll = async (what: 'theme' | 'place' | 'fonts'): Promise<readonly Hole[]> => {
  const board = boardOf(mixedScene({ count: 6_000, seed: 4 }))
  board.transact('load', (edit) => edit.configure({ pattern: 'plain' }))
  const camera = fitBox(board.bounds() ?? { minX: 0, minY: 0, maxX: 1, maxY: 1 }, SIZE)
  const screen = new Screen({ board, size: SIZE, scene: { camera } })
  await screen.rest()
  if (what === 'theme') screen.show({ theme: 'dark' })
  if (what === 'fonts') document.fonts.dispatchEvent(new Event('loadingdone'))
  if (what === 'place') {
    board.transact('remote', (edit) => {
      for (const { id } of board.ordered) edit.update(id, { stroke: '#7648d8' })
    })
  }
  let isDone = false
  void screen.rest().then(() => {
    isDone = true
  })
  const frames: Frame[] = []
  while (!isDone) {
    await nextFrame()
    const paper = screen.shot().data.subarray(0, 3)
    const dark = (paper[0] ?? 255) < 128
    frames.push({ camera, theme: dark ? 'dark' : 'light', shot: screen.shot() })
  }
  const found = holesIn(screen, frames)
  screen.dispose()
  return found
}
