import { type Box, draw } from './drawing.ts'
import { type Scene, start } from './page.ts'

/** Side of a tile, in device pixels. */
const SIDE = 512
/** Tiles that are kept; the one used longest ago goes first. */
const MOST = 192

interface Tile {
  readonly canvas: HTMLCanvasElement
  readonly box: Box
}

const tiles = new Map<string, Tile>()
let lastScale = 0

const raster = ({ board, hold }: Scene, scale: number, column: number, row: number): Tile => {
  const [canvas, span] = [document.createElement('canvas'), SIDE / scale]
  canvas.width = SIDE
  canvas.height = SIDE
  const box = { left: column * span, top: row * span, right: (column + 1) * span, bottom: (row + 1) * span }
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This browser cannot draw on a canvas')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, SIDE, SIDE)
  context.setTransform(scale, 0, 0, scale, -column * SIDE, -row * SIDE)
  for (const element of board.within(box)) if (element !== hold?.what) draw(context, element)
  return { canvas, box }
}

const tileAt = (scene: Scene, scale: number, column: number, row: number): Tile => {
  const key = `${scale},${column},${row}`
  const tile = tiles.get(key) ?? raster(scene, scale, column, row)
  tiles.delete(key)
  tiles.set(key, tile)
  const [oldest] = tiles.keys()
  if (tiles.size > MOST && oldest !== undefined) tiles.delete(oldest)
  return tile
}

/** While the zoom changes, that of the power of two at or above it; of the zoom itself as soon as it stays. */
const scaleOfTiles = (scale: number): number => {
  const isResting = scale === lastScale
  lastScale = scale
  return isResting ? scale : 2 ** Math.ceil(Math.log2(scale) - 0.01)
}

/** Tiles, each rastered once, are drawn as pictures. */
const drawScene = (scene: Scene): void => {
  const { context, camera, view, ratio, hold } = scene
  const scale = camera.zoom * ratio
  const tileScale = scaleOfTiles(scale)
  const span = SIDE / tileScale
  const [dx, dy] = hold?.what === 'all' ? [hold.dx, hold.dy] : [0, 0]
  context.setTransform(1, 0, 0, 1, 0, 0)
  for (let row = Math.floor((view.top - dy) / span); row * span < view.bottom - dy; row++)
    for (let column = Math.floor((view.left - dx) / span); column * span < view.right - dx; column++) {
      const { canvas } = tileAt(scene, tileScale, column, row)
      const x = Math.round((column * span + dx - camera.x) * scale)
      const y = Math.round((row * span + dy - camera.y) * scale)
      const right = Math.round(((column + 1) * span + dx - camera.x) * scale)
      const bottom = Math.round(((row + 1) * span + dy - camera.y) * scale)
      context.drawImage(canvas, x, y, right - x, bottom - y)
    }
  if (!hold || hold.what === 'all') return
  context.setTransform(scale, 0, 0, scale, (hold.dx - camera.x) * scale, (hold.dy - camera.y) * scale)
  draw(context, hold.what)
}

const touch = (a: Box, b: Box): boolean =>
  a.left < b.right && a.top < b.bottom && a.right > b.left && a.bottom > b.top

const changed = (boxes: readonly Box[] | 'all'): void => {
  if (boxes === 'all') tiles.clear()
  else for (const [key, { box }] of tiles) if (boxes.some((each) => touch(each, box))) tiles.delete(key)
}

start({ draw: drawScene, changed })
