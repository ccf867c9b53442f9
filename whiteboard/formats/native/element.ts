import { fromBase64, toBase64 } from '../../model/base64.ts'
import type { Element, ElementId, OrderKey } from '../../model/element.ts'
import { isPlainObject, own, plainCopy } from '../../model/heal.ts'
import { createElementId, isId } from '../../model/identifiers.ts'
import { HIGHLIGHTER_TYPE, INK_TYPE } from '../../model/ink-pieces.ts'
import { type ElementJson, elementFromJson, elementToJson } from '../../model/json.ts'
import type { KindRegistry } from '../../model/kind.ts'
import { FIRST_KEY, isOrderKey } from '../../model/order.ts'
import { healElement } from '../../model/parse-element.ts'

/** Fields that are derived, or are said otherwise in JSON. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(['clip', 'position', 'size'])

/**
 * An element as our files have it: as scripts see it, but to the last digit. Points are as they are stored, and fields of
 * bytes (strokes) stand in base64 under `bytes`.
 */
export const elementToFile = (element: Element): ElementJson => {
  const json: Record<string, unknown> = { ...elementToJson(element) }
  delete json.clip
  const bytes: Record<string, string> = {}
  for (const key of Object.keys(element)) {
    const value = element[key]
    if (value instanceof Uint8Array) bytes[key] = toBase64(value)
    else if (key === 'points') json.points = plainCopy(value)
  }
  if (Object.keys(bytes).length === 0) return json
  if ('ink' in bytes) {
    delete json.points
    delete json.cuts
  }
  return { ...json, bytes }
}

const decoded = (value: unknown): Record<string, Uint8Array> => {
  const bytes: Record<string, Uint8Array> = {}
  if (!isPlainObject(value)) return bytes
  for (const key of Object.keys(value)) {
    const text = key === '__proto__' ? null : value[key]
    const read = typeof text === 'string' ? fromBase64(text) : null
    if (read) bytes[key] = read
  }
  return bytes
}

const isExact = (json: ElementJson): boolean =>
  [json.x, json.y, json.width, json.height].every((value) => typeof value === 'number') &&
  ((json.type !== INK_TYPE && json.type !== HIGHLIGHTER_TYPE) || isPlainObject(json.bytes))

/** The element that a file's JSON stands for, healed; null when nothing can be made of it. JSON of scripts will do, too. */
export const elementFromFile = (
  json: unknown,
  kinds: KindRegistry,
  fallback: { readonly id?: ElementId; readonly order?: OrderKey } = {},
): Element | null => {
  if (!isPlainObject(json) || typeof own(json, 'type') !== 'string') return null
  if (!isExact(json)) return elementFromJson(json, kinds, fallback)
  const { x, y, width, height, bytes, id, order, ...rest } = json
  const fields: Record<string, unknown> = { ...kinds.get(String(rest.type)).defaults }
  for (const key of Object.keys(rest)) {
    const value = NOT_WRITTEN.has(key) || key === '__proto__' ? undefined : plainCopy(rest[key])
    if (value !== undefined) fields[key] = value
  }
  return healElement(
    {
      ...fields,
      ...decoded(bytes),
      position: [x, y],
      size: [width, height],
      id: isId(id) ? id : (fallback.id ?? createElementId()),
      order: isOrderKey(order) ? order : (fallback.order ?? FIRST_KEY),
      text: own(json, 'text') ?? '',
    },
    kinds,
  )
}
