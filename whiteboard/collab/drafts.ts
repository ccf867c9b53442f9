import { toBase64 } from '../model/base64.ts'
import type { Draft } from '../model/draft.ts'
import type { Element, ElementId, Patch } from '../model/element.ts'
import { COORDINATE_LIMIT, type Fields, isEqual, isPlainObject, own, plainCopy } from '../model/heal.ts'
import { isId } from '../model/identifiers.ts'
import { decodeInk, encodeInk } from '../model/ink.ts'
import type { KindRegistry } from '../model/kind.ts'
import { defaultOf, healElement, kindOf } from '../model/parse-element.ts'
import { jsonBytes, takeFitting, unpacked } from './fitting.ts'
import { grownStroke, type WireStroke } from './ink-tails.ts'

/** How a draft travels inside a presence state, as JSON. Bytes are `{ "$bytes": base64 }`. */
export type WireDraft = FittedDraft | WireStroke

type FittedDraft =
  | {
      readonly type: 'translate'
      readonly ids: readonly string[]
      readonly delta: readonly [number, number]
      readonly from?: readonly [number, number]
      readonly all?: true
    }
  | { readonly type: 'change'; readonly patches: readonly (readonly [id: string, patch: unknown])[] }
  | { readonly type: 'create'; readonly elements: readonly unknown[] }
  | { readonly type: 'erase'; readonly ids: readonly string[] }

/** Elements of one draft that are read; a draft of ours never holds more than fit into a state. */
const MAX_ENTRIES = 2000

/** Bytes of one stroke under way; a longer one shows fewer of its points until it is finished. */
const INK_BYTES = 8 * 1024

const BYTES = '$bytes'

/** A ten-thousandth of a unit: enough for angles, and less than anybody sees. */
const round = (value: number): number => Math.round(value * 10_000) / 10_000 + 0

const toWire = (value: unknown): unknown => {
  if (typeof value === 'number') return round(value)
  if (value instanceof Uint8Array) return { [BYTES]: toBase64(value) }
  if (Array.isArray(value)) return value.map(toWire)
  if (isPlainObject(value)) return mapValues(value, toWire)
  return value
}

const fromWire = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(fromWire)
  if (!isPlainObject(value)) return value
  const packed = own(value, BYTES)
  if (typeof packed === 'string') return unpacked(packed)
  return mapValues(value, fromWire)
}

const mapValues = (fields: Fields, change: (value: unknown) => unknown): Fields => {
  const mapped: Record<string, unknown> = {}
  for (const key of Object.keys(fields)) if (key !== '__proto__') mapped[key] = change(fields[key])
  return mapped
}

/** A stroke with every other point left out until it is short enough, its last point kept. */
const thinned = (ink: Uint8Array): Uint8Array => {
  let points = decodeInk(ink)
  let bytes = ink
  while (bytes.length > INK_BYTES && points.length > 2) {
    const { length } = points
    points = points.filter((_, index) => index % 2 === 0 || index === length - 1)
    bytes = encodeInk(points)
  }
  return bytes
}

const fieldsToWire = (fields: Element | Patch): unknown => {
  const { ink } = fields
  const isLong = ink instanceof Uint8Array && ink.length > INK_BYTES
  return toWire(isLong ? { ...fields, ink: thinned(ink) } : fields)
}

/** A new element's fields as far as its type does not have them by itself. */
const toldFields = (fields: Element, kinds: KindRegistry): Patch => {
  const kind = kindOf(kinds, fields.type)
  const isTold = ([key, value]: [string, unknown]): boolean =>
    !(key === 'text' && value === '') && !isEqual(value, defaultOf(kind, key))
  return kind ? Object.fromEntries(Object.entries(fields).filter(isTold)) : fields
}

/**
 * The wire form of a draft in at most `limit` bytes. What does not fit is left out, last things first: peers see the rest
 * move, and all of it on release. Null when nothing fits.
 */
export const encodeDraft = (draft: Draft, limit: number, kinds: KindRegistry): WireDraft | null => {
  const wire = encodeFitting(draft, limit, kinds)
  const entries = wire.type === 'change' ? wire.patches : wire.type === 'create' ? wire.elements : wire.ids
  return entries.length === 0 ? null : wire
}

/** Of tens of thousands under way only the first few fit into a state. */
function* lazily<From, To>(all: Iterable<From>, change: (each: From) => To): Generator<To> {
  for (const each of all) yield change(each)
}

const encodeFitting = (draft: Draft, limit: number, kinds: KindRegistry): FittedDraft => {
  switch (draft.type) {
    case 'translate': {
      const { from } = draft
      const delta: [number, number] = [round(draft.delta[0]), round(draft.delta[1])]
      const places = from ? { delta, from: [round(from[0]), round(from[1])] as const } : { delta }
      if (draft.all) return { type: 'translate', ids: draft.ids.slice(0, 1), ...places, all: true }
      const room = limit - jsonBytes({ type: draft.type, ids: [], ...places })
      return { type: 'translate', ids: takeFitting(draft.ids, room), ...places }
    }
    case 'erase':
      return { type: 'erase', ids: takeFitting(draft.ids, limit - jsonBytes({ type: draft.type, ids: [] })) }
    case 'change': {
      const patches = lazily(draft.patches, ([id, patch]) => [id, fieldsToWire(patch)] as const)
      return {
        type: 'change',
        patches: takeFitting(patches, limit - jsonBytes({ type: draft.type, patches: [] })),
      }
    }
    case 'create': {
      const room = limit - jsonBytes({ type: draft.type, elements: [] })
      const told = lazily(draft.elements, (element) => fieldsToWire(toldFields(element, kinds)))
      return { type: 'create', elements: takeFitting(told, room) }
    }
  }
}

const parseIds = (value: unknown): ElementId[] | null => {
  if (!Array.isArray(value)) return null
  return [...new Set(value.slice(0, MAX_ENTRIES).filter(isId))] as ElementId[]
}

/** The list from before, if it is the same: what follows from it is known with it. */
const sameIds = (ids: ElementId[] | null, previous: Draft | null): readonly ElementId[] | null => {
  if (!ids || previous?.type !== 'translate' || previous.ids.length !== ids.length) return ids
  return previous.ids.every((id, index) => id === ids[index]) ? previous.ids : ids
}

const parseDelta = (value: unknown): readonly [number, number] | null => {
  if (!Array.isArray(value) || value.length !== 2) return null
  const [x, y] = value as unknown[]
  const isFar = (part: unknown): boolean => !(Math.abs(part as number) <= 2 * COORDINATE_LIMIT)
  if (typeof x !== 'number' || typeof y !== 'number' || isFar(x) || isFar(y)) return null
  return [x, y]
}

const parsePatches = (value: unknown): Map<ElementId, Patch> | null => {
  if (!Array.isArray(value)) return null
  const patches = new Map<ElementId, Patch>()
  for (const entry of value.slice(0, MAX_ENTRIES) as unknown[]) {
    if (!Array.isArray(entry) || !isId(entry[0])) continue
    const patch = plainCopy(fromWire(entry[1]))
    if (isPlainObject(patch)) patches.set(entry[0] as ElementId, withoutIdentity(patch))
  }
  return patches
}

/** A draft changes how an element looks, never which one it is. */
const withoutIdentity = (patch: Patch): Patch => {
  const { id: _id, type: _type, ...rest } = patch
  return rest
}

const parseElements = (value: unknown, kinds: KindRegistry): Element[] | null => {
  if (!Array.isArray(value)) return null
  const elements: Element[] = []
  for (const entry of value.slice(0, MAX_ENTRIES) as unknown[]) {
    const fields = fromWire(entry)
    const element = isPlainObject(fields) ? healElement(fields, kinds) : null
    if (element) elements.push(element)
  }
  return elements
}

/**
 * Reads a peer's draft; null for what is none. Never throws. New elements come healed; the fields of patches are plain
 * data but not healed, since only together with their element can they be: give `applyDrafts` the kinds. Ids may be of
 * elements that are not here (yet, or any more). `previous` is what the same peer showed before: a stroke that grows tells
 * only how it went on.
 */
export const parseDraft = (
  value: unknown,
  kinds: KindRegistry,
  previous: Draft | null = null,
): Draft | null => {
  if (!isPlainObject(value)) return null
  switch (own(value, 'type')) {
    case 'translate': {
      const ids = sameIds(parseIds(own(value, 'ids')), previous)
      const delta = parseDelta(own(value, 'delta'))
      const from = parseDelta(own(value, 'from'))
      const all = own(value, 'all') === true && ({ all: true } as const)
      return ids && delta && { type: 'translate', ids, delta, ...(from && { from }), ...all }
    }
    case 'change': {
      const patches = parsePatches(own(value, 'patches'))
      return patches && { type: 'change', patches }
    }
    case 'create': {
      const elements = parseElements(own(value, 'elements'), kinds)
      return elements && { type: 'create', elements }
    }
    case 'erase': {
      const ids = parseIds(own(value, 'ids'))
      return ids && { type: 'erase', ids }
    }
    case 'ink':
      return grownStroke(value, previous, kinds)
    default:
      return null
  }
}
