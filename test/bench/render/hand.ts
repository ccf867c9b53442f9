import type { Subject } from './subject.ts'

type Point = readonly [x: number, y: number]

/** Milliseconds between events of a hand. */
export const PACE = 1000 / 60

/** Input as the browser gets it from a device. */
export class Hand {
  readonly #subject: Subject

  constructor(subject: Subject) {
    this.#subject = subject
  }

  async wheel([x, y]: Point, deltaX: number, deltaY: number, ctrl = false): Promise<void> {
    const modifiers = ctrl ? 2 : 0
    await this.#subject.cdp.send('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      x,
      y,
      deltaX,
      deltaY,
      modifiers,
    })
  }

  /** Presses, and moves far enough that it is no click. */
  async press([x, y]: Point): Promise<void> {
    await this.#mouse('mouseMoved', [x, y], 0)
    await this.#mouse('mousePressed', [x, y], 1)
    await this.drag([x + 4, y + 4])
    await this.drag([x + 8, y + 8])
  }

  drag(to: Point): Promise<void> {
    return this.#mouse('mouseMoved', to, 1)
  }

  release(at: Point): Promise<void> {
    return this.#mouse('mouseReleased', at, 0)
  }

  key(name: string): Promise<void> {
    return this.#subject.page.keyboard.press(name)
  }

  async #mouse(
    type: 'mouseMoved' | 'mousePressed' | 'mouseReleased',
    [x, y]: Point,
    buttons: number,
  ): Promise<void> {
    const button = type === 'mouseMoved' && buttons === 0 ? 'none' : 'left'
    await this.#subject.cdp.send('Input.dispatchMouseEvent', { type, x, y, button, buttons, clickCount: 1 })
  }
}

/** Calls `act` at the pace of a hand, or as fast as the page keeps up, until it was done `count` times or for too long. */
export const paced = async (
  count: number,
  longest: number,
  act: (index: number) => Promise<void>,
): Promise<number> => {
  const start = performance.now()
  let next = start
  for (let index = 0; index < count; index++) {
    await act(index)
    const now = performance.now()
    if (now - start > longest) return index + 1
    next = Math.max(next + PACE, now - PACE)
    if (next > now) await new Promise((resolve) => setTimeout(resolve, next - now))
  }
  return count
}
