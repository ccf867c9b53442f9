import { deriveElement, referencesOf } from '../../model/derive.ts'
import type { Element, ElementId } from '../../model/element.ts'
import { isEqual } from '../../model/heal.ts'
import { isOrderKey } from '../../model/order.ts'
import type { AssetId } from '../../model/surface.ts'
import { areRising, insertedByIndex, withIndices } from './indices.ts'
import { overlay } from './overlay.ts'
import { differing, withOwnData, withoutLooseEnds } from './own-data.ts'
import { keptOf, readElement } from './read.ts'
import type { Foreign, Kept, Lookup, Written } from './types.ts'
import { listOf, recordOf } from './values.ts'
import { writeElement } from './write.ts'
import type { WriteContext } from './write-base.ts'
import { labelId } from './write-text.ts'

export interface ExportContext extends WriteContext {
  /** Any element of the board, as it is drawn. */
  readonly lookup: Lookup
}

export interface ExportedScene {
  readonly elements: readonly Foreign[]
  /** The pictures that the elements name, by the id that they name them by. */
  readonly files: ReadonlyMap<string, AssetId>
}

interface Outgoing {
  readonly element: Element
  readonly kept: Kept | null
  readonly written: Written
}

/**
 * Elements (as they are drawn, in drawing order) as an Excalidraw scene. What came from one and has not changed goes out as
 * it came in, to the last digit; of what has changed, only that is written anew.
 */
export const exportScene = (elements: readonly Element[], context: ExportContext): ExportedScene => {
  const history = createHistory(context)
  const isBindable = bindableAmong(elements, history)
  const outgoing = withIdsOfTheirOwn(
    elements.map((element): Outgoing => {
      const kept = history.kept(element)
      return { element, kept, written: write(element, kept, history, { ...context, isBindable }) }
    }),
  )
  const bound = withBoundElements(outgoing, history)
  return {
    elements: inSequence(bound, freshOf(outgoing, bound)),
    files: filesOf(outgoing),
  }
}

/** Types of theirs that an arrow can be bound to. */
const BINDABLE: ReadonlySet<unknown> = new Set([
  'rectangle',
  'diamond',
  'ellipse',
  'text',
  'image',
  'frame',
  'magicframe',
  'iframe',
  'embeddable',
  'stickynote',
])

/** Types of ours that become such a one. */
const BECOMING_BINDABLE: ReadonlySet<string> = new Set([
  'rectangle',
  'diamond',
  'ellipse',
  'text',
  'image',
  'frame',
  'sticky',
])

const bindableAmong = (elements: readonly Element[], history: History): ((id: unknown) => boolean) => {
  const bindable = new Set<unknown>()
  for (const element of elements) {
    const kept = history.kept(element)
    if (BECOMING_BINDABLE.has(element.type) || BINDABLE.has(kept?.element.type)) bindable.add(element.id)
  }
  return (id) => bindable.has(id)
}

/** Texts that came in with what they are written on may have an id that another has now: they get one of their own. */
const withIdsOfTheirOwn = (outgoing: readonly Outgoing[]): readonly Outgoing[] => {
  const given = new Set(outgoing.map(({ written }) => written.element.id))
  return outgoing.map((one) => {
    const { element, written } = one
    if (!written.label) return one
    const id = given.has(written.label.id) ? labelId(element.id) : written.label.id
    given.add(id)
    return id === written.label.id
      ? one
      : { ...one, written: { ...written, label: { ...written.label, id } } }
  })
}

const objectsOf = ({ element, label, pieces }: Written): readonly Foreign[] => [
  element,
  ...(label ? [label] : []),
  ...pieces,
]

/**
 * All objects in drawing order, with their indices. Texts stand right behind what they are written on, but where their index
 * gives them another place in the sequence they keep it.
 */
const inSequence = (bound: readonly Written[], fresh: ReadonlySet<Foreign>): readonly Foreign[] => {
  const apart = labelsApart(bound, fresh)
  const labels = new Set(apart)
  const others = bound.flatMap(objectsOf).filter((object) => !labels.has(object))
  return withIndices(labels.size > 0 ? insertedByIndex(others, apart, fresh) : others, fresh)
}

/**
 * Texts whose index does not lie between that of what they are written on and the next one in the sequence; none where things
 * have been put into another sequence, or came from several files, for then it says nothing.
 */
const labelsApart = (bound: readonly Written[], fresh: ReadonlySet<Foreign>): readonly Foreign[] => {
  if (!areRising(bound.map(({ element }) => element).filter((element) => !fresh.has(element)))) return []
  const apart: Foreign[] = []
  let next: string | null = null
  for (const { element, label } of [...bound].reverse()) {
    if (fresh.has(element)) continue
    const own = isOrderKey(element.index) ? element.index : null
    if (label && !fresh.has(label) && isOrderKey(label.index)) {
      const isBelow = own !== null && label.index < own
      if (isBelow || (next !== null && next < label.index)) apart.push(label)
    }
    next = own ?? next
  }
  return apart
}

/** What has no place of its own in the file's order yet: what was made here, copies among it. */
const freshOf = (outgoing: readonly Outgoing[], bound: readonly Written[]): ReadonlySet<Foreign> => {
  const fresh = new Set<Foreign>()
  bound.forEach((written, at) => {
    const { kept = null, element = null } = outgoing[at] ?? {}
    const isCopy = kept?.element.id !== element?.id
    if (isCopy) fresh.add(written.element)
    if (written.label && (isCopy || !kept?.label)) fresh.add(written.label)
    for (const piece of written.pieces) fresh.add(piece)
  })
  return fresh
}

/** What elements were when they came in, read once. */
interface History {
  kept(element: Element): Kept | null
  /** The element as it came in, under the id that it had then, as it would be drawn now if nothing had changed. */
  baseline(id: ElementId): Element | null
}

const createHistory = ({ lookup, kinds }: ExportContext): History => {
  const kepts = new Map<ElementId, Kept | null>()
  const baselines = new Map<ElementId, Element | null>()
  const kept = (element: Element): Kept | null => {
    const known = kepts.get(element.id)
    if (known !== undefined) return known
    const read = keptOf(element)
    kepts.set(element.id, read)
    return read
  }
  const plain = (id: ElementId): Element | null => {
    const known = baselines.get(id)
    if (known !== undefined) return known
    const element = lookup(id)
    const before = element ? kept(element) : null
    const read = before && readElement(before, kinds)
    baselines.set(id, read)
    return read
  }
  const target = (id: ElementId): Element | undefined => plain(id) ?? lookup(id)
  return {
    kept,
    baseline: (id) => {
      const read = plain(id)
      if (!read || referencesOf(read, kinds).length === 0) return read
      return deriveElement(read, target, kinds)
    },
  }
}

interface OutContext extends ExportContext {
  /** Whether an arrow can be bound to what goes out under an id. */
  readonly isBindable: (id: unknown) => boolean
}

const write = (element: Element, kept: Kept | null, history: History, context: OutContext): Written => {
  const { kinds, isBindable } = context
  const baseline = kept && history.baseline(element.id)
  if (kept && baseline?.id === element.id && differing(element, baseline).length === 0) return unchanged(kept)
  const now = withoutLooseEnds(writeElement(element, context), isBindable)
  if (!kept || !baseline) return withOwnData(now, element, null, kinds)
  if (baseline.type !== element.type) {
    const customData = recordOf(kept.element.customData)
    const carried = Object.keys(customData).length > 0 ? { ...now.element, customData } : now.element
    return withOwnData({ ...now, element: carried }, element, null, kinds)
  }
  const before = withoutLooseEnds(writeElement(baseline, context), isBindable)
  return withOwnData(overlay(kept, before, now), element, baseline, kinds)
}

const unchanged = ({ element, label }: Kept): Written => ({ element, label: label ?? null, pieces: [] })

/** The ids of what an arrow is bound to. */
const boundTo = (arrow: Foreign): readonly string[] =>
  [arrow.startBinding, arrow.endBinding].flatMap((binding) => {
    const { elementId } = recordOf(binding)
    return typeof elementId === 'string' ? [elementId] : []
  })

const arrowsByTarget = (arrows: readonly Foreign[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const byTarget = new Map<string, Set<string>>()
  for (const arrow of arrows) {
    for (const target of arrow.type === 'arrow' ? boundTo(arrow) : []) {
      const bound = byTarget.get(target) ?? new Set()
      byTarget.set(target, bound.add(String(arrow.id)))
    }
  }
  return byTarget
}

const NO_ARROWS: ReadonlySet<string> = new Set()

/** Has every element name what is bound to it; what came in keeps its own list where that still holds. */
const withBoundElements = (outgoing: readonly Outgoing[], history: History): readonly Written[] => {
  const now = arrowsByTarget(outgoing.map(({ written }) => written.element))
  const before = arrowsByTarget(outgoing.flatMap(({ kept }) => (kept ? [kept.element] : [])))
  const present = new Set(outgoing.flatMap(({ written }) => [written.element.id, written.label?.id]))
  return outgoing.map(({ element, kept, written }) => {
    const { label: text } = written
    const label = text && text.containerId === written.element.id ? [String(text.id)] : []
    const arrows = now.get(String(written.element.id)) ?? NO_ARROWS
    const isOriginal =
      kept !== null && kept.element.id === element.id && history.baseline(element.id) !== null
    if (!isOriginal) return withBound(written, boundList(label, arrows))
    const original = listOf(kept.element.boundElements)
    const dangling = new Set<unknown>(kept.dangling)
    const arrowsBefore = before.get(String(kept.element.id)) ?? NO_ARROWS
    const holds = (id: unknown): boolean => {
      if (dangling.has(id) || label.includes(String(id)) || arrows.has(String(id))) return true
      return present.has(id) && !arrowsBefore.has(String(id)) && id !== kept.label?.id
    }
    const left = original.filter((entry) => holds(recordOf(entry).id))
    const listed = new Set(original.map((entry) => recordOf(entry).id))
    const fresh = [...arrows].filter((id) => !listed.has(id) && !arrowsBefore.has(id))
    const newLabel = label.filter((id) => !listed.has(id) && id !== kept.label?.id)
    const bound = [...left, ...boundList(newLabel, fresh)]
    return isEqual(bound, original) ? written : withBound(written, bound)
  })
}

const boundList = (labels: readonly string[], arrows: Iterable<string>): readonly Foreign[] => [
  ...labels.map((id) => ({ id, type: 'text' })),
  ...Array.from(arrows, (id) => ({ id, type: 'arrow' })),
]

const withBound = (written: Written, boundElements: readonly unknown[]): Written => ({
  ...written,
  element: { ...written.element, boundElements },
})

const filesOf = (outgoing: readonly Outgoing[]): ReadonlyMap<string, AssetId> => {
  const files = new Map<string, AssetId>()
  for (const { element, written } of outgoing) {
    const { fileId } = written.element
    if (typeof fileId === 'string' && typeof element.asset === 'string')
      files.set(fileId, element.asset as AssetId)
  }
  return files
}
