import { toScreen } from '../geometry/camera.ts'
import { screenPoint, worldPoint } from '../geometry/types.ts'
import type { BoardReader } from '../model/board.ts'
import type { Element, ElementId, GroupId } from '../model/element.ts'
import {
  frameCorners,
  type Handle,
  handlesFor,
  type ScreenFrame,
  type SelectionFrame,
  screenFrame,
  selectionFrame,
} from '../model/handles.ts'
import type { Marquee } from '../model/hints.ts'
import type { KindRegistry } from '../model/kind.ts'
import { type ThemeColors, themeColors } from '../model/palette.ts'
import { frameOf, elementsOf as pickedElements } from '../model/picked.ts'
import { unitsFrom } from '../model/plans/units.ts'
import type { TextMeasurer } from '../model/surface.ts'
import type { Scene } from './contract.ts'
import type { CursorMotion } from './cursor-motion.ts'
import { type Drafted, shownElement } from './drafted.ts'
import { paintBinding, traceOutline } from './overlay-binding.ts'
import type { PeerCarets } from './overlay-carets.ts'
import type { paintCropping as PaintCropping } from './overlay-cropping.ts'
import { paintGrowButton } from './overlay-grow.ts'
import { paintHints } from './overlay-guides.ts'
import { paintHighlights } from './overlay-highlights.ts'
import type * as Marks from './overlay-marks.ts'
import { paintCursors, peerColor } from './overlay-peers.ts'
import type { paintUploads as PaintUploads } from './overlay-uploads.ts'
import type { Viewport } from './viewport.ts'

export interface OverlaySource {
  readonly board: BoardReader
  readonly kinds: KindRegistry
  readonly scene: Scene
  readonly drafted: Drafted
  readonly motion: CursorMotion
  /** Null until somebody types. */
  readonly carets: PeerCarets | null
  /** Null until something of the board needs them. */
  readonly marks: typeof Marks | null
  readonly measure: TextMeasurer
}

/** Beyond so many selected elements only the frame round all is shown. */
const MOST_OUTLINES = 300
const HANDLE_SIDE = 9
const POINT_RADIUS = 5

const elementsOf = (ids: Iterable<ElementId>, source: OverlaySource): Element[] => {
  const found: Element[] = []
  for (const id of ids) {
    const element = shownElement(source.drafted, source.board, id)
    if (element !== undefined) found.push(element)
  }
  return found
}

const traceFrame = (context: CanvasRenderingContext2D, frame: ScreenFrame): void => {
  context.beginPath()
  for (const [x, y] of frameCorners(frame)) context.lineTo(x, y)
  context.closePath()
}

/** An upright frame's edges on pixel borders, so that a thin line is not blurred over two. */
const crisp = (frame: ScreenFrame, ratio: number): ScreenFrame => {
  if (frame.rotation !== 0) return frame
  const snap = (value: number) => (Math.round(value * ratio - 0.5) + 0.5) / ratio
  const left = snap(frame.center[0] - frame.half[0])
  const right = snap(frame.center[0] + frame.half[0])
  const top = snap(frame.center[1] - frame.half[1])
  const bottom = snap(frame.center[1] + frame.half[1])
  return {
    center: screenPoint((left + right) / 2, (top + bottom) / 2),
    half: [(right - left) / 2, (bottom - top) / 2],
    rotation: frame.rotation,
  }
}

const paintFrame = (context: CanvasRenderingContext2D, frame: SelectionFrame, view: Viewport): void => {
  traceFrame(context, crisp(screenFrame(frame, view.camera), view.ratio))
  context.stroke()
}

/** Of a line the line itself: its box would say nothing about it. */
const paintOutline = (
  context: CanvasRenderingContext2D,
  element: Element,
  source: OverlaySource,
  view: Viewport,
): void => {
  const frame = selectionFrame([element], source.kinds)
  if (frame === null) return
  if (frame.points.length === 0) {
    paintFrame(context, frame, view)
    return
  }
  traceOutline(context, element, source.kinds, view)
  context.stroke()
}

const paintHandle = (
  context: CanvasRenderingContext2D,
  handle: Handle,
  rotation: number,
  colors: ThemeColors,
): void => {
  context.save()
  context.translate(handle.at[0], handle.at[1])
  context.rotate(rotation)
  if (handle.type === 'grow') {
    paintGrowButton(context, handle, colors)
    context.restore()
    return
  }
  context.fillStyle = colors.handle
  context.beginPath()
  if (handle.type === 'resize') {
    context.roundRect(-HANDLE_SIDE / 2, -HANDLE_SIDE / 2, HANDLE_SIDE, HANDLE_SIDE, 2.5)
  } else {
    const adds = handle.type === 'point' && handle.adds
    context.arc(0, 0, adds ? POINT_RADIUS - 1 : POINT_RADIUS, 0, 2 * Math.PI)
    if (adds) {
      context.fillStyle = colors.accent
      context.strokeStyle = colors.handle
    }
  }
  context.fill()
  context.lineWidth = 1.5
  context.stroke()
  context.restore()
}

/** Outlines what is selected, a group by one dashed frame round it, unless that group is all. */
const paintUnits = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  selected: readonly Element[],
  source: OverlaySource,
): void => {
  const units = unitsFrom(selected, source.scene.focusedGroup)
  for (const { elements, grouped } of units) {
    const frame = grouped && units.length > 1 ? selectionFrame(elements, source.kinds) : null
    if (frame) {
      context.setLineDash([3, 4])
      paintFrame(context, frame, view)
      context.setLineDash([])
    } else {
      for (const element of elements) paintOutline(context, element, source, view)
    }
  }
}

/** The elements that are selected, or what stands for them while a gesture is under way, as they are shown. */
const selectedElements = (source: OverlaySource): readonly Element[] => {
  const { board, drafted, scene } = source
  const { outlined } = scene.hints ?? {}
  if (outlined) return elementsOf(outlined, source)
  const isShownElsewhere =
    drafted.shift !== null || [...drafted.changed.keys()].some((id) => scene.selection.has(id))
  return isShownElsewhere ? elementsOf(scene.selection, source) : pickedElements(board, scene.selection)
}

const paintSelection = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  source: OverlaySource,
  colors: ThemeColors,
): void => {
  const { scene, kinds } = source
  if (scene.selection.size === 0 || scene.hints?.cropping || scene.editing !== null) return
  if (scene.selection.size > MOST_OUTLINES && !scene.showHandles) return
  const selected = selectedElements(source)
  const frame = frameOf(selected, kinds)
  if (frame === null) return
  context.strokeStyle = colors.accent
  context.lineWidth = 1
  const single = selected.length === 1
  if (selected.length <= MOST_OUTLINES && !(single && scene.showHandles)) {
    context.globalAlpha = 0.55
    paintUnits(context, view, selected, source)
    context.globalAlpha = 1
  }
  if (!scene.showHandles) return
  context.lineWidth = 1.25
  if (frame.mode === 'none') context.setLineDash([4, 4])
  if (frame.mode !== 'points') paintFrame(context, frame, view)
  context.setLineDash([])
  for (const handle of handlesFor(frame, view.camera)) paintHandle(context, handle, frame.rotation, colors)
}

const paintPeersSelections = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  source: OverlaySource,
): void => {
  context.lineWidth = 1.5
  for (const peer of source.scene.peers) {
    if (peer.selection.length === 0) continue
    context.strokeStyle = peerColor(peer)
    const selected = elementsOf(peer.selection.slice(0, MOST_OUTLINES), source)
    for (const element of selected) paintOutline(context, element, source, view)
  }
}

interface Members {
  readonly group: GroupId
  readonly elements: readonly Element[]
}

/** Of the last group asked for, as long as the board stays the same. */
const membersCache = new WeakMap<readonly Element[], Members>()

const membersOf = (group: GroupId, board: BoardReader): readonly Element[] => {
  const known = membersCache.get(board.ordered)
  if (known?.group === group) return known.elements
  const elements = board.ordered.filter(({ groups }) => groups.includes(group))
  membersCache.set(board.ordered, { group, elements })
  return elements
}

/** A dashed frame round all of the group whose elements are selected one by one. */
const paintFocusedGroup = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  source: OverlaySource,
  colors: ThemeColors,
): void => {
  const { scene, kinds, board, drafted } = source
  if (scene.focusedGroup === null) return
  const members = membersOf(scene.focusedGroup, board).map(({ id }) => shownElement(drafted, board, id))
  const frame = selectionFrame(
    members.filter((element) => element !== undefined),
    kinds,
  )
  if (frame === null) return
  context.strokeStyle = colors.accent
  context.globalAlpha = 0.6
  context.lineWidth = 1
  context.setLineDash([3, 4])
  paintFrame(context, frame, view)
  context.setLineDash([])
  context.globalAlpha = 1
}

const paintMarquee = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  marquee: Marquee,
  colors: ThemeColors,
): void => {
  const [left, top] = toScreen(view.camera, worldPoint(marquee.minX, marquee.minY))
  const [right, bottom] = toScreen(view.camera, worldPoint(marquee.maxX, marquee.maxY))
  context.fillStyle = colors.accent
  context.globalAlpha = 0.08
  context.fillRect(left, top, right - left, bottom - top)
  context.globalAlpha = 0.8
  context.strokeStyle = colors.accent
  context.lineWidth = 1
  const [x, y] = [Math.round(left) + 0.5, Math.round(top) + 0.5]
  if (marquee.touching) context.setLineDash([4, 4])
  context.strokeRect(x, y, Math.round(right - left), Math.round(bottom - top))
  context.setLineDash([])
  context.globalAlpha = 1
}

/** Painters that are fetched when they are first wanted, and put here by who fetches them. */
export const onDemand: {
  paintCropping: typeof PaintCropping | null
  paintUploads: typeof PaintUploads | null
} = { paintCropping: null, paintUploads: null }

const paintPictureHints = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  source: OverlaySource,
  colors: ThemeColors,
): void => {
  const { board, drafted, scene } = source
  onDemand.paintUploads?.(context, view, board, drafted.changed, scene.uploads, colors)
  if (scene.hints?.cropping) onDemand.paintCropping?.(context, view, scene.hints.cropping, colors)
}

/** All that belongs to the screen and not to the board: selections, handles, the marquee, cursors. */
export const paintOverlay = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  source: OverlaySource,
): void => {
  const colors = themeColors[source.scene.theme]
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, view.width, view.height)
  context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0)
  const { marks } = source
  if (marks?.paintPresented(context, view, source)) {
    paintHints(context, view, source.scene.hints, colors)
    paintCursors(context, view, source.scene.peers, source.motion, colors.handle)
    return
  }
  marks?.paintCaptions(context, view, source, colors)
  marks?.paintBadges(context, view, source, colors)
  marks?.paintTakingFrames(context, view, source, colors)
  if (source.scene.highlights) paintHighlights(context, view, source.board, source.scene.highlights)
  paintPeersSelections(context, view, source)
  paintFocusedGroup(context, view, source, colors)
  paintSelection(context, view, source, colors)
  if (source.scene.marquee !== null) paintMarquee(context, view, source.scene.marquee, colors)
  paintHints(context, view, source.scene.hints, colors)
  paintBinding(context, view, source, colors)
  paintPictureHints(context, view, source, colors)
  source.carets?.paint(context, view, source, source.scene.peers)
  paintCursors(context, view, source.scene.peers, source.motion, colors.handle)
}
