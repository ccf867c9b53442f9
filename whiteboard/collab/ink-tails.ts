import { boxOfPoints } from '../geometry/box.ts'
import { toBase64 } from '../model/base64.ts'
import type { Draft } from '../model/draft.ts'
import type { Element } from '../model/element.ts'
import { type Fields, healNumber, healPosition, own } from '../model/heal.ts'
import { decodeInk, encodeInk, type InkPoint, MAX_INK_POINTS } from '../model/ink.ts'
import { inkPointAt, strokePoints } from '../model/ink-pieces.ts'
import type { KindRegistry } from '../model/kind.ts'
import { healElement } from '../model/parse-element.ts'
import { unpacked } from './fitting.ts'

/**
 * A stroke under way grows at its end, so most states of a presence tell only its newest points. Presence keeps nothing
 * but the newest state, and states get lost on the way: so a tail reaches back over several states before, and now and
 * then the whole stroke goes out, with all its fields.
 */
export interface WireStroke {
  readonly type: 'ink'
  readonly id: string
  /** Where on the board the packed points count from. */
  readonly at: readonly [x: number, y: number]
  /** How many points come before them. */
  readonly from: number
  /** Packed points, base64. */
  readonly ink: string
}

/** States that may be lost in a row without a gap. */
const REACH = 5
/** States between two with the whole stroke: whoever comes late sees all of it within about a second. */
const WHOLE_EVERY = 30
/** Bytes of a stroke up to which it is sent whole now and then; who comes late sees a longer one when it is finished. */
const WHOLE_BYTES = 8 * 1024
/** Bytes of a tail, packed: more is no growth. */
const TAIL_BYTES = 4 * 1024
/** Board units within which a point is the same: places are rounded as the stroke's box grows. */
const SAME = 0.25

/** A stroke as it was sent last. */
interface Sent {
  readonly id: Element['id']
  readonly points: readonly InkPoint[]
  /** For each of the last states, how many of the first points it told that are still the same. */
  readonly known: readonly number[]
  /** States since the last whole one. */
  readonly sinceWhole: number
}

/** Points of a stroke on the board; null for one that is turned or has none. */
const placedPoints = (element: Element): readonly InkPoint[] | null => {
  if (!(element.ink instanceof Uint8Array) || element.rotation !== 0) return null
  const [x, y] = element.position
  return strokePoints(element).map((point) => [point[0] + x, point[1] + y, point[2]])
}

const commonLength = (a: readonly InkPoint[], b: readonly InkPoint[]): number => {
  const most = Math.min(a.length, b.length)
  for (let index = 0; index < most; index++) {
    const [one, two] = [a[index] as InkPoint, b[index] as InkPoint]
    const isSame = Math.abs(one[0] - two[0]) < SAME && Math.abs(one[1] - two[1]) < SAME
    if (!isSame || Math.abs(one[2] - two[2]) > 0.02) return index
  }
  return most
}

/** Shortens the drafts of one person, one after the other, to what peers do not know yet. */
export class InkTails {
  #sent: Sent | null = null

  /** A draft's only stroke as far as it is news; null where the draft goes out as it is. */
  shorten(draft: Draft | null): WireStroke | null {
    const [element, ...others] = draft?.type === 'create' ? draft.elements : []
    const points = element && others.length === 0 ? placedPoints(element) : null
    if (!element || points === null) {
      this.#sent = null
      return null
    }
    const before = this.#sent?.id === element.id ? this.#sent : null
    const same = before ? commonLength(before.points, points) : 0
    const known = (before?.known ?? []).map((count) => Math.min(count, same))
    const from = known.length < REACH ? 0 : Math.min(...known)
    const tail = from === 0 || this.#isWholeDue(before, element) ? null : tailOf(element, points, from)
    this.#sent = {
      id: element.id,
      points,
      known: [...known, points.length].slice(-REACH),
      sinceWhole: tail === null ? 0 : (before?.sinceWhole ?? 0) + 1,
    }
    return tail
  }

  #isWholeDue(before: Sent | null, { ink }: Element): boolean {
    const isShort = ink instanceof Uint8Array && ink.length <= WHOLE_BYTES
    return isShort && (before?.sinceWhole ?? 0) >= WHOLE_EVERY
  }
}

const tailOf = ({ id }: Element, points: readonly InkPoint[], from: number): WireStroke | null => {
  const newest = points.slice(from)
  const box = boxOfPoints(newest)
  if (!box) return null
  const [x, y] = [Math.floor(box.minX), Math.floor(box.minY)]
  const ink = encodeInk(newest.map((point) => [point[0] - x, point[1] - y, point[2]]))
  return ink.length > TAIL_BYTES ? null : { type: 'ink', id, at: [x, y], from, ink: toBase64(ink) }
}

/**
 * The draft of a stroke of which only the newest points came, with all else from the draft that the same peer showed last;
 * null when that was of another stroke. What got lost in between becomes a straight piece. Never throws.
 */
export const grownStroke = (wire: Fields, previous: Draft | null, kinds: KindRegistry): Draft | null => {
  const [at, packed] = [healPosition(own(wire, 'at')), own(wire, 'ink')]
  const elements = previous?.type === 'create' ? previous.elements : []
  const last = elements.find(({ id }) => id === own(wire, 'id'))
  const known = last && placedPoints(last)
  if (!known || at === null || typeof packed !== 'string') return null
  const from = Math.round(healNumber(own(wire, 'from'), 0, 0, MAX_INK_POINTS))
  const newest = decodeInk(unpacked(packed) ?? new Uint8Array(0)).map(
    ([x, y, pressure]): InkPoint => [x + at[0], y + at[1], pressure],
  )
  const points = [...pointsBefore(from, known, newest), ...newest]
  const box = boxOfPoints(points)
  if (!box) return null
  const grown = {
    ...last,
    position: [box.minX, box.minY],
    size: [box.maxX - box.minX, box.maxY - box.minY],
    ink: encodeInk(points.map(([x, y, pressure]) => [x - box.minX, y - box.minY, pressure])),
  }
  const element = healElement(grown, kinds)
  return element && { type: 'create', elements: [element] }
}

/** The first `count` points: those that are known, and a straight way on to the newest where some are missing. */
const pointsBefore = (
  count: number,
  known: readonly InkPoint[],
  [next]: readonly InkPoint[],
): readonly InkPoint[] => {
  const missing = count - known.length
  if (missing <= 0 || !next) return known.slice(0, count)
  const way: readonly InkPoint[] = [known.at(-1) ?? next, next]
  const filled = Array.from(
    { length: missing },
    (_, index) => inkPointAt(way, (index + 1) / (missing + 1)) ?? next,
  )
  return [...known, ...filled]
}
