import { type Camera, panBy, zoomAt } from '../geometry/camera.ts'
import { clamp } from '../geometry/clamp.ts'
import { type ScreenPoint, screenPoint, type Vec } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'

/** A pointer event before anything was made of it, in canvas pixels. */
export interface RawPointer {
  readonly pointerId: number
  readonly pointerType: 'mouse' | 'pen' | 'touch'
  /** As in the DOM: 0 main, 1 middle, 2 right or a pen's barrel, 5 a pen's eraser; -1 for movements. */
  readonly button: number
  /** All that are held, as in the DOM; 32 is a pen's eraser. Absent: unknown. */
  readonly buttons?: number
  /** How broad the contact is, in CSS pixels: a palm's is broad. Absent: unknown. */
  readonly contact?: number
  readonly screen: ScreenPoint
  readonly pressure: number
  readonly shift: boolean
  readonly alt: boolean
  readonly ctrl: boolean
  readonly coalesced: readonly { readonly screen: ScreenPoint; readonly pressure: number }[]
  readonly timeStamp: number
}

/** A wheel event; deltas in CSS pixels. */
export interface RawWheel {
  readonly screen: ScreenPoint
  readonly deltaX: number
  readonly deltaY: number
  readonly shift: boolean
  /** Ctrl or Cmd; browsers also report a trackpad's pinch so. */
  readonly ctrl: boolean
}

export interface CameraPort {
  readonly camera: Camera
  setCamera(camera: Camera): void
}

type Mode =
  | { readonly type: 'none' }
  /** One pointer drags the board: space held, middle button, or a finger beside a pen. */
  | { readonly type: 'pan'; readonly pointerId: number; readonly last: ScreenPoint }
  /** Two fingers drag, and zoom by their distance. */
  | { readonly type: 'pinch'; readonly middle: ScreenPoint; readonly distance: number }
  /** A pinch lost one finger: the other does nothing until it is lifted. */
  | { readonly type: 'settling' }

/** CSS pixels of contact from which, beside a pen, it is a palm and no finger. */
const PALM = 60
/** Milliseconds after the pen was near in which touches are the hand that holds it. */
const PEN_REST = 350

/** Zoom per wheel pixel, and the most that one event may zoom. */
const WHEEL_ZOOM_RATE = 0.01
const WHEEL_ZOOM_MOST = 0.15

/**
 * Panning and zooming, settled before tools see input. It keeps which fingers are down, and what the pen does as far as
 * it decides about them; every answer is a camera. Methods return true when the event was navigation and tools must not
 * see it.
 */
export class Navigation {
  readonly #port: CameraPort
  readonly #touches = new Map<number, ScreenPoint>()
  #mode: Mode = { type: 'none' }
  /** Touches that count for nothing until they are lifted: palms. */
  readonly #ignored = new Set<number>()
  readonly #onPenMode: () => void
  #penMode = false
  /** Whether a pen was here before: only the first one starts pen mode by itself. */
  #penKnown = false
  #penDown: number | null = null
  #penNear = Number.NEGATIVE_INFINITY
  /** Whether the space bar is held. */
  spaceHeld = false

  /** @param onPenMode Called when pen mode begins by itself, or ends. */
  constructor(port: CameraPort, onPenMode: () => void = () => {}) {
    this.#port = port
    this.#onPenMode = onPenMode
  }

  /** While true, a pen draws and fingers only pan and zoom. */
  get penMode(): boolean {
    return this.#penMode
  }

  set penMode(on: boolean) {
    if (on === this.#penMode) return
    this.#penMode = on
    this.#onPenMode()
  }

  /** Whether a touch that is down is a palm. */
  isIgnored(pointerId: number): boolean {
    return this.#ignored.has(pointerId)
  }

  get panning(): boolean {
    return this.#mode.type === 'pan' || this.#mode.type === 'pinch'
  }

  pointerDown(raw: RawPointer): boolean {
    if (raw.pointerType === 'pen') this.#penTouches(raw)
    if (raw.pointerType === 'touch') return this.#touchDown(raw)
    if (this.#mode.type !== 'none') return true
    if (raw.button !== 1 && !(raw.button === 0 && this.spaceHeld)) return false
    this.#mode = { type: 'pan', pointerId: raw.pointerId, last: raw.screen }
    return true
  }

  pointerMove(raw: RawPointer): boolean {
    if (raw.pointerType === 'pen') this.#penNear = raw.timeStamp
    if (this.#ignored.has(raw.pointerId)) return true
    if (this.#touches.has(raw.pointerId)) this.#touches.set(raw.pointerId, raw.screen)
    const mode = this.#mode
    if (mode.type === 'pan') return this.#pan(mode.pointerId, mode.last, raw)
    if (mode.type === 'pinch') return this.#pinch(mode.middle, mode.distance)
    if (mode.type === 'settling') return raw.pointerType === 'touch'
    return false
  }

  pointerUp(raw: RawPointer): boolean {
    if (raw.pointerType === 'pen') this.#penNear = raw.timeStamp
    return this.#lift(raw.pointerId)
  }

  /** The browser took this pointer away. */
  pointerCancel(pointerId: number): void {
    this.#lift(pointerId)
  }

  wheel(raw: RawWheel): void {
    const { camera } = this.#port
    if (raw.ctrl) {
      const amount = clamp(-raw.deltaY * WHEEL_ZOOM_RATE, -WHEEL_ZOOM_MOST, WHEEL_ZOOM_MOST)
      this.#port.setCamera(zoomAt(camera, raw.screen, camera.zoom * Math.exp(amount)))
      return
    }
    const sideways = raw.shift && raw.deltaX === 0
    const delta: Vec = sideways ? [raw.deltaY, 0] : [raw.deltaX, raw.deltaY]
    this.#port.setCamera(panBy(camera, delta))
  }

  /** Forgets all pointers: the window lost focus, or the browser took the pointers away. */
  reset(): void {
    this.#touches.clear()
    this.#ignored.clear()
    this.#penDown = null
    this.#mode = { type: 'none' }
    this.spaceHeld = false
  }

  /** The first pen at all starts pen mode. What fingers were doing is over: they were the hand that brought the pen. */
  #penTouches({ pointerId, timeStamp }: RawPointer): void {
    this.#penDown = pointerId
    this.#penNear = timeStamp
    for (const touch of this.#touches.keys()) this.#ignored.add(touch)
    if (this.#touches.size > 0) this.#mode = { type: 'none' }
    this.#touches.clear()
    if (!this.#penKnown) this.penMode = true
    this.#penKnown = true
  }

  #isPalm({ timeStamp, contact = 0 }: RawPointer): boolean {
    if (this.#penDown !== null || timeStamp - this.#penNear < PEN_REST) return true
    return this.#penMode && contact > PALM
  }

  #lift(pointerId: number): boolean {
    if (this.#ignored.delete(pointerId)) return true
    const wasTouch = this.#touches.delete(pointerId)
    if (this.#penDown === pointerId) this.#penDown = null
    const mode = this.#mode
    if (mode.type === 'none') return false
    if (mode.type === 'pan' && mode.pointerId !== pointerId) return true
    this.#mode = wasTouch && this.#touches.size > 0 ? { type: 'settling' } : { type: 'none' }
    return true
  }

  /** A second finger always navigates; a single one only where a pen draws. Palms beside a pen do nothing. */
  #touchDown(raw: RawPointer): boolean {
    if (this.#isPalm(raw)) {
      this.#ignored.add(raw.pointerId)
      return true
    }
    this.#touches.set(raw.pointerId, raw.screen)
    if (this.#touches.size === 2) {
      this.#mode = { type: 'pinch', ...this.#fingers() }
      return true
    }
    if (this.#touches.size > 2 || this.#mode.type === 'settling') return true
    if (!this.#penMode && !this.spaceHeld) return false
    this.#mode = { type: 'pan', pointerId: raw.pointerId, last: raw.screen }
    return true
  }

  #pan(pointerId: number, last: ScreenPoint, raw: RawPointer): boolean {
    if (pointerId !== raw.pointerId) return true
    this.#port.setCamera(panBy(this.#port.camera, [last[0] - raw.screen[0], last[1] - raw.screen[1]]))
    this.#mode = { type: 'pan', pointerId, last: raw.screen }
    return true
  }

  #pinch(middle: ScreenPoint, distance: number): boolean {
    const next = this.#fingers()
    const { camera } = this.#port
    const moved = panBy(camera, [middle[0] - next.middle[0], middle[1] - next.middle[1]])
    const ratio = distance > 0 ? next.distance / distance : 1
    this.#port.setCamera(zoomAt(moved, next.middle, moved.zoom * ratio))
    this.#mode = { type: 'pinch', ...next }
    return true
  }

  #fingers(): { readonly middle: ScreenPoint; readonly distance: number } {
    const [first = screenPoint(0, 0), second = first] = this.#touches.values()
    return {
      middle: screenPoint((first[0] + second[0]) / 2, (first[1] + second[1]) / 2),
      distance: distance(first, second),
    }
  }
}
