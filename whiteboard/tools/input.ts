import { toWorld } from '../geometry/camera.ts'
import type { PointerInput } from './contract.ts'
import type { Modifiers, ToolMachine } from './machine.ts'
import type { CameraPort, Navigation, RawPointer, RawWheel } from './navigation.ts'

/** Milliseconds and CSS pixels within which a press counts as a further click at the same place. */
const MULTIPLE_CLICK = { time: 400, mouse: 5, touch: 24, pen: 12 } as const

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
  #active: number | null = null
  #lastClick: Click | null = null
  /** Where the pointer was last seen over the canvas; null after it left. */
  hover: PointerInput | null = null

  constructor(machine: ToolMachine, navigation: Navigation, port: CameraPort) {
    this.#machine = machine
    this.#navigation = navigation
    this.#port = port
  }

  pointerDown(raw: RawPointer): void {
    if (this.#navigation.pointerDown(raw)) {
      if (this.#navigation.panning) this.#giveUp()
      return
    }
    if (raw.button !== 0 || (this.#active !== null && this.#active !== raw.pointerId)) return
    this.#active = raw.pointerId
    const input = this.#input(raw, this.#countClicks(raw))
    this.hover = input
    this.#machine.pointerDown(input)
  }

  pointerMove(raw: RawPointer): void {
    const consumed = this.#navigation.pointerMove(raw)
    const input = this.#input(raw, 1)
    this.hover = input
    if (consumed || (this.#active !== null && this.#active !== raw.pointerId)) return
    this.#machine.pointerMove(input)
  }

  pointerUp(raw: RawPointer): void {
    if (this.#navigation.pointerUp(raw)) return
    if (this.#active !== raw.pointerId) return
    this.#active = null
    const count = this.#lastClick?.count ?? 1
    // A drag, even one that comes back, is no click that a next one could double.
    if (this.#machine.busy) this.#lastClick = null
    this.#machine.pointerUp(this.#input(raw, count))
  }

  /** The browser took the pointer away, or the window lost focus. */
  pointerCancel(): void {
    this.#navigation.reset()
    this.#giveUp()
  }

  pointerLeave(): void {
    this.hover = null
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
      Math.hypot(raw.screen[0] - last.at.screen[0], raw.screen[1] - last.at.screen[1]) <=
        MULTIPLE_CLICK[raw.pointerType]
    const count = again ? last.count + 1 : 1
    this.#lastClick = { at: raw, count }
    return count
  }
}
