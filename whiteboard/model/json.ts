import { boxOfPoints } from '../geometry/box.ts'
import { type Size, type Vec, type WorldPoint, worldPoint } from '../geometry/types.ts'
import type { Element, ElementId, OrderKey, Patch } from './element.ts'
import { type Fields, healPoints, isPlainObject, MAX_POINTS, own, plainCopy } from './heal.ts'
import { createElementId, isId } from './identifiers.ts'
import { decodeInk, encodeInk, type InkPoint } from './ink.ts'
import { cutField, cutsOf, encodeCuts, intervalsFrom, isCutField } from './ink-cuts.ts'
import { HIGHLIGHTER_TYPE, INK_TYPE } from './ink-pieces.ts'
import type { KindRegistry } from './kind.ts'
import { FIRST_KEY, isOrderKey } from './order.ts'
import { DAMAGED_FIELD, DAMAGED_TYPE, healElement } from './parse-element.ts'

/** An element as scripts, the clipboard and files have it: plain JSON, `x`, `y`, `width`, `height` instead of pairs. */
export type ElementJson = Readonly<Record<string, unknown>>

const PACKED = 'ink'
/** What was erased of a stroke, in JSON: pairs of places among its points. */
const CUTS = 'cuts'
/** Whose cuts those are that came by JSON. */
const NOBODY = 0

export const elementToJson = (element: Element): ElementJson => {
  const { id, type, position, size, [PACKED]: ink, ...rest } = element
  const json: Record<string, unknown> = {
    id,
    type: type === DAMAGED_TYPE && element[DAMAGED_FIELD] ? element[DAMAGED_FIELD] : type,
    x: position[0],
    y: position[1],
    width: size[0],
    height: size[1],
  }
  for (const key of Object.keys(rest)) {
    const isLeftOut = rest[key] instanceof Uint8Array || key === DAMAGED_FIELD || isCutField(key)
    const value = isLeftOut ? undefined : plainCopy(rest[key])
    if (value !== undefined) json[key] = value
  }
  if (ink instanceof Uint8Array) json.points = inBox(decodeInk(ink), size)
  if (cutsOf(element).length > 0) json[CUTS] = cutsOf(element)
  else if (isPointList(json.points)) json.points = inBox(json.points, size)
  return json
}

const isPointList = (value: unknown): value is readonly Vec[] =>
  Array.isArray(value) && value.every((point) => Array.isArray(point) && point.length === 2)

/** Points of their own measure as they lie in an element's box: what is drawn is stretched to it. */
const inBox = (points: readonly (InkPoint | Vec)[], size: Size): readonly (readonly number[])[] => {
  const box = boxOfPoints(points)
  if (!box) return points
  const scaleX = scaleOf(size[0], box.maxX - box.minX)
  const scaleY = scaleOf(size[1], box.maxY - box.minY)
  return points.map(([x, y, ...pressure]) => [
    rounded((x - box.minX) * scaleX),
    rounded((y - box.minY) * scaleY),
    ...pressure.map(rounded),
  ])
}

const scaleOf = (side: number, natural: number): number => (natural > 0 && side > 0 ? side / natural : 1)

const rounded = (value: number): number => Math.round(value * 1000) / 1000

/**
 * The element that JSON stands for, healed; null when nothing can be made of it. `x`/`y` or `position`, `width`/`height`
 * or `size` will do; a line or stroke without a size is as large as its points. What is missing comes from `fallback`,
 * then from the type's defaults: an id is made, `order` is the lowest.
 */
export const elementFromJson = (
  json: unknown,
  kinds: KindRegistry,
  fallback: { readonly id?: ElementId; readonly order?: OrderKey } = {},
): Element | null => {
  if (!isPlainObject(json) || typeof own(json, 'type') !== 'string') return null
  const fields = { ...ownFields(json, null), ...placed(json, { position: worldPoint(0, 0), size: null }) }
  const id = own(json, 'id')
  const order = own(json, 'order')
  return healElement(
    {
      ...kinds.get(String(json.type)).defaults,
      ...fields,
      id: isId(id) ? id : (fallback.id ?? createElementId()),
      order: isOrderKey(order) ? order : (fallback.order ?? FIRST_KEY),
      text: own(json, 'text') ?? '',
    },
    kinds,
  )
}

/** The fields that a script's changes to `element` set. Unreadable changes are left out. */
export const patchFromJson = (json: unknown, element: Element): Patch => {
  if (!isPlainObject(json)) return {}
  const { id: _id, ...fields } = { ...ownFields(json, element), ...placed(json, element) }
  return fields
}

const POSITION_AND_SIZE: ReadonlySet<string> = new Set([
  'x',
  'y',
  'width',
  'height',
  'position',
  'size',
  'points',
])

/** All fields but the place, and points only as far as they are a stroke's. */
const ownFields = (json: Fields, element: Element | null): Record<string, unknown> => {
  const fields: Record<string, unknown> = {}
  for (const key of Object.keys(json)) {
    const value = POSITION_AND_SIZE.has(key) || key === '__proto__' ? undefined : plainCopy(json[key])
    if (value !== undefined) fields[key] = value
  }
  const type = element?.type ?? json.type
  const isStroke = type === INK_TYPE || type === HIGHLIGHTER_TYPE
  if (isStroke && json[CUTS] !== undefined) {
    delete fields[CUTS]
    fields[cutField(NOBODY)] = encodeCuts(intervalsFrom(json[CUTS]))
  }
  if (isStroke && Array.isArray(json.points)) fields[PACKED] = encodeInk(inkPoints(json.points))
  else if (json.points !== undefined) fields.points = naturalPoints(json.points)
  return fields
}

/** Points that are too many are cut by whoever reads them; those that are none are left out. */
const inkPoints = (points: readonly unknown[]): InkPoint[] => {
  const read = points.flatMap((point): InkPoint[] =>
    Array.isArray(point) && typeof point[0] === 'number' && typeof point[1] === 'number'
      ? [[point[0], point[1], typeof point[2] === 'number' ? point[2] : 0.5]]
      : [],
  )
  const box = boxOfPoints(read)
  return box ? read.map(([x, y, pressure]) => [x - box.minX, y - box.minY, pressure]) : read
}

/** Corners moved so that their extents begin at 0, as lines store them. */
const naturalPoints = (value: unknown): unknown => {
  const points = healPoints(value)
  const box = boxOfPoints(points)
  return box ? points.map(([x, y]) => [x - box.minX, y - box.minY]) : value
}

interface Place {
  readonly position: WorldPoint
  readonly size: Size | null
}

/** Position and size as JSON says; points that do not begin at 0 move the position, and give a size where none is said. */
const placed = (json: Fields, current: Place): Record<string, unknown> => {
  const [pairX, pairY] = pair(json.position)
  const [pairWidth, pairHeight] = pair(json.size)
  const points = Array.isArray(json.points) ? healPoints(json.points.slice(0, MAX_POINTS)) : []
  const box = boxOfPoints(points)
  const x = number(json.x) ?? pairX
  const y = number(json.y) ?? pairY
  const width = number(json.width) ?? pairWidth ?? (box ? box.maxX - box.minX : undefined)
  const height = number(json.height) ?? pairHeight ?? (box ? box.maxY - box.minY : undefined)
  const shift: Vec = box ? [box.minX, box.minY] : [0, 0]
  const fields: Record<string, unknown> = {}
  if (x !== undefined || y !== undefined || box || current.size === null) {
    fields.position = [(x ?? current.position[0]) + shift[0], (y ?? current.position[1]) + shift[1]]
  }
  if (width !== undefined || height !== undefined) {
    fields.size = [width ?? current.size?.[0], height ?? current.size?.[1]]
  }
  return fields
}

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

const pair = (value: unknown): readonly [number | undefined, number | undefined] =>
  Array.isArray(value) ? [number(value[0]), number(value[1])] : [undefined, undefined]
