import { kinds } from '../../../whiteboard/elements/index.ts'
import { pictureBox } from '../../../whiteboard/formats/svg.ts'
import { boxCenter } from '../../../whiteboard/geometry/box.ts'
import { type Camera, zoomAt } from '../../../whiteboard/geometry/camera.ts'
import { screenPoint, worldPoint } from '../../../whiteboard/geometry/types.ts'
import type { BoardStore } from '../../../whiteboard/model/board.ts'
import type { Element, OrderKey } from '../../../whiteboard/model/element.ts'
import { keyBetween } from '../../../whiteboard/model/order.ts'
import type { Theme } from '../../../whiteboard/model/palette.ts'
import { nextFrame } from './frames.ts'
import { type Likeness, likenessOf } from './likeness.ts'
import { type Scene as Case, loadPictures, newCanvas, readElements, readStored } from './scenes.ts'
import { boardOf, readyPictures, Screen } from './screen.ts'

const SIZE = [640, 480] as const

/** In the order in which they are given, round the board's origin: on every level tiles meet there. */
const aroundOrigin = (scene: Case): readonly Element[] => {
  const [x, y] = boxCenter(pictureBox(readElements(scene), kinds, 0))
  let order: OrderKey | null = null
  return readStored(scene).map((stored) => {
    order = keyBetween(order, null)
    const [left, top] = stored.position
    return { ...stored, order, position: worldPoint(left - x, top - y) } as Element
  })
}

const boardOfCase = (scene: Case): BoardStore => {
  const board = boardOf(aroundOrigin(scene))
  board.transact('load', (edit) => edit.configure({ background: scene.paper ?? null }))
  return board
}

/** The board's origin near the middle, on no whole pixel. */
const cameraAt = (zoom: number): Camera => ({
  x: -SIZE[0] / 2 / zoom + 7.3,
  y: -SIZE[1] / 2 / zoom - 5.7,
  zoom,
})

/** For each zoom, how far a case drawn through tiles is from a straight drawing of it. */
export const throughTiles = async (
  scene: Case,
  theme: Theme,
  zooms: readonly number[],
): Promise<readonly Likeness[]> => {
  const pictures = readyPictures(await loadPictures(scene))
  const board = boardOfCase(scene)
  const screens = zooms.map(
    (zoom) => new Screen({ board, size: SIZE, pictures, scene: { theme, camera: cameraAt(zoom) } }),
  )
  const found = await Promise.all(screens.map((screen) => screen.likeness()))
  for (const screen of screens) screen.dispose()
  return found
}

/** Zooms frame by frame from each zoom to the next, moving on the way; how far what is seen at rest after each is off. */
export const afterZooming = async (scene: Case, zooms: readonly number[]): Promise<readonly Likeness[]> => {
  const pictures = readyPictures(await loadPictures(scene))
  const screen = new Screen({ board: boardOfCase(scene), size: SIZE, pictures })
  const found: Likeness[] = []
  screen.show({ camera: cameraAt(zooms[0] ?? 1) })
  await screen.rest()
  for (const zoom of zooms.slice(1)) {
    const step = (zoom / screen.scene.camera.zoom) ** (1 / 8)
    for (let count = 0; count < 8; count++) {
      const { camera } = screen.scene
      screen.show({ camera: zoomAt(camera, screenPoint(290 + count * 3, 210), camera.zoom * step) })
      await nextFrame()
    }
    found.push(await screen.likeness())
  }
  screen.dispose()
  return found
}

/** How far a case drawn at half its scale and enlarged, as while zooming, is from itself: what must be noticed. */
export const blurred = async (scene: Case): Promise<Likeness> => {
  const [board, camera] = [boardOfCase(scene), cameraAt(1)]
  const screen = new Screen({ board, size: SIZE, scene: { camera } })
  const small = new Screen({
    board,
    size: [SIZE[0] / 2, SIZE[1] / 2],
    scene: { camera: { ...camera, zoom: 0.5 } },
  })
  await Promise.all([screen.rest(), small.rest()])
  const { context, canvas } = newCanvas(SIZE[0], SIZE[1])
  for (const layer of small.host.querySelectorAll('canvas')) context.drawImage(layer, 0, 0, ...SIZE)
  const found = likenessOf(context.getImageData(0, 0, canvas.width, canvas.height), screen.shot())
  for (const each of [screen, small]) each.dispose()
  return found
}

/** How far a case is from itself with a gap of one pixel at the border of a tile, and from itself a little moved. */
export const spoilt = async (scene: Case): Promise<{ readonly gap: Likeness; readonly moved: Likeness }> => {
  const board = boardOfCase(scene)
  const screen = new Screen({ board, size: SIZE, scene: { camera: cameraAt(1) } })
  await screen.rest()
  const whole = screen.shot()
  const { context } = newCanvas(SIZE[0], SIZE[1])
  context.putImageData(whole, 0, 0)
  context.fillStyle = '#fcfcfa'
  context.fillRect(Math.round(SIZE[0] / 2 - 7.3), 0, 1, SIZE[1])
  const gap = likenessOf(context.getImageData(0, 0, ...SIZE), whole)
  const camera = cameraAt(1)
  screen.show({ camera: { ...camera, x: camera.x + 2 } })
  await screen.rest()
  const moved = likenessOf(screen.shot(), whole)
  screen.dispose()
  return { gap, moved }
}
