import type { Vec } from '../../geometry/types.ts'
import { direction, distance, interpolate } from '../../geometry/vector.ts'
import type { Dash, Element, Roughness } from '../../model/element.ts'
import { hashText } from '../../model/hash.ts'
import { createRecent } from '../../model/recent.ts'
import type { Path, PathCommand } from '../../model/surface.ts'

/** Whose hand draws: the same hand draws the same path the same way, on every device. */
export interface Hand {
  readonly seed: number
  readonly roughness: Roughness
  /** How often each line is drawn; dashes drawn twice would fill each other's gaps. Absent: 2. */
  readonly passes?: 1 | 2
  /** Whether the ends of open lines stay exactly where they are, as an arrow's tip must. */
  readonly anchored?: boolean
}

type Random = () => number

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32, Tommy Ettinger, public domain). */
const seededRandom = (seed: number): Random => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What an element's hand starts from: its stored `seed` (from other products' files), otherwise its id. */
export const seedOf = (element: Element): number => {
  const { seed } = element
  return typeof seed === 'number' && Number.isSafeInteger(seed) ? seed >>> 0 : hashText(element.id)
}

/** Board units, for each step of roughness: how far an end may miss its place, and a middle bend aside. */
const MISS = 1.7
const BEND = 3
/** Longer lines bend more, up to `BEND`: so much of their length for each step of roughness. */
const BEND_SHARE = 0.011

/** How far beyond its path a rough line may go, in board units. */
export const roughReach = (roughness: Roughness): number => roughness * (MISS * 1.5 + BEND)

/** Pixels below which an unsteady hand cannot be told from a steady one. */
const VISIBLE_MISS = 0.5
const VISIBLE_SIZE = 24

/** Whether roughness shows on something `extent` board units large. */
const showsRoughness = (roughness: Roughness, extent: number, scale: number): boolean =>
  roughness > 0 && MISS * roughness * scale >= VISIBLE_MISS && extent * scale >= VISIBLE_SIZE

interface Drawn extends Element {
  readonly roughness: Roughness
  readonly dash: Dash
}

/** The hand that draws an element at so many device pixels per board unit: a steady one where nothing else would show. */
export const handOf = (element: Drawn, scale: number): Hand => {
  const { size, roughness, dash } = element
  const shows = showsRoughness(roughness, Math.max(size[0], size[1]), scale)
  return {
    seed: shows ? seedOf(element) : 0,
    roughness: shows ? roughness : 0,
    passes: dash === 'solid' ? 2 : 1,
  }
}

interface Piece {
  readonly from: Vec
  readonly first: Vec
  readonly second: Vec
  readonly to: Vec
  readonly straight: boolean
}

interface Line {
  readonly pieces: readonly Piece[]
  readonly closed: boolean
}

const lengthOf = ({ from, to }: Piece): number => distance(from, to)

const straightPiece = (from: Vec, to: Vec): Piece => ({
  from,
  first: interpolate(from, to, 0.3),
  second: interpolate(from, to, 0.7),
  to,
  straight: true,
})

const curvedPiece = (from: Vec, command: PathCommand & readonly ['Q' | 'C', ...number[]]): Piece => {
  if (command[0] === 'C') {
    const [, x1, y1, x2, y2, x, y] = command
    return { from, first: [x1, y1], second: [x2, y2], to: [x, y], straight: false }
  }
  const [, controlX, controlY, x, y] = command
  const control: Vec = [controlX, controlY]
  const to: Vec = [x, y]
  return {
    from,
    first: interpolate(from, control, 2 / 3),
    second: interpolate(to, control, 2 / 3),
    to,
    straight: false,
  }
}

/** The continuous lines of a path. */
const linesOf = (path: Path): Line[] => {
  const lines: Line[] = []
  let pieces: Piece[] = []
  let start: Vec = [0, 0]
  let at: Vec = start
  const end = (closed: boolean): void => {
    if (pieces.length > 0) lines.push({ pieces, closed })
    pieces = []
  }
  const add = (piece: Piece): void => {
    if (!piece.straight || lengthOf(piece) > 0) pieces.push(piece)
    at = piece.to
  }
  for (const command of path) {
    if (command[0] === 'M') {
      end(false)
      start = [command[1], command[2]]
      at = start
    } else if (command[0] === 'Z') {
      add(straightPiece(at, start))
      end(true)
    } else if (command[0] === 'L') add(straightPiece(at, [command[1], command[2]]))
    else add(curvedPiece(at, command))
  }
  end(false)
  return lines
}

/** Cosine of the turn from which on a hand lifts, to begin the next side anew. */
const SHARP = 0.85

const isSharp = (before: Piece, after: Piece): boolean => {
  const arriving = direction(before.second, before.to)
  const leaving = direction(after.from, after.first)
  return arriving[0] * leaving[0] + arriving[1] * leaving[1] < SHARP
}

interface Stroke {
  readonly pieces: readonly Piece[]
  /** Whether its start, and its end, is an end of the whole line. */
  readonly starts: boolean
  readonly ends: boolean
}

/** The strokes in which a hand draws a line: each up to the next sharp corner. A closed line begins at a corner. */
const strokesOf = ({ pieces, closed }: Line): Stroke[] => {
  const count = pieces.length
  const corner = (index: number): boolean =>
    isSharp(pieces[(index + count - 1) % count] as Piece, pieces[index] as Piece)
  const first = closed
    ? Math.max(
        0,
        pieces.findIndex((_, index) => corner(index)),
      )
    : 0
  const turned = [...pieces.slice(first), ...pieces.slice(0, first)]
  const runs: Piece[][] = []
  turned.forEach((piece, index) => {
    const before = turned[index - 1]
    if (before === undefined || isSharp(before, piece)) runs.push([piece])
    else runs.at(-1)?.push(piece)
  })
  return runs.map((run, index) => ({
    pieces: run,
    starts: !closed && index === 0,
    ends: !closed && index === runs.length - 1,
  }))
}

const shifted = (point: Vec, by: Vec): Vec => [point[0] + by[0], point[1] + by[1]]

/** Draws strokes with one unsteady hand; `reach` is how far it may miss a place, in board units. */
const scribble = (stroke: Stroke, hand: Hand, reach: number, random: Random): PathCommand[] => {
  const { pieces } = stroke
  const around = (most: number): number => (random() * 2 - 1) * most
  const anywhere = (most: number): Vec => [around(most), around(most)]
  const missAt = (index: number): Vec => {
    const isEnd = index === 0 ? stroke.starts : index === pieces.length && stroke.ends
    if (isEnd && hand.anchored) return [0, 0]
    const beside = [pieces[index - 1], pieces[index]].filter((piece) => piece !== undefined)
    const shortest = Math.min(...beside.map(lengthOf))
    return anywhere(Math.min(reach, shortest / 6))
  }
  const result: PathCommand[] = []
  let miss = missAt(0)
  pieces.forEach((piece, index) => {
    const next = missAt(index + 1)
    const length = lengthOf(piece)
    const most = piece.straight
      ? Math.min(BEND * hand.roughness, length * BEND_SHARE * hand.roughness)
      : Math.min(reach / 2, length / 12)
    const bend = piece.straight ? normal(piece, around(most)) : anywhere(most)
    if (index === 0) result.push(['M', ...shifted(piece.from, miss)])
    const first = shifted(shifted(piece.first, miss), bend)
    const second = shifted(shifted(piece.second, next), bend)
    result.push(['C', ...first, ...second, ...shifted(piece.to, next)])
    miss = next
  })
  return result
}

const normal = ({ from, to }: Piece, length: number): Vec => {
  const [x, y] = direction(from, to)
  return [-y * length, x * length]
}

/** The second stroke of a hand comes closer than the first. */
const SECOND_PASS = 0.6

const draw = (path: Path, hand: Hand): Path => {
  const random = seededRandom(hand.seed)
  const strokes = linesOf(path).flatMap(strokesOf)
  const result: PathCommand[] = []
  for (let pass = 0; pass < (hand.passes ?? 2); pass++) {
    const reach = MISS * hand.roughness * (pass === 0 ? 1 : SECOND_PASS)
    for (const stroke of strokes) result.push(...scribble(stroke, hand, reach, random))
  }
  return result
}

/** Commands of what hands made that are kept. */
const KEPT_COMMANDS = 60_000
/** Paths are immutable, so what a hand makes of one stays the same. */
const drawn = createRecent<Path, Path>(KEPT_COMMANDS)

/**
 * A path as an unsteady hand draws it: sides bend a little, miss their corners and are drawn twice, curves wobble. After
 * Wood et al., "Sketchy Rendering for Information Visualization" (2012). Keep the same `path` object for the same
 * geometry, and nothing is computed again; roughness 0 gives the path itself.
 */
export const roughen = (path: Path, hand: Hand): Path => {
  if (hand.roughness === 0) return path
  const form = `${hand.seed} ${hand.roughness} ${hand.passes ?? 2} ${hand.anchored ?? false}`
  const known = drawn.get(path, form)
  if (known) return known
  const made = draw(path, hand)
  return drawn.set(path, form, made, made.length)
}
