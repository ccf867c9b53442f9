import { boxCenter, boxFromCorners, containsPoint } from '../geometry/box.ts'
import { worldToElement } from '../geometry/transform.ts'
import { radians, type WorldPoint } from '../geometry/types.ts'
import { rotateAround } from '../geometry/vector.ts'
import type { Element } from '../model/element.ts'
import { type Handle, handleAt, resizeCursor, type SelectionFrame } from '../model/handles.ts'
import { elementsOf, frameOf } from '../model/picked.ts'
import { autoWidthPatch } from '../model/plans/auto-width.ts'
import type { Side } from '../model/plans/beside.ts'
import { arrowFrom, sidePoint } from '../model/plans/grow.ts'
import { outermostGroup } from '../model/plans/units.ts'
import type { Cursor, EditorContext, Gesture, PointerInput, Tool } from './contract.ts'
import { cornerPatch } from './corners.ts'
import { DrawLineGesture } from './gestures/draw-line.ts'
import { LassoGesture } from './gestures/lasso.ts'
import { MarqueeGesture } from './gestures/marquee.ts'
import { PointGesture } from './gestures/point.ts'
import { ResizeGesture } from './gestures/resize.ts'
import { RotateGesture } from './gestures/rotate.ts'
import { TranslateGesture } from './gestures/translate.ts'
import { unitOf } from './selection.ts'
import { textAt } from './text.ts'

/** What lies under the pointer, as far as select cares: a handle before an element, an element before the frame's inside. */
type Target =
  | { readonly type: 'handle'; readonly handle: Handle; readonly frame: SelectionFrame }
  | { readonly type: 'element'; readonly element: Element }
  | { readonly type: 'frame' }
  | { readonly type: 'board' }

const selectedFrame = (context: EditorContext): SelectionFrame | null =>
  frameOf(elementsOf(context.board, context.selection), context.kinds)

const insideFrame = (frame: SelectionFrame, point: WorldPoint): boolean => {
  if (frame.mode === 'points' || frame.mode === 'none') return false
  return containsPoint(frame.box, rotateAround(point, boxCenter(frame.box), radians(-frame.rotation)))
}

const targetOf = (input: PointerInput, context: EditorContext): Target => {
  const frame = selectedFrame(context)
  if (frame && context.canEdit) {
    const handle = handleAt(frame, context.camera, input.screen, input.pointerType)
    if (handle) return { type: 'handle', handle, frame }
  }
  const element = context.hit(input)
  if (frame && insideFrame(frame, input.world) && !(element && !context.selection.has(element.id))) {
    return { type: 'frame' }
  }
  return element ? { type: 'element', element } : { type: 'board' }
}

/** Selects what is under the pointer, entering or leaving groups on the way. */
const selectAt = (element: Element, context: EditorContext, deep: boolean): void => {
  if (deep) {
    context.focusGroup(element.groups[0] ?? null)
    context.select([element.id])
    return
  }
  const focused = context.focusedGroup
  if (focused !== null && !element.groups.includes(focused)) context.focusGroup(null)
  context.select(unitOf(element, context))
}

/** All elements under the pointer, topmost first. */
const stackAt = (input: PointerInput, context: EditorContext): readonly Element[] => {
  const stack: Element[] = []
  const seen = new Set<Element>()
  for (;;) {
    const element = context.hit(input, (each) => !seen.has(each))
    if (!element) return stack
    seen.add(element)
    stack.push(element)
  }
}

/** Selects what lies beneath the selected element at this place; from the lowest on to the topmost again. */
const selectBeneath = (input: PointerInput, context: EditorContext): void => {
  const stack = stackAt(input, context)
  const current = stack.findIndex(({ id }) => context.selection.has(id))
  const next = stack[(current + 1) % stack.length]
  if (next) selectAt(next, context, true)
}

const toggle = (element: Element, context: EditorContext): void => {
  const unit = unitOf(element, context)
  const selection = new Set(context.selection)
  const remove = unit.every((id) => selection.has(id))
  for (const id of unit) {
    if (remove) selection.delete(id)
    else selection.add(id)
  }
  context.select(selection)
}

/** An arrow that is pulled out of a side button. */
const arrowGesture = (side: Side, start: PointerInput, context: EditorContext): Gesture | null => {
  const [element] = elementsOf(context.board, context.selection)
  if (!element) return null
  const { arrow, start: binding } = arrowFrom(element, side, context.kinds)
  const fields = { ...arrow, route: context.flowRoute }
  const from = { binding, at: sidePoint(element, side), fields }
  return new DrawLineGesture(context, start, context.kinds.get('arrow'), { dragged: true, from })
}

const gestureAtHandle = (
  handle: Handle,
  frame: SelectionFrame,
  start: PointerInput,
  context: EditorContext,
): Gesture | null => {
  if (handle.type === 'rotate') return new RotateGesture(context, start, frame)
  if (handle.type === 'grow') return arrowGesture(handle.side, start, context)
  if (handle.type === 'resize') return new ResizeGesture(context, start, frame, handle.direction)
  const [id] = context.selection
  return id === undefined ? null : new PointGesture(context, id, handle.index)
}

/** A side button makes the next element, or the next note. */
const tapGrow = (
  handle: Handle & { readonly type: 'grow' },
  input: PointerInput,
  context: EditorContext,
): void => {
  const [element] = elementsOf(context.board, context.selection)
  if (!element || !context.canEdit) return
  if (handle.note) context.addNote(element, handle.side)
  else context.growFlow(element, handle.side, { writes: input.pointerType === 'mouse' })
}

const handleCursor = (handle: Handle, frame: SelectionFrame): Cursor => {
  if (handle.type === 'rotate') return 'grab'
  if (handle.type === 'grow') return 'pointer'
  return handle.type === 'point' ? 'move' : resizeCursor(handle.direction, frame.rotation)
}

/** Screen pixels up to which all of an outline's inside is for its label; of larger ones, only the middle is. */
const SMALL_OUTLINE = 240

/** The outline whose label a double click in its empty inside is meant for. */
const outlineAround = (input: PointerInput, context: EditorContext): Element | undefined => {
  return context.board.query(boxFromCorners(input.world, input.world)).findLast((element) => {
    const kind = context.kinds.get(element.type)
    const slot = element.locked || kind.resize === 'points' ? null : kind.textSlot(element)
    if (slot === null || slot.caption) return false
    const [localX, localY] = worldToElement(element, input.world)
    const [width, height] = element.size
    const isSmall = Math.max(width, height) <= SMALL_OUTLINE * context.pixel
    const reach = isSmall ? 0.5 : 0.25
    return Math.abs(localX / width - 0.5) <= reach && Math.abs(localY / height - 0.5) <= reach
  })
}

/** Writes on the element hit, steps into its group, or begins a text where there is nothing. */
const doubleTap = (input: PointerInput, context: EditorContext): void => {
  const element = context.hit(input) ?? outlineAround(input, context)
  if (!element) {
    if (context.canEdit) context.writeNew(textAt(input, context))
    return
  }
  const group = outermostGroup(element, context.focusedGroup)
  if (group !== null) {
    context.focusGroup(group)
    context.select(unitOf(element, context))
    return
  }
  if (context.kinds.get(element.type).crops) {
    context.select([element.id])
    context.crop(element.id)
    return
  }
  if (!context.canEdit) return
  const kind = context.kinds.get(element.type)
  const writable = kind.textSlot(element) !== null
  if (kind.movePoint && (input.ctrl || !writable)) addCorner(element, input.world, context)
  else if (writable) context.editText(element.id, input.world)
}

/** A line gets a corner where it was hit. */
const addCorner = (element: Element, at: WorldPoint, context: EditorContext): void => {
  const patch = cornerPatch(element, at, context.kinds)
  context.select([element.id])
  if (Object.keys(patch).length > 0) context.transact((edit) => edit.update(element.id, patch))
}

const isSide = (handle: Handle): boolean =>
  handle.type === 'resize' && (handle.direction === 'e' || handle.direction === 'w')

/** At its side, lets a text be as wide as it is long; answers whether it did. */
const freeWidth = (handle: Handle, context: EditorContext): boolean => {
  const [element, ...others] = elementsOf(context.board, context.selection)
  if (!element || others.length > 0 || !isSide(handle)) return false
  const freed = autoWidthPatch(element, context.kinds, context.measure)
  if (freed) context.transact((edit) => edit.update(element.id, freed))
  return freed !== null
}

/** Takes a corner out of a line, whose ends stay. */
const doubleTapPoint = (
  handle: Handle & { readonly type: 'point' },
  input: PointerInput,
  context: EditorContext,
): void => {
  const [element, ...others] = elementsOf(context.board, context.selection)
  if (!element || others.length > 0) return
  const patch = context.kinds.get(element.type).removePoint?.(element, handle.index) ?? {}
  if (Object.keys(patch).length > 0) context.transact((edit) => edit.update(element.id, patch))
  else if (handle.adds && input.clicks === 2) doubleTap(input, context)
}

/**
 * Whether the tap was for the handle. What resizes lies over small elements and over the outlines of what is selected:
 * a tap, which pulls nothing, is meant for those.
 */
const tapHandle = (handle: Handle, input: PointerInput, context: EditorContext): boolean => {
  if (handle.type === 'resize') {
    if (input.clicks === 2 && freeWidth(handle, context)) return true
    return context.hit(input, ({ id }) => context.selection.has(id)) === undefined
  }
  if (handle.type === 'grow') tapGrow(handle, input, context)
  else if (handle.type === 'point' && (input.clicks === 2 || input.alt)) {
    doubleTapPoint(handle, input, context)
  }
  return true
}

/** Nothing that can be moved is here: a locked element shows that it is, and can be unlocked; otherwise all is let go. */
const tapBeside = (input: PointerInput, context: EditorContext): void => {
  const locked = context.hitLocked(input)
  context.focusGroup(null)
  context.select(locked ? unitOf(locked, context) : [])
}

/** Presses that selected what they are on: it is moved then, even by its outline, where its handles lie by now. */
const selecting = new WeakSet<PointerInput>()

export const selectTool: Tool = {
  id: 'select',
  cursor(input, context) {
    if (context.linkAt(input)) return 'pointer'
    const target = targetOf(input, context)
    if (target.type === 'handle') return handleCursor(target.handle, target.frame)
    return target.type === 'board' || !context.canEdit ? 'default' : 'move'
  },
  press(input, context) {
    if (input.shift || input.alt || input.clicks > 1 || context.linkAt(input)) return
    const target = targetOf(input, context)
    if (target.type === 'element' && !context.selection.has(target.element.id)) {
      selectAt(target.element, context, input.ctrl)
      selecting.add(input)
    }
  },
  tap(input, context) {
    const linked = context.linkAt(input)
    if (linked) {
      context.openLink(linked)
      return null
    }
    const target = targetOf(input, context)
    if (target.type === 'handle' && tapHandle(target.handle, input, context)) return null
    const element = context.hit(input)
    if (input.clicks === 2) doubleTap(input, context)
    else if (element && input.shift) toggle(element, context)
    else if (element && input.alt) selectBeneath(input, context)
    else if (element) selectAt(element, context, input.ctrl)
    else if (!input.shift) tapBeside(input, context)
    return null
  },
  drag(start, context) {
    const target = targetOf(start, context)
    if (!context.canEdit || target.type === 'board') {
      return start.alt ? new LassoGesture(context, start) : new MarqueeGesture(context, start)
    }
    if (target.type === 'handle' && !selecting.has(start)) {
      return gestureAtHandle(target.handle, target.frame, start, context)
    }
    if (target.type === 'element' && !context.selection.has(target.element.id)) {
      const unit = unitOf(target.element, context)
      context.select(start.shift ? [...context.selection, ...unit] : unit)
    }
    return new TranslateGesture(context, start)
  },
}
