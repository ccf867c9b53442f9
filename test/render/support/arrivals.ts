import type { Element } from '../../../whiteboard/model/element.ts'
import { Pictures } from '../../../whiteboard/render/pictures.ts'
import { mixedScene } from '../../support/mixed-scene.ts'
import { addFonts, type Font } from './fonts.ts'
import { nextFrame } from './frames.ts'
import { type Likeness, likenessOf } from './likeness.ts'
import { type Scene as Case, readElements } from './scenes.ts'
import { boardOf, Screen } from './screen.ts'

export interface Arrival {
  /** From what was seen before: something must have changed. */
  readonly before: Likeness
  /** From a straight drawing. */
  readonly after: Likeness
}

const arrived = async (screen: Screen, before: ImageData): Promise<Arrival> => {
  const after = await screen.likeness()
  return { before: likenessOf(before, screen.shot()), after }
}

/** How the first picture of a board came. */
export interface Opening {
  /** Frames until the first picture was there, and those in which only a part of it was. */
  readonly frames: number
  readonly partial: number
  /** The first picture beside a straight drawing. */
  readonly first: Likeness
}

const isSame = (a: ImageData, b: ImageData): boolean => {
  const [left, right] = [new Uint32Array(a.data.buffer), new Uint32Array(b.data.buffer)]
  return left.every((pixel, index) => pixel === right[index])
}

/** A board on which nothing was, and very much at once. */
export const boardOpens = async (): Promise<Opening> => {
  const board = boardOf([])
  const screen = new Screen({ board, scene: { camera: { x: -20, y: -20, zoom: 0.03 } } })
  await screen.rest()
  const empty = screen.shot()
  const elements = mixedScene({ count: 12_000 })
  board.transact('remote', (edit) => {
    for (const element of elements) edit.create(element)
  })
  let isShown = false
  void screen.renderer.whenShown().then(() => {
    isShown = true
  })
  let [frames, partial] = [0, 0]
  for (await nextFrame(); !isShown; await nextFrame()) {
    frames++
    if (!isShown && !isSame(screen.shot(), empty)) partial++
  }
  const first = likenessOf(screen.shot(), screen.straight())
  screen.dispose()
  return { frames, partial, first }
}

const someBoard = () => boardOf(mixedScene({ count: 300 }))

/** The other theme, and back. */
export const themeChanges = async (): Promise<readonly Arrival[]> => {
  const screen = new Screen({ board: someBoard(), scene: { camera: { x: 300, y: 200, zoom: 0.6 } } })
  await screen.rest()
  const found: Arrival[] = []
  for (const theme of ['dark', 'light'] as const) {
    const before = screen.shot()
    screen.show({ theme })
    found.push(await arrived(screen, before))
  }
  screen.dispose()
  return found
}

/** Another paper and pattern, another size of the canvas, and coming back to the page. */
export const surroundingsChange = async (): Promise<readonly Arrival[]> => {
  const board = someBoard()
  const screen = new Screen({ board, scene: { camera: { x: 300, y: 200, zoom: 0.6 } } })
  await screen.rest()
  const before = screen.shot()
  board.transact('remote', (edit) => edit.configure({ pattern: 'grid', background: '#eaf2fb' }))
  const paper = await arrived(screen, before)
  await screen.resize([500, 610])
  const size = await screen.likeness()
  await beingHidden()
  const back = await screen.likeness()
  screen.dispose()
  return [paper, { before: paper.before, after: size }, { before: paper.before, after: back }]
}

/** As if another tab was looked at for a while. */
const beingHidden = async (): Promise<void> => {
  for (const hidden of [true, false]) {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hidden ? 'hidden' : 'visible'),
    })
    document.dispatchEvent(new Event('visibilitychange'))
    for (let frames = 0; frames < 10; frames++) await nextFrame()
  }
}

/** Text that was drawn before its fonts were there. */
export const fontsArrive = async (scene: Case, fonts: readonly Font[]): Promise<Arrival> => {
  const screen = new Screen({
    board: boardOf(readElements(scene)),
    scene: { camera: { x: -20, y: -20, zoom: 1 } },
  })
  await screen.rest()
  const before = screen.shot()
  const done = new Promise((resolve) =>
    document.fonts.addEventListener('loadingdone', resolve, { once: true }),
  )
  await addFonts(fonts)
  await done
  const found = await arrived(screen, before)
  screen.dispose()
  return found
}

/** A picture that comes when its element is long there. */
export const pictureArrives = async (scene: Case): Promise<Arrival> => {
  let arrive = (): void => undefined
  const here = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const load = async (asset: string): Promise<Blob | null> => {
    await here
    const url = scene.pictures[asset]
    return url === undefined ? null : (await fetch(url)).blob()
  }
  const pictures = new Pictures({ source: { load } })
  const elements: readonly Element[] = readElements(scene)
  const camera = { x: -20, y: -20, zoom: 1 }
  const screen = new Screen({ board: boardOf(elements), pictures, scene: { camera } })
  for (let frames = 0; frames < 10; frames++) await nextFrame()
  const before = screen.shot()
  arrive()
  const found = await arrived(screen, before)
  screen.dispose()
  pictures.dispose()
  return found
}
