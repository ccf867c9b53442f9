import { boxCorners } from '../geometry/box.ts'
import { boundsOf, elementToWorld } from '../geometry/transform.ts'
import { type Box, localPoint, type Vec, type WorldPoint } from '../geometry/types.ts'
import type { Element, ElementId, Patch } from './element.ts'
import { isEqual } from './heal.ts'
import type { ElementKind, KindRegistry, Others } from './kind.ts'

/** The type of the elements that carry and clip others. */
export const FRAME_TYPE = 'frame'

/** A frame's corners and its line, in board units: what it carries is painted within the line. */
export const FRAME_EDGE = { corner: 6, line: 1.5 } as const

export const isFrame = ({ type }: Pick<Element, 'type'>): boolean => type === FRAME_TYPE

type Lookup = (id: ElementId) => Element | undefined

/** Whether arrows may end at elements of this kind. */
export const isBindable = (kind: ElementKind): boolean => kind.bindable ?? kind.resize !== 'points'

/** The line round an element as a closed polygon in its own coordinates. */
const localOutline = (element: Element, kinds: KindRegistry): readonly Vec[] => {
  try {
    const outline = kinds.get(element.type).outline?.(element)
    if (outline && outline.length >= 3) return outline
  } catch {
    // A type that fails on an element leaves it its box.
  }
  const [width, height] = element.size
  return boxCorners({ minX: 0, minY: 0, maxX: width, maxY: height })
}

/** The same in board coordinates, turned as the element is. */
export const worldOutline = (element: Element, kinds: KindRegistry): readonly WorldPoint[] =>
  localOutline(element, kinds).map(([x, y]) => elementToWorld(element, localPoint(x, y)))

const createOthers = (lookup: Lookup, kinds: KindRegistry): Others => ({
  get: lookup,
  outline: (id) => {
    const element = lookup(id)
    return element && isBindable(kinds.get(element.type)) ? worldOutline(element, kinds) : null
  },
})

const NONE: readonly ElementId[] = []

/** The elements whose changes may change how this one is drawn. */
export const referencesOf = (element: Element, kinds: KindRegistry): readonly ElementId[] => {
  const { frame } = element
  const own = ownReferences(element, kinds)
  if (frame === null || element.type === FRAME_TYPE) return own
  return own.length === 0 ? [frame] : [...own, frame]
}

/** The same without its frame: what it is bound to. */
export const ownReferences = (element: Element, kinds: KindRegistry): readonly ElementId[] => {
  try {
    return kinds.get(element.type).references?.(element) ?? NONE
  } catch {
    return NONE
  }
}

const clipOf = ({ frame, type }: Element, lookup: Lookup): Box | undefined => {
  const carrier = frame === null || type === FRAME_TYPE ? undefined : lookup(frame)
  return carrier?.type === FRAME_TYPE ? boundsOf(carrier) : undefined
}

/**
 * An element as it is drawn: following what it refers to, and clipped by its frame. Of an element that is derived
 * already it gives the same. `lookup` finds the elements as they are stored, or will be once a draft is.
 */
export const deriveElement = (element: Element, lookup: Lookup, kinds: KindRegistry): Element => {
  const followed = follow(element, lookup, kinds)
  const clip = clipOf(element, lookup)
  if (isEqual(followed.clip, clip)) return followed
  const { clip: _before, ...plain } = followed
  return (clip ? { ...plain, clip } : plain) as Element
}

const follow = (element: Element, lookup: Lookup, kinds: KindRegistry): Element => {
  try {
    return kinds.get(element.type).derived?.(element, createOthers(lookup, kinds)) ?? element
  } catch {
    return element
  }
}

/** The fields that would have to be written for `stored` to look like `derived` without what it follows. */
export const bakedPatch = (stored: Element, derived: Element): Patch => {
  const patch: Record<string, unknown> = {}
  for (const key of Object.keys(derived)) {
    if (key !== 'clip' && !isEqual(derived[key], stored[key])) patch[key] = derived[key]
  }
  return patch
}

/** All elements of a board (or part of one) as they are drawn. */
export const deriveAll = (elements: readonly Element[], kinds: KindRegistry): Element[] => {
  const byId = new Map(elements.map((element) => [element.id, element]))
  return elements.map((element) =>
    referencesOf(element, kinds).length === 0 ? element : deriveElement(element, (id) => byId.get(id), kinds),
  )
}
