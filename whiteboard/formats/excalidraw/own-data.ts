import { type Size, worldPoint } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import { isEqual, isPlainObject, SHARED_KEYS } from '../../model/heal.ts'
import type { KindRegistry } from '../../model/kind.ts'
import { elementFromFile, elementToFile } from '../native/element.ts'
import { idOf, readElement } from './read.ts'
import { type Foreign, KEPT_FIELD, type Kept, type Written } from './types.ts'
import { listOf, recordOf, stringOf } from './values.ts'
import { writeElement } from './write.ts'
import type { WriteContext } from './write-base.ts'

/** The key of `customData` under which we keep what an Excalidraw element cannot say. */
const OWN_KEY = 'drawbridge'

const VERSION = 1

/** Fields that say nothing of an element itself, or come from elsewhere. */
const APART: ReadonlySet<string> = new Set(['id', 'order', 'clip', KEPT_FIELD])

const ENDS = [
  ['start', 'startBinding'],
  ['end', 'endBinding'],
] as const

const ownDataOf = (element: Foreign): Foreign => recordOf(recordOf(element.customData)[OWN_KEY])

/** Which of our elements this object belongs to: as the text beside it, or as a further piece. */
export const belongsTo = (element: Foreign): { readonly label?: string; readonly piece?: string } => {
  const { label, piece } = ownDataOf(element)
  const [asLabel, asPiece] = [stringOf(label), stringOf(piece)]
  return { ...(asLabel ? { label: asLabel } : {}), ...(asPiece ? { piece: asPiece } : {}) }
}

/** Whether it says what it is here. */
export const hasOwnData = (element: Foreign): boolean => isPlainObject(ownDataOf(element).element)

const withData = (element: Foreign, data: Foreign): Foreign => ({
  ...element,
  customData: { ...recordOf(element.customData), [OWN_KEY]: { version: VERSION, ...data } },
})

/** The same where what our data names has other names now; `rename` answers with what it does not know. */
export const withRenamedData = (element: Foreign, rename: (id: unknown) => unknown): Foreign => {
  const data = ownDataOf(element)
  if (Object.keys(data).length === 0) return element
  const changes: Record<string, unknown> = {}
  for (const key of ['label', 'piece']) if (key in data) changes[key] = rename(data[key])
  const ours = recordOf(data.element)
  if (isPlainObject(data.element)) {
    const ends = ENDS.filter(([end]) => isPlainObject(ours[end])).map(([end]) => {
      const binding = recordOf(ours[end])
      return [end, { ...binding, element: rename(binding.element) }]
    })
    const groups = listOf(ours.groups).map(rename)
    changes.element = { ...ours, ...Object.fromEntries(ends), frame: rename(ours.frame), groups }
  }
  return { ...element, customData: { ...recordOf(element.customData), [OWN_KEY]: { ...data, ...changes } } }
}

/** The same without what we keep in it. */
export const withoutOwnData = (element: Foreign): Foreign => {
  const { customData, ...rest } = element
  if (!isPlainObject(customData) || !Object.hasOwn(customData, OWN_KEY)) return element
  const { [OWN_KEY]: _own, ...others } = customData
  return Object.keys(others).length > 0 ? { ...rest, customData: others } : rest
}

/** The fields of `element` that are not as in `other`. */
export const differing = (element: Element, other: Element): string[] =>
  [...new Set([...Object.keys(element), ...Object.keys(other)])].filter(
    (key) => !APART.has(key) && !isEqual(element[key], other[key]),
  )

/**
 * Adds what the written objects cannot say of the element, if there is any such thing.
 * @param baseline the element as it came in: what has not changed since needs no saying
 */
export const withOwnData = (
  written: Written,
  element: Element,
  baseline: Element | null,
  kinds: KindRegistry,
): Written => {
  const back = readElement(
    { element: written.element, ...(written.label && { label: written.label }) },
    kinds,
  )
  const changed = baseline ? new Set(differing(element, baseline)) : null
  const isSaid =
    back?.type === element.type &&
    written.pieces.length === 0 &&
    differing(element, back).every((key) => changed !== null && !changed.has(key))
  if (isSaid || (changed !== null && changed.size === 0)) return written
  const { [KEPT_FIELD]: _kept, id: _id, order: _order, ...json } = elementToFile(element)
  const loose = ENDS.filter(([end, binding]) => element[end] && written.element[binding] === null)
  return {
    element: withData(written.element, {
      element: json,
      ...(loose.length > 0 ? { loose: loose.map(([end]) => end) } : {}),
    }),
    label:
      written.label && written.label.containerId === null
        ? withData(written.label, { label: element.id })
        : written.label,
    pieces: written.pieces.map((piece) => withData(piece, { piece: element.id })),
  }
}

/** Without the bindings to what cannot be bound to there (`isBindable`): no arrow of theirs may follow such a thing. */
export const withoutLooseEnds = (written: Written, isBindable: (id: unknown) => boolean): Written => {
  const loose = ENDS.filter(([, binding]) => {
    const { elementId } = recordOf(written.element[binding])
    return elementId !== undefined && !isBindable(elementId)
  })
  const changes = Object.fromEntries(loose.map(([, binding]) => [binding, null]))
  return loose.length > 0 ? { ...written, element: { ...written.element, ...changes } } : written
}

/** What was written for one of our elements when its data was added. */
const writtenThen = (ours: Element, data: Foreign, context: WriteContext): Written => {
  const written = writeElement(ours, context)
  const loose = listOf(data.loose)
  const changes = Object.fromEntries(
    ENDS.filter(([end]) => loose.includes(end)).map(([, binding]) => [binding, null]),
  )
  return { ...written, element: { ...written.element, ...changes } }
}

/** Where an object has been moved since it was written. */
const shiftOf = (found: Foreign, written: Foreign): readonly [number, number] => [
  Number(found.x) - Number(written.x),
  Number(found.y) - Number(written.y),
]

const SAME_PLACE = 1e-6

/** Whether the pieces of a stroke are all there, in the form and the places that they have to each other. */
const arePiecesWhole = (main: Foreign, pieces: readonly Foreign[], expected: Written): boolean => {
  const shift = shiftOf(main, expected.element)
  return (
    pieces.length === expected.pieces.length &&
    expected.pieces.every((piece, index) => {
      const found = pieces.find(({ id }) => id === piece.id) ?? pieces[index]
      if (!found || !isEqual(found.points, piece.points)) return false
      const moved = shiftOf(found, piece)
      return Math.abs(moved[0] - shift[0]) < SAME_PLACE && Math.abs(moved[1] - shift[1]) < SAME_PLACE
    })
  )
}

/** Set for the whole scene, not by what an element is. */
const SCENE_KEYS: ReadonlySet<string> = new Set(['index', 'boundElements', 'fileId', 'id', 'containerId'])

const isUntouched = (found: Foreign, written: Foreign): boolean =>
  [...new Set([...Object.keys(found), ...Object.keys(written)])].every(
    (key) => SCENE_KEYS.has(key) || isEqual(found[key], written[key]),
  )

export interface OwnElement {
  readonly element: Element
  /** Nobody has changed what we wrote: it can be written again, and need not be kept. */
  readonly untouched: boolean
}

/**
 * Our element from the data that we left in theirs, with what has been changed there since; null when there is no such
 * data, or it no longer fits.
 */
export const readOwnData = (
  kept: Kept,
  pieces: readonly Foreign[],
  context: WriteContext,
): OwnElement | null => {
  const id = idOf(kept.element)
  const data = ownDataOf(kept.element)
  const ours = elementFromFile({ ...recordOf(data.element), id }, context.kinds)
  if (!ours) return null
  const expected = writtenThen(ours, data, context)
  const [main, label] = [withoutOwnData(kept.element), kept.label && withoutOwnData(kept.label)]
  const whole = arePiecesWhole(main, pieces, expected)
  if (!whole) return null
  const then = readElement(
    { ...kept, element: assetless(expected.element, main), ...labelled(expected.label) },
    context.kinds,
  )
  const now = readElement({ ...kept, element: main, ...labelled(label ?? null) }, context.kinds)
  const untouched =
    isUntouched(main, expected.element) &&
    (label ? expected.label !== null && isUntouched(label, expected.label) : expected.label === null)
  if (!then || !now || then.type !== now.type) return untouched ? { element: ours, untouched } : null
  const asset = now.asset === undefined ? {} : { asset: now.asset }
  return { element: { ...changedLike(ours, then, now, context.kinds), ...asset }, untouched }
}

const labelled = (label: Foreign | null): Pick<Kept, 'label'> =>
  ({ label: label ?? undefined }) as Pick<Kept, 'label'>

/** Pictures have other ids in each file. */
const assetless = (written: Foreign, found: Foreign): Foreign =>
  'fileId' in written ? { ...written, fileId: found.fileId } : written

/** `ours` with what differs between two readings, as far as it has such fields. */
const changedLike = (ours: Element, then: Element, now: Element, kinds: KindRegistry): Element => {
  const kind = kinds.get(ours.type)
  const changed: Record<string, unknown> = {}
  for (const key of differing(now, then)) {
    const isPlace = key === 'position' || key === 'size'
    if (!isPlace && (SHARED_KEYS.has(key) || Object.hasOwn(kind.defaults, key))) changed[key] = now[key]
  }
  const place = movedLike(ours, then, now)
  const resized = place.size && kind.resized?.(ours, place.size)
  return { ...ours, ...resized, ...place, ...changed }
}

/** Sums of fractions differ by less than this from one reckoning to the next; board units. */
const NOISE = 1e-9

const withoutNoise = (value: number): number => Math.round(value / NOISE) * NOISE

/** Moved and stretched as the reading was: what is drawn of a shape may be smaller than its box. */
const movedLike = (ours: Element, then: Element, now: Element): Partial<Element> => {
  const scale = (axis: 0 | 1): number =>
    Math.abs(now.size[axis] - then.size[axis]) < NOISE || then.size[axis] === 0
      ? 1
      : now.size[axis] / then.size[axis]
  const move = (axis: 0 | 1): number => {
    const inset = then.position[axis] - ours.position[axis]
    return withoutNoise(now.position[axis] - then.position[axis] + inset - inset * scale(axis))
  }
  const [x, y] = [move(0), move(1)]
  const position = worldPoint(ours.position[0] + x, ours.position[1] + y)
  const size: Size = [ours.size[0] * scale(0), ours.size[1] * scale(1)]
  return {
    ...(x === 0 && y === 0 ? {} : { position }),
    ...(isEqual(size, ours.size) ? {} : { size }),
  }
}
