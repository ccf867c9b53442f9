import { type Size, worldPoint } from '../geometry/types.ts'
import type { Element, ElementId, Patch } from '../model/element.ts'
import type { ElementKind } from '../model/kind.ts'
import { SHAPES } from '../tools/registry.ts'
import { applyPatches } from './commands/definition.ts'
import type { EditorCore } from './core.ts'

/** Types that can be turned into each other, because they hold the same things. */
const AREAS = [...SHAPES, 'sticky', 'text'] as const
const LINES = ['line', 'arrow'] as const

export type ConvertibleType = (typeof AREAS)[number] | (typeof LINES)[number]

const familyOf = (type: string): readonly string[] =>
  [AREAS, LINES].find((family: readonly string[]) => family.includes(type)) ?? []

const isConvertible = (element: Element, type: ConvertibleType): boolean =>
  element.type !== type &&
  familyOf(element.type).includes(type) &&
  (type !== 'text' || element.text.trim() !== '')

const convertible = (core: EditorCore, type: ConvertibleType): readonly Element[] =>
  core.editable().filter((element) => isConvertible(element, type))

export const canConvert = (core: EditorCore, type: ConvertibleType): boolean =>
  core.editable().some((element) => isConvertible(element, type))

/** Turns what is selected into another type, as far as it can be. */
export const convertSelection = (core: EditorCore, type: ConvertibleType): void => {
  const patches = convertible(core, type).map((element): [ElementId, Patch] => [
    element.id,
    convertedPatch(core, element, core.kinds.get(type)),
  ])
  applyPatches(core, new Map(patches))
}

/**
 * The fields that make an element one of another type. It keeps its id, so arrows stay bound and what others change
 * meanwhile merges; its text; and every field that both types have. The middle stays where it is.
 */
const convertedPatch = (core: EditorCore, element: Element, to: ElementKind): Patch => {
  const from = core.kinds.get(element.type)
  const fields = { type: to.type, ...keptFields(element, from, to) }
  const turned: Element = { ...element, ...to.defaults, ...fields }
  if (to.resize === 'points') return { ...fields, position: element.position, size: element.size }
  const size = sizeFor(core, element, turned)
  const sized = aroundMiddle(element, { ...turned, size, ...to.resized?.(turned, size) })
  const fitted: Element = { ...sized, ...to.fitted?.(sized, core.measure) }
  const placed = to.type === 'text' ? aroundMiddle(element, fitted) : fitted
  const { position, minHeight, autoWidth } = placed
  return {
    ...fields,
    position,
    size: placed.size,
    ...('minHeight' in to.defaults && { minHeight }),
    ...('autoWidth' in to.defaults && { autoWidth }),
  }
}

/** All that both have, written out: what is a default of one is not one of the other. */
const keptFields = (element: Element, from: ElementKind, to: ElementKind): Patch => {
  const kept: Record<string, unknown> = {}
  for (const key of Object.keys(to.defaults)) {
    if (Object.hasOwn(from.defaults, key)) kept[key] = element[key]
  }
  return { ...kept, ...fillFor(element, from, to), ...headsFor(from, to) }
}

/** A note is always of paper, and has a colour of its own unless the shape had one that showed. */
const fillFor = (element: Element, from: ElementKind, to: ElementKind): Patch => {
  if (!('fill' in to.defaults)) return {}
  const wasFilled = 'fill' in from.defaults && element.fillStyle !== 'none'
  if (!('fillStyle' in to.defaults)) return wasFilled ? {} : { fill: to.defaults.fill }
  return 'fill' in from.defaults && !('fillStyle' in from.defaults) ? { fillStyle: 'solid' } : {}
}

/** A line made an arrow gets its tip, an arrow made a line loses what made it one. */
const headsFor = (from: ElementKind, to: ElementKind): Patch =>
  to.resize === 'points' && from.type !== to.type
    ? { startHead: to.defaults.startHead, endHead: to.defaults.endHead }
    : {}

/** Text that stood alone gets room round it, so that its lines stay as they are; text that will, gets that of its lines. */
const sizeFor = (core: EditorCore, element: Element, turned: Element): Size => {
  const from = core.kinds.get(element.type)
  if (turned.type === 'text') {
    const box = from.textSlot(element)?.box
    return box ? [box.maxX - box.minX, box.maxY - box.minY] : element.size
  }
  if (element.type !== 'text') return element.size
  return roomFor(core.kinds.get(turned.type), turned, element.size)
}

/** Two sizes that tell how a type's room for text grows with its box. */
const PROBES = [1_000, 2_000] as const

/** The size at which a type has so much room for text. */
const roomFor = (kind: ElementKind, element: Element, text: Size): Size => {
  const [small, large] = PROBES.map((side) => kind.textSlot({ ...element, size: [side, side] })?.box)
  if (!small || !large) return text
  const side = (room: number, less: number, more: number): number => {
    const share = (more - less) / (PROBES[1] - PROBES[0])
    return (room - less) / share + PROBES[0]
  }
  return [
    side(text[0] + 1, small.maxX - small.minX, large.maxX - large.minX),
    side(text[1], small.maxY - small.minY, large.maxY - large.minY),
  ]
}

const aroundMiddle = (before: Element, after: Element): Element => {
  const [x, y] = before.position
  const position = worldPoint(
    x + (before.size[0] - after.size[0]) / 2,
    y + (before.size[1] - after.size[1]) / 2,
  )
  return { ...after, position }
}
