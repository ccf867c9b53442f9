import { boxCenter, contains, containsPoint, expand, unionAll } from '../../geometry/box.ts'
import { boundsOf } from '../../geometry/transform.ts'
import { type Box, type Vec, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { distance, subtract } from '../../geometry/vector.ts'
import type { BoardReader } from '../board.ts'
import { deriveElement, isFrame } from '../derive.ts'
import type { Element, ElementId, OrderKey, Patch, Patches } from '../element.ts'
import { isEqual } from '../heal.ts'
import type { KindRegistry } from '../kind.ts'
import { compareOrder, insertionPlan, keysBetween } from '../order.ts'
import { translatePlan } from './translate.ts'

/** The part of a board that says what is in which frame. */
export type FramedBoard = Pick<BoardReader, 'get' | 'referrers' | 'frames'>

type Elements = ReadonlyMap<ElementId, Element>
type After = Pick<Elements, 'get' | 'has'>

/** What a frame carries, in no particular order. */
export const contentOf = (board: Pick<BoardReader, 'get' | 'referrers'>, frame: ElementId): Element[] => {
  const content: Element[] = []
  for (const id of board.referrers(frame)) {
    const element = board.get(id)
    if (element?.frame === frame && !isFrame(element)) content.push(element)
  }
  return content
}

/** Elements, and after them what the frames among them carry, each once: what is copied, exported or looked at with them. */
export const withContents = (
  board: Pick<BoardReader, 'get' | 'referrers'>,
  elements: readonly Element[],
): readonly Element[] => {
  if (!elements.some(isFrame)) return elements
  const known = new Set(elements.map(({ id }) => id))
  const content = elements.filter(isFrame).flatMap(({ id }) => contentOf(board, id))
  return [...elements, ...content.filter(({ id }) => !known.has(id))]
}

/** Those of them that no frame among them carries: what stays selected of copies. */
export const withoutContents = (elements: readonly Element[]): readonly Element[] => {
  const frames = new Set(elements.filter(isFrame).map(({ id }) => id))
  return elements.filter(
    (element) => isFrame(element) || element.frame === null || !frames.has(element.frame),
  )
}

/** The topmost of these frames (in drawing order) that a point lies in. */
const frameAt = (frames: readonly Element[], point: Vec): ElementId | null =>
  frames.findLast((frame) => containsPoint(boundsOf(frame), point))?.id ?? null

/** The elements that a frame drawn or widened to `box` takes: all that lie wholly in it and that no other frame carries. */
export const takenBy = (box: Box, candidates: readonly Element[], board: FramedBoard): Element[] =>
  candidates.filter(
    (element) => !isFrame(element) && carrierOf(element, board) === null && contains(box, boundsOf(element)),
  )

/** The frame that carries an element now; null for one that is gone. */
const carrierOf = ({ frame }: Element, board: Pick<BoardReader, 'get'>): ElementId | null => {
  const carrier = frame === null ? undefined : board.get(frame)
  return carrier && isFrame(carrier) ? frame : null
}

/**
 * What follows for frames and what is in them when elements change, or come, as `after` says: a frame that moves takes its
 * content along; what comes to lie with its middle in a frame joins it, what is moved out leaves. A group that moves as one
 * stays together. What follows a moved element (an arrow) is asked too. What joins a filled frame comes above it. Elements
 * in `settled` keep the frame they have.
 */
export const framingPlan = (
  after: Elements,
  board: FramedBoard,
  kinds: KindRegistry,
  settled: ReadonlySet<ElementId> = NONE,
): Patches => {
  const moved = [...after.values()].filter((element) => isElsewhere(element, board))
  return framingPlanOf(moved, after, board, kinds, settled)
}

/** The same where it is known what comes to stand elsewhere; others of `after` do as that does. */
export const framingPlanOf = (
  moved: readonly Element[],
  after: After,
  board: FramedBoard,
  kinds: KindRegistry,
  settled: ReadonlySet<ElementId> = NONE,
): Patches => {
  const patches = new Map<ElementId, Patch>()
  if (moved.length === 0 || board.frames.length === 0) return patches
  const frames = board.frames.map((frame) => after.get(frame.id) ?? frame)
  for (const [id, patch] of carriedPlan(moved, after, board)) patches.set(id, patch)
  const join = (element: Element, frame: ElementId | null): void => {
    if (settled.has(element.id) || carrierOf(element, board) === frame) return
    patches.set(element.id, { ...patches.get(element.id), frame })
  }
  for (const unit of unitsOf(moved)) {
    const middle = middleOf(unit)
    for (const element of unit) {
      if (!movesWithFrame(element, after, board)) join(element, frameAt(frames, middle))
    }
  }
  for (const element of leftBehind(moved, after, board)) join(element, frameAt(frames, middleOf([element])))
  for (const arrow of followersOf(moved, after, patches, board, kinds)) {
    join(arrow, frameAt(frames, middleOf([arrow])))
  }
  const joined = (id: ElementId): Element | undefined => after.get(id) ?? board.get(id)
  for (const frame of frames) raise(frame, patches, joined)
  return patches
}

/** Brings what joins a filled frame above that, in its own order, if it lies below. */
const raise = (
  frame: Element,
  patches: Map<ElementId, Patch>,
  joined: (id: ElementId) => Element | undefined,
): void => {
  if (frame.fillStyle === 'none') return
  const hidden = [...patches]
    .filter(([, patch]) => patch.frame === frame.id)
    .map(([id]) => joined(id))
    .filter((element) => element !== undefined)
    .filter((element) => compareOrder(element, frame) < 0)
    .sort(compareOrder)
  const keys = keysBetween(frame.order, null, hidden.length)
  hidden.forEach(({ id }, index) => {
    patches.set(id, { ...patches.get(id), order: keys[index] ?? frame.order })
  })
}

const NONE: ReadonlySet<ElementId> = new Set()

const middleOf = (elements: readonly Element[]): WorldPoint =>
  boxCenter(unionAll(elements.map(boundsOf)) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 })

/** Whether it is placed otherwise than on the board, or is not there yet. */
export const isElsewhere = ({ id, position, size }: Element, board: Pick<BoardReader, 'get'>): boolean => {
  const before = board.get(id)
  return !before || !isEqual(before.position, position) || !isEqual(before.size, size)
}

/** How far an element goes, if that is all that becomes of it. */
const shiftOf = (element: Element, board: Pick<BoardReader, 'get'>): Vec | null => {
  const before = board.get(element.id)
  return before && isEqual(before.size, element.size) ? subtract(element.position, before.position) : null
}

/** Frames that move take along what nobody moves otherwise. */
const carriedPlan = (moved: readonly Element[], after: After, board: FramedBoard): Patches => {
  const patches = new Map<ElementId, Patch>()
  for (const frame of moved.filter(isFrame)) {
    const shift = shiftOf(frame, board)
    if (!shift) continue
    const content = contentOf(board, frame.id).filter(({ id }) => !after.has(id))
    for (const [id, patch] of translatePlan(content, shift)) patches.set(id, patch)
  }
  return patches
}

/** Elements of one outermost group together, all others by themselves. */
export const unitsOf = (moved: readonly Element[]): Iterable<readonly Element[]> => {
  const units = new Map<string, Element[]>()
  for (const element of moved) {
    if (isFrame(element)) continue
    const group = element.groups.at(-1)
    const key = group === undefined ? element.id : `group ${group}`
    const unit = units.get(key)
    if (unit) unit.push(element)
    else units.set(key, [element])
  }
  return units.values()
}

/** What comes with its frame, or moves just as that does, stays in it, wherever its middle is. */
const movesWithFrame = (element: Element, after: After, board: FramedBoard): boolean => {
  const made = element.frame === null || board.get(element.frame) ? undefined : after.get(element.frame)
  if (made && isFrame(made)) return true
  const carrier = carrierOf(element, board)
  const frame = carrier === null ? undefined : after.get(carrier)
  const [own, shift] = [shiftOf(element, board), frame && shiftOf(frame, board)]
  if (!own || !shift) return false
  return distance(own, shift) < SAME_SHIFT
}

/** Board units. */
const SAME_SHIFT = 0.01

/** The content of resized frames whose middle their sides have passed. */
const leftBehind = (moved: readonly Element[], after: After, board: FramedBoard): Element[] =>
  moved
    .filter((frame) => isFrame(frame) && board.get(frame.id) !== undefined && !shiftOf(frame, board))
    .flatMap((frame) =>
      contentOf(board, frame.id).filter(
        (element) => !after.has(element.id) && !containsPoint(boundsOf(frame), middleOf([element])),
      ),
    )

/** What refers to moved elements and is drawn elsewhere for it, as it will be drawn. */
const followersOf = (
  moved: readonly Element[],
  after: After,
  carried: Patches,
  board: FramedBoard,
  kinds: KindRegistry,
): Element[] => {
  const lookup = (id: ElementId): Element | undefined => {
    const element = after.get(id) ?? board.get(id)
    const patch = carried.get(id)
    return element && patch ? { ...element, ...patch } : element
  }
  const ids = new Set(moved.filter((element) => !isFrame(element)).flatMap(({ id }) => board.referrers(id)))
  const followers: Element[] = []
  for (const id of ids) {
    const element = board.get(id)
    if (!element || after.has(id) || carried.has(id)) continue
    const derived = deriveElement(element, lookup, kinds)
    if (isElsewhere(derived, board)) followers.push(derived)
  }
  return followers
}

/** Where a new frame goes in the drawing order, and what is written to others for it. */
export interface FramePlan {
  readonly order: OrderKey
  readonly patches: Patches
}

/** A new frame round `content` (what lies wholly in it, if nothing is named): it goes below the lowest of that and carries it. */
export const framePlan = (
  frame: Element,
  board: FramedBoard & Pick<BoardReader, 'ordered' | 'query'>,
  content: readonly Element[] = takenBy(boundsOf(frame), board.query(boundsOf(frame)), board),
): FramePlan => {
  const ids = new Set(content.filter((element) => !isFrame(element)).map(({ id }) => id))
  const patches = new Map<ElementId, Patch>()
  for (const id of ids) patches.set(id, { frame: frame.id })
  const lowest = board.ordered.findIndex(({ id }) => ids.has(id))
  if (lowest === -1) return { order: frame.order, patches }
  const room = insertionPlan(board.ordered, lowest, 1)
  for (const [id, patch] of room.patches) patches.set(id, { ...patches.get(id), ...patch })
  return { order: room.keys[0] ?? frame.order, patches }
}

/** Brings a frame that is to be filled below what it carries, as far as it lies above. */
export const uncoveringPlan = (
  frame: Element,
  board: Pick<BoardReader, 'get' | 'referrers' | 'ordered'>,
): Patches => {
  const content = new Set(contentOf(board, frame.id).map(({ id }) => id))
  const lowest = board.ordered.findIndex(({ id }) => content.has(id) || id === frame.id)
  if (lowest === -1 || board.ordered[lowest]?.id === frame.id) return new Map()
  const { keys, patches } = insertionPlan(board.ordered, lowest, 1)
  return new Map<ElementId, Patch>([...patches, [frame.id, { order: keys[0] ?? frame.order }]])
}

/** The box that goes round what a frame carries with so much room on each side; null for an empty frame. */
export const fittedFrame = (content: readonly Element[], margin: number): Patch | null => {
  const bounds = unionAll(content.map(boundsOf))
  if (!bounds) return null
  const { minX, minY, maxX, maxY } = expand(bounds, margin)
  return { position: worldPoint(minX, minY), size: [maxX - minX, maxY - minY] }
}
