import { intersects } from '../geometry/box.ts'
import type { Box } from '../geometry/types.ts'
import type { BoardReader } from '../model/board.ts'
import type { Element, ElementId } from '../model/element.ts'
import { paintedBounds } from '../model/element-index.ts'
import type { KindRegistry } from '../model/kind.ts'
import { compareOrder } from '../model/order.ts'
import { paintElement } from '../model/paint-element.ts'
import type { Theme } from '../model/palette.ts'
import type { TextMeasurer } from '../model/surface.ts'
import { paintBackdrop } from './backdrop.ts'
import { type CanvasSurface, createCanvasSurface, type FindPicture } from './canvas-surface.ts'
import { type Drafted, liveElement } from './drafted.ts'
import { finishedIn } from './finished.ts'
import { shifting } from './late-shifting.ts'
import { applyViewport, type Viewport } from './viewport.ts'

export interface LiveSource {
  readonly board: BoardReader
  readonly kinds: KindRegistry
  readonly measure: TextMeasurer
  readonly theme: Theme
  readonly pictures: FindPicture | undefined
  readonly drafted: Drafted
  readonly editing: ElementId | null
}

interface LiveElement {
  readonly element: Element
  readonly bounds: Box
}

/** Beyond so many elements under way, or lying over them, they are simply drawn on top while they move. */
const MOST_LIVE = 150
const MOST_ABOVE = 500

const liveElements = (source: LiveSource, view: Viewport): LiveElement[] => {
  const found: LiveElement[] = []
  for (const id of source.drafted.hidden) {
    const element = liveElement(source.drafted, source.board, id)
    if (element === undefined) continue
    const bounds = paintedBounds(element, source.kinds)
    if (intersects(bounds, view.box)) found.push({ element, bounds })
  }
  return found.sort((a, b) => compareOrder(a.element, b.element))
}

interface Covered {
  readonly regions: readonly Box[]
  /** Whether everything is in its order once these are drawn anew. */
  readonly isInOrder: boolean
}

/** Whether all that tiles show lies under what is live. */
const isAboveAll = (live: readonly LiveElement[], { board, drafted, kinds }: LiveSource): boolean => {
  const top = board.ordered.findLast(({ id }) => !drafted.hidden.has(id))
  const [lowest] = live
  if (!top || !lowest) return true
  const mixes = live.some(({ element }) => kinds.get(element.type).highlights === true)
  return !mixes && compareOrder(top, lowest.element) < 0
}

/**
 * Where everything must be drawn anew, in order: each live element over which finished ones lie or which highlights some,
 * and what stays over what moves as a whole.
 */
const coveredRegions = (live: readonly LiveElement[], source: LiveSource, view: Viewport): Covered => {
  const code = shifting.here
  const crossed = code ? code.crossedRegions(source, source.kinds, view) : []
  const regions = crossed ?? []
  if (live.length > MOST_LIVE) return { regions, isInOrder: crossed !== null && isAboveAll(live, source) }
  let count = 0
  const covered: Box[] = []
  for (const { element, bounds } of live) {
    const others = finishedIn(bounds, source)
    const top = others.at(-1)
    const isCovered = top !== undefined && compareOrder(top, element) >= 0
    // What highlights needs what is under it on the same layer.
    const mixes = others.length > 0 && source.kinds.get(element.type).highlights === true
    if (!isCovered && !mixes) continue
    count += others.length
    covered.push(bounds)
  }
  if (count > MOST_ABOVE) return { regions, isInOrder: false }
  return { regions: [...regions, ...covered], isInOrder: crossed !== null }
}

/** What drafts touch, in its right place between the finished elements. */
export class LiveLayer {
  #empty = true
  #inOrder = true

  /** Whether nothing of it is to be seen. */
  get isEmpty(): boolean {
    return this.#empty
  }

  /** Whether all of it is in its right place between the finished elements, and not some of it on top of them. */
  get isInOrder(): boolean {
    return this.#inOrder
  }

  paint(context: CanvasRenderingContext2D, view: Viewport, source: LiveSource): void {
    const { hidden, shift } = source.drafted
    this.#inOrder = true
    if (hidden.size === 0 && shift === null && this.#empty) return
    const live = liveElements(source, view)
    const { regions, isInOrder } = coveredRegions(live, source, view)
    this.#inOrder = isInOrder
    const wasEmpty = this.#empty
    this.#empty = live.length + regions.length === 0
    if (this.#empty && wasEmpty) return
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, view.width, view.height)
    if (this.#empty) return
    applyViewport(context, view)
    const surface = createCanvasSurface(context, source.theme, view.scale, source.pictures)
    for (const each of live) paintLive(surface, each, view, source)
    for (const region of regions) paintRegion(context, surface, region, live, view, source)
  }
}

const paintLive = (surface: CanvasSurface, live: LiveElement, view: Viewport, source: LiveSource): void => {
  const { element, bounds } = live
  surface.limit({
    minX: bounds.minX * view.scale + view.offsetX,
    minY: bounds.minY * view.scale + view.offsetY,
    maxX: bounds.maxX * view.scale + view.offsetX,
    maxY: bounds.maxY * view.scale + view.offsetY,
  })
  const editing = element.id === source.editing
  paintElement(surface, element, source.kinds, { measure: source.measure, editing, captioned: true })
}

/** Draws all that lies in `region`, from the background up. */
const paintRegion = (
  context: CanvasRenderingContext2D,
  surface: CanvasSurface,
  region: Box,
  live: readonly LiveElement[],
  view: Viewport,
  source: LiveSource,
): void => {
  const left = Math.floor(region.minX * view.scale + view.offsetX)
  const top = Math.floor(region.minY * view.scale + view.offsetY)
  const right = Math.ceil(region.maxX * view.scale + view.offsetX)
  const bottom = Math.ceil(region.maxY * view.scale + view.offsetY)
  context.save()
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.beginPath()
  context.rect(left, top, right - left, bottom - top)
  context.clip()
  paintBackdrop(context, view, source.theme, source.board.settings)
  applyViewport(context, view)
  const still = finishedIn(region, source).map(
    (element): LiveElement => ({ element, bounds: paintedBounds(element, source.kinds) }),
  )
  const moving = live.filter(({ bounds }) => intersects(bounds, region))
  const all = [...still, ...moving].sort((a, b) => compareOrder(a.element, b.element))
  for (const each of all) paintLive(surface, each, view, source)
  context.restore()
}
