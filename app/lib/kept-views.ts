import type { Camera } from '../../whiteboard/index.ts'
import { keep, readKept } from './kept.ts'

/** What somebody looked at: the middle of the view in board units, so that it holds in a window of another size. */
interface KeptView {
  readonly board: string
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** CSS pixels. */
interface Size {
  readonly width: number
  readonly height: number
}

/** The views of that many boards are remembered for each person, the last looked at first. */
const MOST = 50

const keyOf = (person: string): string => `drawbridge.views.${person}`

const isView = (value: unknown): value is KeptView => {
  const { board, x, y, zoom } = (value ?? {}) as Partial<Record<keyof KeptView, unknown>>
  return typeof board === 'string' && [x, y, zoom].every(Number.isFinite) && Number(zoom) > 0
}

const read = (person: string): KeptView[] => {
  const stored = readKept(keyOf(person))
  return Array.isArray(stored) ? stored.filter(isView) : []
}

/** The camera with which this person left this board in this browser; null on the first visit. Never throws. */
export const recallView = (person: string, board: string, { width, height }: Size): Camera | null => {
  const view = read(person).find((each) => each.board === board)
  if (!view) return null
  const { x, y, zoom } = view
  return { x: x - width / 2 / zoom, y: y - height / 2 / zoom, zoom }
}

/** Remembers the camera for the next visit. Never throws. */
export const keepView = (person: string, board: string, camera: Camera, { width, height }: Size): void => {
  const { zoom } = camera
  const view = { board, x: camera.x + width / 2 / zoom, y: camera.y + height / 2 / zoom, zoom }
  const others = read(person).filter((each) => each.board !== board)
  keep(keyOf(person), [view, ...others].slice(0, MOST))
}
