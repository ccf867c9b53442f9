import type { WorldPoint } from '../geometry/types.ts'
import { worldPoint } from '../geometry/types.ts'
import type { ElementId } from '../model/element.ts'
import { COORDINATE_LIMIT, type Fields, isPlainObject, MAX_TEXT_LENGTH, own } from '../model/heal.ts'
import { isId } from '../model/identifiers.ts'
import type { KindRegistry } from '../model/kind.ts'
import type { LocalPresence, Peer, PeerView, TextCaret } from '../model/presence.ts'
import type { AssetId } from '../model/surface.ts'
import { encodeDraft, parseDraft } from './drafts.ts'
import { jsonBytes, takeFitting } from './fitting.ts'
import { identityColor } from './identity.ts'
import type { InkTails } from './ink-tails.ts'

/** What one person's presence may take on the wire, in bytes of JSON; servers refuse far larger ones. */
export const PRESENCE_BYTES = 16 * 1024
/** What the ids of a selection may take of that. */
const SELECTION_BYTES = 4 * 1024

const MAX_SELECTION = 2000
const MAX_NAME_LENGTH = 80
const MAX_PERSON_ID_LENGTH = 128
/** Cursors and views may lie beyond what elements may, but not without end. */
const FARTHEST = 10 * COORDINATE_LIMIT
/** Longest side of a view, in CSS pixels. */
const LARGEST_VIEW = 100_000

/** Hundredths of a unit are less than a cursor's pixel at any zoom that one draws in. */
const round = (value: number): number => Math.round(value * 100) / 100 + 0

const encodeView = (view: PeerView): readonly number[] => [
  round(view.center[0]),
  round(view.center[1]),
  Math.round(view.zoom * 10_000) / 10_000,
  Math.round(view.width),
  Math.round(view.height),
]

/**
 * A presence state of at most `PRESENCE_BYTES`: absent fields instead of nulls, numbers rounded, selection and draft cut
 * to what fits. `user` is not in it: the server writes that. `tails` knows what was sent before, and has strokes that grow
 * tell only how they went on.
 */
export const encodePresence = (
  presence: LocalPresence,
  kinds: KindRegistry,
  tails?: InkTails,
): Readonly<Record<string, unknown>> => {
  const tail = tails?.shorten(presence.draft)
  const { cursor, selection, draft, view, caret, uploads } = presence
  const state: Record<string, unknown> = {}
  if (cursor) state.cursor = [round(cursor[0]), round(cursor[1])]
  if (view) state.view = encodeView(view)
  if (presence.laser) state.laser = true
  if (presence.restored) state.restored = true
  if (caret) state.caret = [caret.element, caret.start, caret.end]
  if (uploads.size > 0) state.uploads = encodeUploads(uploads)
  if (selection.length > 0) state.selection = takeFitting(selection, SELECTION_BYTES)
  if (tail) state.draft = tail
  else if (draft) {
    const wire = encodeDraft(draft, PRESENCE_BYTES - jsonBytes({ ...state, draft: null }), kinds)
    if (wire) state.draft = wire
  }
  return state
}

/** Pictures under way whose progress others see. */
const MAX_UPLOADS = 8
const ASSET = /^[0-9a-f]{64}$/

const encodeUploads = (uploads: LocalPresence['uploads']): Readonly<Record<string, number>> =>
  Object.fromEntries([...uploads].slice(0, MAX_UPLOADS).map(([asset, part]) => [asset, round(part)]))

const isNumberWithin = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most

const parsePoint = (value: unknown): WorldPoint | null => {
  if (!Array.isArray(value)) return null
  const [x, y] = value as unknown[]
  if (!isNumberWithin(x, -FARTHEST, FARTHEST) || !isNumberWithin(y, -FARTHEST, FARTHEST)) return null
  return worldPoint(x, y)
}

const parseView = (value: unknown): PeerView | null => {
  const center = parsePoint(value)
  if (!center) return null
  const [, , zoom, width, height] = value as unknown[]
  if (!isNumberWithin(zoom, 0.001, 1000)) return null
  if (!isNumberWithin(width, 1, LARGEST_VIEW) || !isNumberWithin(height, 1, LARGEST_VIEW)) return null
  return { center, zoom, width, height }
}

const parseCaret = (value: unknown): TextCaret | null => {
  if (!Array.isArray(value)) return null
  const [element, start, end] = value as unknown[]
  if (!isId(element)) return null
  if (!isNumberWithin(start, 0, MAX_TEXT_LENGTH) || !isNumberWithin(end, 0, MAX_TEXT_LENGTH)) return null
  return { element: element as ElementId, start: Math.round(start), end: Math.round(end) }
}

const parseUploads = (value: unknown): Peer['uploads'] => {
  if (!isPlainObject(value)) return NO_UPLOADS
  const uploads = new Map<AssetId, number>()
  for (const asset of Object.keys(value).slice(0, MAX_UPLOADS)) {
    const part = value[asset]
    if (ASSET.test(asset) && isNumberWithin(part, 0, 1)) uploads.set(asset as AssetId, part)
  }
  return uploads
}

const NO_UPLOADS: Peer['uploads'] = new Map()

const parseSelection = (value: unknown): readonly ElementId[] =>
  Array.isArray(value) ? ([...new Set(value.slice(0, MAX_SELECTION).filter(isId))] as ElementId[]) : []

/** One line, no control characters, no characters that turn the writing direction of what stands beside it. */
const cleanName = (value: string): string =>
  value
    .slice(0, 4 * MAX_NAME_LENGTH)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, MAX_NAME_LENGTH)

const parseIdentity = (user: Fields): Pick<Peer, 'personId' | 'name' | 'color'> | null => {
  const [id, name, color] = [own(user, 'id'), own(user, 'name'), own(user, 'color')]
  if (typeof id !== 'string' || id === '' || id.length > MAX_PERSON_ID_LENGTH) return null
  if (typeof name !== 'string') return null
  const isColor = typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color)
  return { personId: id, name: cleanName(name), color: isColor ? color.toLowerCase() : identityColor(id) }
}

/**
 * Reads a peer's presence state, which may hold anything at all: what is no sensible value counts as absent. Null when it
 * does not say who it is. `previous` is what this client showed before. Never throws. Ids of elements that are not here (yet, or any more) stay: whoever draws them
 * passes those over.
 */
export const parsePeer = (
  clientId: number,
  state: unknown,
  kinds: KindRegistry,
  previous: Peer | null = null,
): Peer | null => {
  if (!isPlainObject(state)) return null
  const user = own(state, 'user')
  const identity = isPlainObject(user) ? parseIdentity(user) : null
  if (!identity) return null
  return {
    clientId,
    ...identity,
    cursor: parsePoint(own(state, 'cursor')),
    selection: parseSelection(own(state, 'selection')),
    draft: parseDraft(own(state, 'draft'), kinds, previous?.draft),
    view: parseView(own(state, 'view')),
    laser: own(state, 'laser') === true,
    caret: parseCaret(own(state, 'caret')),
    uploads: parseUploads(own(state, 'uploads')),
    ...(own(state, 'restored') === true && { restored: true }),
  }
}
