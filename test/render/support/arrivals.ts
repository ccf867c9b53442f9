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
