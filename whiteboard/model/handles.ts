import { boxAt, boxCenter, boxHeight, boxWidth, unionAll } from '../geometry/box.ts'
import { type Camera, toScreen } from '../geometry/camera.ts'
import { boundsOf, elementToWorld } from '../geometry/transform.ts'
import {
  type Box,
  type Radians,
  radians,
  type ScreenPoint,
  screenPoint,
  type Vec,
  type WorldPoint,
} from '../geometry/types.ts'
import { distance, rotateAround } from '../geometry/vector.ts'
import type { Element } from './element.ts'
import type { KindRegistry } from './kind.ts'
import type { Side } from './plans/beside.ts'
import { canGrow } from './plans/grow.ts'

/** The side or corner of a frame that a resize handle pulls, as a compass direction in the frame's own system. */
export type ResizeDirection = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w'

/** The frame round what is selected: the element's own turned box for one, the upright box round all for several. */
export interface SelectionFrame {
  /** The unrotated box, in board units. */
  readonly box: Box
  /** Turned by this round the box's centre. */
  readonly rotation: Radians
  /** Which handles it offers. `none`: everything in it is locked, so it is only outlined. */
  readonly mode: 'box' | 'proportional' | 'points' | 'none'
  /** Whether the left and right side can be pulled although corners keep the proportion (text: the wrapping width). */
  readonly sides: boolean
  /** Whether it can be turned: nothing in it always stands upright. */
  readonly turns: boolean
  /** Draggable points, in board units; only in mode `points`. */
  readonly points: readonly WorldPoint[]
  /** How many of `points` are corners; the rest are places where pulling makes a new corner. */
  readonly corners: number
  /** What its side buttons make: a connected element, or a note beside a note. */
  readonly grows: 'flow' | 'note' | null
}

export type Handle =
  | { readonly type: 'resize'; readonly direction: ResizeDirection; readonly at: ScreenPoint }
  | { readonly type: 'rotate'; readonly at: ScreenPoint }
  | {
      /** A button that makes the next element on this side. */
      readonly type: 'grow'
      readonly side: Side
      readonly note: boolean
      readonly at: ScreenPoint
    }
  | {
      readonly type: 'point'
      readonly index: number
      readonly at: ScreenPoint
      /** Pulling it makes a new corner. */
      readonly adds: boolean
    }

/** CSS pixels between an element's box and its frame on screen. */
export const FRAME_GAP = 4
/** CSS pixels from the frame's top edge to the rotation handle. */
export const ROTATE_DISTANCE = 22
/** CSS pixels from the frame's edges to the middle of its side buttons, and their radius. */
const GROW_DISTANCE = 26
export const GROW_RADIUS = 12
/** Frames with a side shorter than this many CSS pixels have no side buttons. */
const SHORTEST_GROWING = 40
/** Sides of a frame shorter than this many CSS pixels have no handle in their middle. */
const SHORTEST_SIDE = 36
/** Half of a handle's catching square, in CSS pixels. */
const REACH = { mouse: 8, pen: 11, touch: 18 } as const
/** The same of a side button. */
const GROW_REACH = { mouse: 13, pen: 15, touch: 20 } as const

/** Where each direction lies on a box from -1 to 1. */
export const directionVector: Readonly<Record<ResizeDirection, Vec>> = {
  nw: [-1, -1],
  n: [0, -1],
  ne: [1, -1],
  e: [1, 0],
  se: [1, 1],
  s: [0, 1],
  sw: [-1, 1],
  w: [-1, 0],
}

const CORNERS: readonly ResizeDirection[] = ['nw', 'ne', 'se', 'sw']
const SIDES: readonly ResizeDirection[] = ['n', 'e', 's', 'w']
const GROWING = [
  ['above', 'n'],
  ['right', 'e'],
  ['below', 's'],
  ['left', 'w'],
] as const

const growsFrom = (element: Element, kinds: KindRegistry): SelectionFrame['grows'] => {
  if (element.locked || !canGrow(element, kinds)) return null
  return element.type === 'sticky' ? 'note' : 'flow'
}

const frameOfOne = (element: Element, kinds: KindRegistry): SelectionFrame => {
  const kind = kinds.get(element.type)
  const local = kind.resize === 'points' ? (kind.points?.(element) ?? []) : []
  const points = local.map((point) => elementToWorld(element, point))
  return {
    box: boxAt(element.position, element.size),
    rotation: element.rotation,
    mode: element.locked ? 'none' : kind.resize,
    sides: kind.resize === 'proportional' && kind.textSlot(element) !== null,
    turns: kind.upright !== true,
    points,
    corners: kind.cornerCount?.(element) ?? points.length,
    grows: growsFrom(element, kinds),
  }
}

const frameOfMany = (box: Box, elements: readonly Element[], kinds: KindRegistry): SelectionFrame => {
  const isProportional = ({ rotation, type }: Element): boolean =>
    rotation !== 0 || kinds.get(type).resize === 'proportional'
  const free = elements.some(isProportional) ? 'proportional' : 'box'
  return {
    box,
    rotation: radians(0),
    mode: elements.every(({ locked }) => locked) ? 'none' : free,
    sides: false,
    turns: elements.every(({ type }) => kinds.get(type).upright !== true),
    points: [],
    corners: 0,
    grows: null,
  }
}

/** The frame round these elements (as a draft shows them, while one is under way); null when there are none. */
export const selectionFrame = (elements: readonly Element[], kinds: KindRegistry): SelectionFrame | null => {
  const [first, ...others] = elements
  if (first && others.length === 0) return frameOfOne(first, kinds)
  const box = unionAll(elements.map(boundsOf))
  return box && frameOfMany(box, elements, kinds)
}

/** The frame as it is drawn: its centre, half its sides (CSS pixels, the gap included) and its turn. */
export interface ScreenFrame {
  readonly center: ScreenPoint
  readonly half: Vec
  readonly rotation: Radians
}

export const screenFrame = (frame: SelectionFrame, camera: Camera): ScreenFrame => {
  return {
    center: toScreen(camera, boxCenter(frame.box)),
    half: [
      (boxWidth(frame.box) / 2) * camera.zoom + FRAME_GAP,
      (boxHeight(frame.box) / 2) * camera.zoom + FRAME_GAP,
    ],
    rotation: frame.rotation,
  }
}

const onFrame = (screen: ScreenFrame, dx: number, dy: number): ScreenPoint => {
  const [centerX, centerY] = screen.center
  const [x, y] = rotateAround([centerX + dx, centerY + dy], screen.center, screen.rotation)
  return screenPoint(x, y)
}

/** The frame's corners on screen, clockwise from the top left one. */
export const frameCorners = (screen: ScreenFrame): readonly ScreenPoint[] =>
  CORNERS.map((direction) => {
    const [x, y] = directionVector[direction]
    return onFrame(screen, x * screen.half[0], y * screen.half[1])
  })

const offersSide = (frame: SelectionFrame, screen: ScreenFrame, direction: ResizeDirection): boolean => {
  const [x] = directionVector[direction]
  const horizontal = x !== 0
  if (frame.mode === 'proportional' && !(frame.sides && horizontal)) return false
  return (horizontal ? screen.half[1] : screen.half[0]) * 2 >= SHORTEST_SIDE || frame.mode === 'proportional'
}

/** CSS pixels that a place for a new corner keeps from the corners there are. */
const NEW_CORNER_DISTANCE = 26

const pointHandles = (frame: SelectionFrame, camera: Camera): readonly Handle[] => {
  const handles = frame.points.map(
    (point, index): Handle => ({
      type: 'point',
      index,
      at: toScreen(camera, point),
      adds: index >= frame.corners,
    }),
  )
  const corners = handles.slice(0, frame.corners)
  const free = ({ at }: Handle) => corners.every((corner) => distance(corner.at, at) >= NEW_CORNER_DISTANCE)
  return [...corners, ...handles.slice(frame.corners).filter(free)]
}

/** The middle of the button on each side; none round what is too small on screen for them. */
const growHandles = (frame: SelectionFrame, screen: ScreenFrame): readonly Handle[] => {
  const { grows } = frame
  if (grows === null || Math.min(...screen.half) * 2 < SHORTEST_GROWING) return []
  return GROWING.map(([side, direction]): Handle => {
    const [x, y] = directionVector[direction]
    const distance = side === 'above' ? GROW_DISTANCE + ROTATE_DISTANCE : GROW_DISTANCE
    const at = onFrame(screen, x * (screen.half[0] + distance), y * (screen.half[1] + distance))
    return { type: 'grow', side, note: grows === 'note', at }
  })
}

/** All handles that the frame offers at this zoom, corners first. */
export const handlesFor = (frame: SelectionFrame, camera: Camera): readonly Handle[] => {
  if (frame.mode === 'none') return []
  if (frame.mode === 'points') return pointHandles(frame, camera)
  const screen = screenFrame(frame, camera)
  const sides = SIDES.filter((direction) => offersSide(frame, screen, direction))
  const resize = [...CORNERS, ...sides].map((direction): Handle => {
    const [x, y] = directionVector[direction]
    return { type: 'resize', direction, at: onFrame(screen, x * screen.half[0], y * screen.half[1]) }
  })
  const rotate: Handle = { type: 'rotate', at: onFrame(screen, 0, -screen.half[1] - ROTATE_DISTANCE) }
  const grow = growHandles(frame, screen)
  return frame.turns ? [...resize, rotate, ...grow] : [...resize, ...grow]
}

const nearestHandle = (
  handles: readonly Handle[],
  point: ScreenPoint,
  pointerType: keyof typeof REACH,
): Handle | null => {
  let nearest: Handle | null = null
  let best = Number.POSITIVE_INFINITY
  for (const handle of handles) {
    const dx = Math.abs(handle.at[0] - point[0])
    const dy = Math.abs(handle.at[1] - point[1])
    const distance = dx * dx + dy * dy
    const most = (handle.type === 'grow' ? GROW_REACH : REACH)[pointerType]
    if (dx > most || dy > most || distance >= best) continue
    nearest = handle
    best = distance
  }
  return nearest
}

/** A side can be pulled anywhere along its length, not only at the middle. */
const sideAt = (
  frame: SelectionFrame,
  screen: ScreenFrame,
  point: ScreenPoint,
  reach: number,
): Handle | null => {
  const [x, y] = rotateAround(point, screen.center, -screen.rotation)
  const dx = x - screen.center[0]
  const dy = y - screen.center[1]
  for (const direction of SIDES) {
    if (!offersSide(frame, screen, direction)) continue
    const [sideX, sideY] = directionVector[direction]
    const across = sideX === 0 ? dy * sideY - screen.half[1] : dx * sideX - screen.half[0]
    const along = sideX === 0 ? Math.abs(dx) - screen.half[0] : Math.abs(dy) - screen.half[1]
    if (Math.abs(across) > reach || along > 0) continue
    return { type: 'resize', direction, at: onFrame(screen, sideX * screen.half[0], sideY * screen.half[1]) }
  }
  return null
}

/** The handle under the pointer; where several are in reach, the nearest, and a side's whole edge last. */
export const handleAt = (
  frame: SelectionFrame,
  camera: Camera,
  point: ScreenPoint,
  pointerType: 'mouse' | 'pen' | 'touch' = 'mouse',
): Handle | null => {
  const found = nearestHandle(handlesFor(frame, camera), point, pointerType)
  if (found !== null || frame.mode === 'none' || frame.mode === 'points') return found
  return sideAt(frame, screenFrame(frame, camera), point, REACH[pointerType] / 2)
}

/** The mouse cursor that shows how pulling this side of a turned frame moves. */
export const resizeCursor = (
  direction: ResizeDirection,
  rotation: Radians,
): 'ns-resize' | 'nesw-resize' | 'ew-resize' | 'nwse-resize' => {
  const [x, y] = directionVector[direction]
  const eighths = Math.round((Math.atan2(y, x) + rotation) / (Math.PI / 4))
  const cursors = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const
  return cursors[(((eighths % 4) + 4) % 4) as 0 | 1 | 2 | 3]
}
