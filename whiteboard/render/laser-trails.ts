import { toScreen } from '../geometry/camera.ts'
import type { Vec, WorldPoint } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'
import type { Hints } from '../model/hints.ts'
import type { Peer } from '../model/presence.ts'
import type { CursorMotion } from './cursor-motion.ts'
import { peerColor } from './overlay-peers.ts'
import type { Viewport } from './viewport.ts'

type Kind = NonNullable<Hints['trail']>['kind']

interface Look {
  /** Milliseconds until a point of the trail is gone. */
  readonly life: number
  /** CSS pixels where it is newest; it tapers off to nothing. */
  readonly width: number
}

const LOOKS: Readonly<Record<Kind, Look>> = {
  laser: { life: 1000, width: 7 },
  eraser: { life: 220, width: 12 },
}
const ERASER_COLOR = '#8b909c'
const ERASER_OPACITY = 0.35

/** Points of one trail; more than a second of any pointer. */
const MOST_POINTS = 600
/** CSS pixels between points that are worth keeping. */
const SPACING = 1

interface TrailPoint {
  readonly at: WorldPoint
  readonly time: number
}

/** What one pointer left behind between one press and release. */
interface Trail {
  readonly kind: Kind
  readonly color: string
  points: TrailPoint[]
  /** Whether the pointer is still at work: then its newest point stays. */
  open: boolean
}

const OWN = 'own'

/**
 * What lasers and erasers leave behind on their way, this person's and the peers': it tapers and fades within a second and
 * is nowhere but here.
 */
export class LaserTrails {
  readonly #trails: Trail[] = []
  /** The trail that each pointer leaves now. */
  readonly #open = new Map<number | typeof OWN, Trail>()
  #last: Hints['trail'] = undefined

  /** Takes this person's newest points; called with every change of the hints. */
  note(trail: Hints['trail'], color: string, now: number): void {
    if (trail === this.#last) return
    this.#last = trail
    if (trail === undefined) {
      this.#close(OWN)
      return
    }
    for (const point of trail.points) this.#add(OWN, point, { kind: trail.kind, color }, now)
  }

  /** Follows the peers' lasers and lets old points go; true while something fades. */
  advance(peers: readonly Peer[], motion: CursorMotion, zoom: number, now: number): boolean {
    const pointing = new Set<number>()
    for (const peer of peers) {
      const at = peer.laser ? motion.at(peer.clientId) : undefined
      if (at === undefined) continue
      pointing.add(peer.clientId)
      const last = this.#open.get(peer.clientId)?.points.at(-1)
      if (last && distance(last.at, at) * zoom < SPACING) continue
      this.#add(peer.clientId, at, { kind: 'laser', color: peerColor(peer) }, now)
    }
    for (const key of [...this.#open.keys()]) if (key !== OWN && !pointing.has(key)) this.#close(key)
    return this.#fade(now)
  }

  paint(context: CanvasRenderingContext2D, view: Viewport, now: number): void {
    for (const trail of this.#trails) paintTrail(context, view, trail, now)
  }

  #add(
    key: number | typeof OWN,
    at: WorldPoint,
    { kind, color }: Pick<Trail, 'kind' | 'color'>,
    time: number,
  ): void {
    let trail = this.#open.get(key)
    if (trail?.kind !== kind) {
      this.#close(key)
      trail = { kind, color, points: [], open: true }
      this.#open.set(key, trail)
      this.#trails.push(trail)
    }
    trail.points.push({ at, time })
    if (trail.points.length > MOST_POINTS) trail.points = trail.points.slice(-MOST_POINTS)
  }

  #close(key: number | typeof OWN): void {
    const trail = this.#open.get(key)
    if (trail) trail.open = false
    this.#open.delete(key)
  }

  #fade(now: number): boolean {
    let fading = false
    for (const trail of this.#trails) {
      const { life } = LOOKS[trail.kind]
      const newest = trail.open ? trail.points.at(-1) : undefined
      trail.points = trail.points.filter((point) => point === newest || now - point.time < life)
      if (trail.points.length > (newest ? 1 : 0)) fading = true
    }
    for (let index = this.#trails.length - 1; index >= 0; index--) {
      if (this.#trails[index]?.points.length === 0) this.#trails.splice(index, 1)
    }
    return fading
  }
}

const paintTrail = (context: CanvasRenderingContext2D, view: Viewport, trail: Trail, now: number): void => {
  const { life, width } = LOOKS[trail.kind]
  const places = trail.points.map(({ at }): Vec => toScreen(view.camera, at))
  const newest = trail.points.length - 1
  const widths = trail.points.map(({ time }, index) =>
    trail.open && index === newest ? width : width * Math.max(0, 1 - (now - time) / life),
  )
  context.save()
  context.lineCap = 'round'
  if (trail.kind === 'eraser') {
    // One line of one breadth: pieces that overlap would show through each other.
    context.globalAlpha = (ERASER_OPACITY * Math.max(...widths, 0)) / width
    context.strokeStyle = ERASER_COLOR
    context.lineJoin = 'round'
    context.lineWidth = width
    traceLine(context, places)
    context.stroke()
  } else {
    paintTapered(context, places, widths, trail.color)
  }
  context.restore()
}

const traceLine = (context: CanvasRenderingContext2D, places: readonly Vec[]): void => {
  const [x, y] = places[0] ?? [0, 0]
  context.beginPath()
  context.moveTo(x, y)
  for (const [toX, toY] of places) context.lineTo(toX + 0.01, toY)
}

/** A smooth line through the middles between the places, piece by piece as broad as it is there. */
const paintTapered = (
  context: CanvasRenderingContext2D,
  places: readonly Vec[],
  widths: readonly number[],
  color: string,
): void => {
  context.strokeStyle = color
  const middle = (index: number): Vec => {
    const [x, y] = places[index] as Vec
    const [nextX, nextY] = places[index + 1] ?? [x, y]
    return [(x + nextX) / 2, (y + nextY) / 2]
  }
  places.forEach(([x, y], index) => {
    const [fromX, fromY] = index === 0 ? [x, y] : middle(index - 1)
    const [toX, toY] = middle(index)
    context.lineWidth = Math.max(0.1, widths[index] ?? 0)
    context.beginPath()
    context.moveTo(fromX, fromY)
    context.quadraticCurveTo(x, y, toX + 0.01, toY)
    context.stroke()
  })
}
