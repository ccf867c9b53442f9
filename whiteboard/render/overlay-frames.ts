import { boxAt, intersects } from '../geometry/box.ts'
import { toScreen } from '../geometry/camera.ts'
import type { Box } from '../geometry/types.ts'
import { CAPTION, captionOf } from '../model/caption.ts'
import { FRAME_EDGE, isFrame } from '../model/derive.ts'
import type { Draft } from '../model/draft.ts'
import type { Element, ElementId } from '../model/element.ts'
import { FRAME_GAP, frameCorners, screenFrame, selectionFrame } from '../model/handles.ts'
import { shownColor, type ThemeColors } from '../model/palette.ts'
import { cssFont } from '../model/text/fonts.ts'
import { type Drafted, shownElement } from './drafted.ts'
import type { OverlaySource } from './overlay.ts'
import { canvasSize, type Viewport } from './viewport.ts'

/** Elements of a draft that are asked which frame takes them. */
const MOST_ASKED = 200

/** The darkness round a frame that is presented, which covers its line too. */
const SURROUND = '#101114'

/** The frames of the board as drafts show them, and those being drawn. */
const shownFrames = ({ board, drafted }: OverlaySource): Element[] => {
  const frames = board.frames.map((frame) => shownElement(drafted, board, frame.id) ?? frame)
  if (drafted.changed.size === 0) return frames
  const drawn = [...drafted.changed.values()].filter((element) => isFrame(element) && !board.get(element.id))
  return [...frames, ...drawn]
}

/** Names of frames, of one size at every zoom, in CSS pixels. */
export const paintCaptions = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  source: OverlaySource,
  colors: ThemeColors,
): void => {
  const frames = shownFrames(source)
  if (frames.length === 0) return
  const { scene, drafted } = source
  context.font = cssFont('sans', CAPTION.size)
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  for (const frame of frames) {
    if (frame.id === scene.editing || drafted.erasing.has(frame.id)) continue
    const caption = captionOf(frame, view.camera, source.measure)
    if (!caption || !isInView(caption.box, view)) continue
    const isSelected = scene.selection.has(frame.id)
    context.fillStyle = isSelected ? colors.accent : shownColor(String(frame.stroke), scene.theme)
    context.fillText(caption.text, caption.box.minX, caption.box.minY + CAPTION.height / 2)
  }
}

const isInView = (box: Box, view: Viewport): boolean => intersects(box, boxAt([0, 0], canvasSize(view)))

const draftedIds = (draft: Draft, { shift, changed }: Drafted): Iterable<ElementId> => {
  if (shift) return changed.keys()
  if (draft.type === 'change') return [...draft.patches.keys()]
  if (draft.type === 'create') return draft.elements.map(({ id }) => id)
  return draft.ids
}

/** The frames that this person's gesture will put something into. */
const takingFrames = ({ scene, board, drafted }: OverlaySource): ReadonlySet<ElementId> => {
  const taking = new Set<ElementId>()
  if (scene.draft === null || board.frames.length === 0) return taking
  let left = MOST_ASKED
  for (const id of draftedIds(scene.draft, drafted)) {
    if (left-- === 0) break
    const frame = drafted.changed.get(id)?.frame ?? null
    if (frame !== null && frame !== board.get(id)?.frame && board.get(frame)) taking.add(frame)
  }
  return taking
}

/** Outlines the frames that will take what is under way. */
export const paintTakingFrames = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  source: OverlaySource,
  colors: ThemeColors,
): void => {
  context.strokeStyle = colors.accent
  context.lineWidth = 2
  for (const id of takingFrames(source)) {
    const element = shownElement(source.drafted, source.board, id)
    const frame = element && selectionFrame([element], source.kinds)
    if (!frame) continue
    const { center, half, rotation } = screenFrame(frame, view.camera)
    context.beginPath()
    const corners = frameCorners({ center, half: [half[0] - FRAME_GAP, half[1] - FRAME_GAP], rotation })
    for (const [x, y] of corners) context.lineTo(x, y)
    context.closePath()
    context.stroke()
  }
}

/** Hides all but the frame that is presented; false when none is. */
export const paintPresented = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  { scene, board, drafted }: OverlaySource,
): boolean => {
  const frame = scene.presenting === null ? undefined : board.get(scene.presenting)
  if (!frame) return false
  const { position, size } = shownElement(drafted, board, frame.id) ?? frame
  const [left, top] = toScreen(view.camera, position)
  const { zoom } = view.camera
  context.beginPath()
  context.rect(0, 0, ...canvasSize(view))
  const line = FRAME_EDGE.line * zoom
  const [width, height] = [Math.max(0, size[0] * zoom - 2 * line), Math.max(0, size[1] * zoom - 2 * line)]
  context.roundRect(left + line, top + line, width, height, FRAME_EDGE.corner * zoom)
  context.fillStyle = SURROUND
  context.fill('evenodd')
  return true
}
