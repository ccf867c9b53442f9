import { type Camera, toWorld } from '../geometry/camera.ts'
import { distance } from '../geometry/vector.ts'
import type { PointerInput } from './contract.ts'
import type { Modifiers, ToolMachine } from './machine.ts'
import type { CameraPort, Navigation, RawPointer, RawWheel } from './navigation.ts'
import { TouchTaps } from './touch-taps.ts'

/** Milliseconds and CSS pixels within which a press counts as a further click at the same place. */
const MULTIPLE_CLICK = { time: 400, mouse: 5, touch: 24, pen: 12 } as const

/** A pen's eraser end, and the button on its barrel. */
const isErasing = ({ pointerType, button, buttons = 0 }: RawPointer): boolean =>
  pointerType === 'pen' && (button === 5 || button === 2 || (buttons & (32 | 2)) !== 0)

interface Active {
  readonly pointerId: number
  readonly pointerType: RawPointer['pointerType']
}

interface Click {
  readonly at: RawPointer
  readonly count: number
}

/**
 * The way of a pointer event: first navigation, then the tool machine; one pointer at a time. Needs no DOM: the editor's
 * listeners turn events into `RawPointer`, tests make them up.
 */
export class InputRouter {
  readonly #machine: ToolMachine
  readonly #navigation: Navigation
  readonly #port: CameraPort
  readonly #taps = new TouchTaps()
  readonly #onTap: (fingers: 2 | 3) => void
  /** The view before the fingers came that are down now. */
  #cameraBefore: Camera
  #active: Active | null = null
  /** Whether the last press was a pen's eraser, or the button on its barrel. */
  erased = false
  #lastClick: Click | null = null
  /** Where the pointer was last seen over the canvas; null after it left. */
  hover: PointerInput | null = null

  /** @param onTap Called after a quick tap of two or three fingers. */
  constructor(
    machine: ToolMachine,
    navigation: Navigation,
    port: CameraPort,
    onTap: (fingers: 2 | 3) => void = () => {},
  ) {
    this.#onTap = onTap
    this.#cameraBefore = port.camera
    this.#machine = machine
    this.#navigation = navigation
    this.#port = port
  }

  pointerDown(raw: RawPointer): void {
    this.erased = isErasing(raw)
    // The pen is what is meant, and what a finger began on its way there is not.
    if (raw.pointerType === 'pen' && this.#active?.pointerType === 'touch') this.#giveUp()
    if (this.#navigation.pointerDown(raw)) {
      if (this.#navigation.panning) this.#giveUp()
      this.#fingerDown(raw)
      return
    }
    this.#fingerDown(raw)
    if (raw.button !== 0 && !this.erased) return
    if (this.#active !== null && this.#active.pointerId !== raw.pointerId) return
    this.#active = { pointerId: raw.pointerId, pointerType: raw.pointerType }
    const input = this.#input(raw, this.#countClicks(raw))
    this.hover = input
    if (this.erased) this.#machine.eraseFrom(input)
    else this.#machine.pointerDown(input)
  }

  pointerMove(raw: RawPointer): void {
    const consumed = this.#navigation.pointerMove(raw)
    if (this.#navigation.isIgnored(raw.pointerId)) return
    this.#taps.move(raw)
    const input = this.#input(raw, 1)
    this.hover = input
    if (consumed || (this.#active !== null && this.#active.pointerId !== raw.pointerId)) return
    this.#machine.pointerMove(input)
  }

  pointerUp(raw: RawPointer): void {
    const consumed = this.#navigation.pointerUp(raw)
    if (this.#fingerUp(raw) || consumed) return
    if (this.#active?.pointerId !== raw.pointerId) return
    this.#active = null
    const count = this.#lastClick?.count ?? 1
    // A drag, even one that comes back, is no click that a next one could double.
    if (this.#machine.busy) this.#lastClick = null
    this.#machine.pointerUp(this.#input(raw, count))
  }

  /** The browser took this pointer away; without one, all of them, as when the window loses the focus. */
  pointerCancel(pointerId?: number): void {
    if (pointerId === undefined) {
      this.#navigation.reset()
      this.#taps.reset()
      this.#giveUp()
      return
    }
    this.#navigation.pointerCancel(pointerId)
    this.#taps.cancel(pointerId)
    if (this.#active?.pointerId === pointerId) this.#giveUp()
  }

  pointerLeave(): void {
    this.hover = null
    this.#machine.leave()
  }

  wheel(raw: RawWheel): void {
    this.#navigation.wheel(raw)
  }

  /** While the space bar is held, dragging pans. */
  holdSpace(held: boolean): void {
    this.#navigation.spaceHeld = held
  }

  setModifiers(modifiers: Modifiers): void {
    this.#machine.setModifiers(modifiers)
  }

  #fingerDown(raw: RawPointer): void {
    if (raw.pointerType !== 'touch' || this.#navigation.isIgnored(raw.pointerId)) return
    if (this.#taps.down(raw) === 'first') this.#cameraBefore = this.#port.camera
  }

  /** Whether this ended a tap of several fingers, which leaves the view as it was. */
  #fingerUp(raw: RawPointer): boolean {
    const fingers = this.#taps.up(raw)
    if (fingers === null) return false
    this.#port.setCamera(this.#cameraBefore)
    this.#onTap(fingers)
    return true
  }

  #giveUp(): void {
    this.#active = null
    this.#machine.cancel()
  }

  #input(raw: RawPointer, clicks: number): PointerInput {
    const { camera } = this.#port
    return {
      screen: raw.screen,
      world: toWorld(camera, raw.screen),
      pointerType: raw.pointerType,
      pressure: raw.pressure,
      shift: raw.shift,
      alt: raw.alt,
      ctrl: raw.ctrl,
      coalesced: raw.coalesced.map(({ screen, pressure }) => ({ world: toWorld(camera, screen), pressure })),
      clicks,
      timeStamp: raw.timeStamp,
    }
  }

  #countClicks(raw: RawPointer): number {
    const last = this.#lastClick
    const again =
      last !== null &&
      raw.timeStamp - last.at.timeStamp <= MULTIPLE_CLICK.time &&
      distance(raw.screen, last.at.screen) <= MULTIPLE_CLICK[raw.pointerType]
    const count = again ? last.count + 1 : 1
    this.#lastClick = { at: raw, count }
    return count
  }
}
