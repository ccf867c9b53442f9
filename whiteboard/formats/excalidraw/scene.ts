import type { Size } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import { isOrderKey, keysBetween } from '../../model/order.ts'
import type { AssetId } from '../../model/surface.ts'
import { danglingIds, withSoundIds } from './ids.ts'
import { belongsTo, hasOwnData, readOwnData, withoutOwnData } from './own-data.ts'
import { flawOf, isOutside, MAX_KEPT, readElement } from './read.ts'
import { boundIdsOf, isContainer, typeOf } from './restore.ts'
import { isHarmful } from './styles.ts'
import { type Foreign, KEPT_FIELD, type Kept, type Skipped } from './types.ts'
import { listOf, recordOf, safeCopy, stringOf } from './values.ts'
import type { WriteContext } from './write-base.ts'

export interface SceneOptions extends WriteContext {
  /** Whether an id is on the board already, as an element's or a group's. */
  readonly isTaken?: (id: string) => boolean
  /** The stored picture that a file's picture has become. */
  readonly assetOf?: (fileId: string) => { readonly asset: AssetId; readonly natural: Size } | undefined
}

export interface ReadScene {
  /** In drawing order, and with keys of that order. */
  readonly elements: readonly Element[]
  readonly skipped: readonly Skipped[]
  /** Things that are on the board, but not as the file has them. */
  readonly changed: readonly Skipped[]
}

/**
 * The elements of an Excalidraw scene, clipboard or library item, good ones read and bad ones reported. Each remembers what
 * it was, so that it can go out as the same (`exportScene`).
 */
export const readScene = (list: unknown, options: SceneOptions): ReadScene => {
  const skipped: Skipped[] = []
  const changed: Skipped[] = []
  const copies = listOf(list).flatMap((entry) => soundCopy(entry, skipped))
  const elements = inOrder(withSoundIds(copies, options.isTaken ?? (() => false)))
  const known = new Set(elements.map(({ id }) => String(id)))
  const parts = partsOf(elements)
  const read: Element[] = []
  for (const element of elements) {
    if (parts.taken.has(element)) continue
    try {
      const kept = keptFrom(element, parts.labels.get(String(element.id)), known, options)
      const made = readKept(kept, parts.pieces.get(String(element.id)) ?? [], options)
      if (!made) skipped.push({ id: String(element.id), reason: 'It cannot be read.' })
      else {
        read.push(made)
        if (isOutside(element))
          changed.push({ id: made.id, reason: 'It was brought back to the edge of the board.' })
      }
    } catch {
      skipped.push({ id: String(element.id), reason: 'It is damaged.' })
    }
  }
  const orders = keysBetween(null, null, read.length)
  const ordered = read.map((element, at) => ({ ...element, order: orders[at] ?? element.order }))
  return { elements: ordered, skipped, changed }
}

/** A copy of one entry of the list that can be worked with; none of what is deleted or makes no sense, which is reported. */
const soundCopy = (entry: unknown, skipped: Skipped[]): Foreign[] => {
  const id = stringOf(recordOf(entry).id) ?? ''
  const refuse = (reason: string): Foreign[] => {
    skipped.push({ id, reason })
    return []
  }
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    return refuse('It is not an element.')
  if (recordOf(entry).isDeleted === true) return []
  try {
    const copy = recordOf(safeCopy(entry))
    const flaw = hasOwnData(copy) ? null : flawOf(copy)
    if (flaw !== null) return refuse(flaw)
    return [isHarmful(copy.link) ? { ...copy, link: null } : copy]
  } catch {
    return refuse('It is nested too deeply.')
  }
}

/** By index where all have one that makes sense; otherwise the list itself is the order. */
const inOrder = (elements: readonly Foreign[]): readonly Foreign[] => {
  if (!elements.every(({ index }) => isOrderKey(index))) return elements
  const key = ({ index }: Foreign): string => String(index)
  return [...elements].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

interface Parts {
  /** Texts by the id of what they are written on here. */
  readonly labels: ReadonlyMap<string, Foreign>
  /** Further pieces of strokes. */
  readonly pieces: ReadonlyMap<string, readonly Foreign[]>
  /** All of these: they are no elements of their own. */
  readonly taken: ReadonlySet<Foreign>
}

const pushed = <Item>(list: Item[] | undefined, item: Item): Item[] => {
  if (!list) return [item]
  list.push(item)
  return list
}

/** Which objects of the file are parts of others here. */
const partsOf = (elements: readonly Foreign[]): Parts => {
  const byId = new Map(elements.map((element) => [String(element.id), element]))
  const labels = new Map<string, Foreign>()
  const pieces = new Map<string, Foreign[]>()
  const taken = new Set<Foreign>()
  for (const element of elements) {
    const { label, piece } = belongsTo(element)
    const owner = byId.get(piece ?? label ?? '')
    if (owner && owner !== element && hasOwnData(owner)) {
      if (piece) pieces.set(piece, pushed(pieces.get(piece), element))
      else if (label && !labels.has(label)) labels.set(label, element)
      else continue
      taken.add(element)
      continue
    }
    const container = byId.get(typeOf(element) === 'text' ? (stringOf(element.containerId) ?? '') : '')
    if (!container || !isContainer(container) || !isLabelOf(element, container, labels)) continue
    labels.set(String(container.id), element)
    taken.add(element)
  }
  for (const [id, list] of pieces) {
    const owner = byId.get(id)
    if (owner && list.length > 0) continue
    for (const piece of list) taken.delete(piece)
  }
  return { labels, pieces, taken }
}

/** Of several texts that name one container it is the first, unless the container names another. */
const isLabelOf = (text: Foreign, container: Foreign, labels: ReadonlyMap<string, Foreign>): boolean => {
  if (labels.has(String(container.id))) return false
  const texts = listOf(container.boundElements)
    .map(recordOf)
    .filter(({ type }) => type === 'text')
  return texts.length === 0 || texts.some(({ id }) => id === text.id) || boundIdsOf(container).length === 0
}

const keptFrom = (
  element: Foreign,
  label: Foreign | undefined,
  known: ReadonlySet<string>,
  { assetOf }: SceneOptions,
): Kept => {
  const dangling = danglingIds(element, known)
  const stored = typeof element.fileId === 'string' ? assetOf?.(element.fileId) : undefined
  return {
    element,
    ...(label && { label }),
    ...(dangling.length > 0 && { dangling }),
    ...(stored && { asset: stored.asset, natural: stored.natural }),
  }
}

const readKept = (kept: Kept, pieces: readonly Foreign[], options: SceneOptions): Element | null => {
  const own = hasOwnData(kept.element) ? readOwnData(kept, pieces, options) : null
  if (own?.untouched) return own.element
  const plain: Kept = {
    ...kept,
    element: withoutOwnData(kept.element),
    ...(kept.label && { label: withoutOwnData(kept.label) }),
  }
  const element = own?.element ?? readElement(plain, options.kinds)
  if (!element) return null
  const json = JSON.stringify(plain)
  return json.length > MAX_KEPT ? element : { ...element, [KEPT_FIELD]: json }
}
