import { kinds } from '../../../whiteboard/elements/index.ts'
import type { Size } from '../../../whiteboard/geometry/types.ts'
import { applyDrafts } from '../../../whiteboard/model/apply-draft.ts'
import type { BoardReader } from '../../../whiteboard/model/board.ts'
import type { Draft } from '../../../whiteboard/model/draft.ts'
import type { Element } from '../../../whiteboard/model/element.ts'
import { compareOrder } from '../../../whiteboard/model/order.ts'
import { paintElement } from '../../../whiteboard/model/paint-element.ts'
import type { TextMeasurer } from '../../../whiteboard/model/surface.ts'
import { paintBackdrop } from '../../../whiteboard/render/backdrop.ts'
import {
  type CanvasSurface,
  createCanvasSurface,
  type FindPicture,
} from '../../../whiteboard/render/canvas-surface.ts'
import type { Scene } from '../../../whiteboard/render/contract.ts'
import { applyViewport, viewportOf } from '../../../whiteboard/render/viewport.ts'
import { newCanvas } from './scenes.ts'

/** How much is left of what is about to be erased, as the canvas promises it. */
const ERASING_OPACITY = 0.25

export interface StraightOptions {
  readonly board: BoardReader
  readonly scene: Scene
  readonly size: Size
  readonly ratio: number
  readonly measure: TextMeasurer
  readonly pictures?: FindPicture | undefined
  /** Every element in full, however small it is. */
  readonly inFull?: boolean
}

/** Canvas pixels per board unit at which nothing is left out. */
const LARGE = 16

/** The same surface to those who ask it how much they have to draw, but for what it answers. */
const asIfLarge = (surface: CanvasSurface): CanvasSurface =>
  new Proxy(surface, {
    get: (target, key) => {
      if (key === 'scale') return LARGE
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

/** All that is to be seen, in drawing order: the board as this person's and the peers' drafts make it. */
export const shownElements = (board: BoardReader, scene: Scene): readonly Element[] => {
  const theirs = scene.peers.map(({ draft }) => draft).filter((draft): draft is Draft => draft !== null)
  if (theirs.length === 0 && scene.draft === null) return board.ordered
  const peers = applyDrafts(theirs, board, kinds, { heal: true })
  const withPeers = {
    get: (id: Element['id']) => peers.changed.get(id) ?? board.get(id),
    referrers: (id: Element['id']) => board.referrers(id),
    frames: board.frames.map((frame) => peers.changed.get(frame.id) ?? frame),
  }
  const own = applyDrafts([scene.draft], withPeers, kinds)
  const shown = new Map(board.ordered.map((element) => [element.id, element]))
  for (const [id, element] of [...peers.changed, ...own.changed]) shown.set(id, element)
  for (const id of new Set([...peers.erasing, ...own.erasing])) {
    const element = shown.get(id)
    if (element) shown.set(id, { ...element, opacity: element.opacity * ERASING_OPACITY })
  }
  return [...shown.values()].sort(compareOrder)
}

/** What the canvas has to show at rest, apart from the overlay: paper and elements one after the other, and no tiles. */
export const drawStraight = (options: StraightOptions): ImageData => {
  const { board, scene, size, ratio, measure, pictures, inFull = false } = options
  const view = viewportOf(scene.camera, size, ratio)
  const { context } = newCanvas(view.width, view.height)
  paintBackdrop(context, view, scene.theme, board.settings)
  applyViewport(context, view)
  const plain = createCanvasSurface(context, scene.theme, view.scale, pictures)
  const surface = inFull ? asIfLarge(plain) : plain
  for (const element of shownElements(board, scene)) {
    const editing = element.id === scene.editing
    paintElement(surface, element, kinds, { measure, editing, captioned: true })
  }
  return context.getImageData(0, 0, view.width, view.height)
}
