import * as Y from 'yjs'
import { fetchLateCommands } from '../../whiteboard/editor/commands/index.ts'
import { createEditor, type DrivenEditor } from '../../whiteboard/editor.ts'
import { kinds } from '../../whiteboard/elements/index.ts'
import { type ScreenPoint, screenPoint } from '../../whiteboard/geometry/types.ts'
import type { BoardStore } from '../../whiteboard/model/board.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import type { Element, ElementId } from '../../whiteboard/model/element.ts'
import type { LocalPresence } from '../../whiteboard/model/presence.ts'
import { createApproximateMeasurer } from '../../whiteboard/model/text/approximate-measurer.ts'
import type { CreateRenderer, Scene } from '../../whiteboard/render/contract.ts'
import type { ToolId } from '../../whiteboard/tools/contract.ts'
import { snapping } from '../../whiteboard/tools/late-snapping.ts'
import type { RawPointer } from '../../whiteboard/tools/navigation.ts'

// A browser fetches them at the first sign that somebody is there.
await Promise.all([fetchLateCommands(), snapping.prepare()])

type PointerType = RawPointer['pointerType']

interface Held {
  readonly shift: boolean
  readonly alt: boolean
  readonly ctrl: boolean
}

export interface DriverOptions {
  readonly snapping?: boolean
  readonly createRenderer?: CreateRenderer
}

const noCanvas: CreateRenderer = () => {
  throw new Error('The driven editor has no canvas.')
}

const NOTHING_HELD: Held = { shift: false, alt: false, ctrl: false }

/**
 * A person at an editor without a browser: moves pointers and presses keys, one call after the other. Time passes only
 * through `wait`. Screen and board coordinates are the same until the camera moves.
 */
export class EditorDriver {
  readonly doc = new Y.Doc()
  readonly board: BoardStore
  readonly editor: DrivenEditor
  presence: LocalPresence | null = null
  #held = NOTHING_HELD
  #at: ScreenPoint = screenPoint(0, 0)
  #time = 1_000
  #pointerType: PointerType = 'mouse'
  #pressure = 0.5

  /** Without `snapping`, what is dragged goes exactly where the pointer goes; with a renderer, it can be mounted in a browser. */
  constructor({ snapping = false, createRenderer = noCanvas }: DriverOptions = {}) {
    this.board = createBoardStore(this.doc, kinds)
    this.editor = createEditor({
      board: this.board,
      kinds,
      measure: createApproximateMeasurer(),
      requestFrame: null,
      createRenderer,
    })
    this.editor.setSnapping(snapping)
    this.editor.onPresence((presence) => {
      this.presence = presence
    })
  }

  tool(tool: ToolId): this {
    this.editor.setTool(tool)
    return this
  }

  /** Later pointers are of this type, with this pressure. */
  with(pointerType: PointerType, pressure = 0.5): this {
    this.#pointerType = pointerType
    this.#pressure = pressure
    return this
  }

  wait(milliseconds: number): this {
    this.#time += milliseconds
    return this
  }

  down(x: number, y: number, { button = 0, pointerId = 1 } = {}): this {
    this.#at = screenPoint(x, y)
    this.editor.input.pointerDown(this.#raw(button, pointerId))
    return this
  }

  /** Moves in a few steps, as a hand does. */
  move(x: number, y: number, { steps = 4, pointerId = 1 } = {}): this {
    const [fromX, fromY] = this.#at
    for (let step = 1; step <= steps; step++) {
      const part = step / steps
      this.#at = screenPoint(fromX + (x - fromX) * part, fromY + (y - fromY) * part)
      this.#time += 8
      this.editor.input.pointerMove(this.#raw(-1, pointerId))
    }
    return this
  }

  up({ button = 0, pointerId = 1 } = {}): this {
    this.#time += 8
    this.editor.input.pointerUp(this.#raw(button, pointerId))
    return this
  }

  drag(fromX: number, fromY: number, toX: number, toY: number): this {
    return this.wait(1_000).down(fromX, fromY).move(toX, toY).up()
  }

  click(x: number, y: number): this {
    return this.wait(1_000).down(x, y).up()
  }

  doubleClick(x: number, y: number): this {
    return this.click(x, y).wait(100).down(x, y).up()
  }

  wheel(deltaX: number, deltaY: number, at: ScreenPoint = this.#at): this {
    this.editor.input.wheel({ screen: at, deltaX, deltaY, shift: this.#held.shift, ctrl: this.#held.ctrl })
    return this
  }

  /** Modifier keys held from now on; none without arguments. */
  hold(...keys: (keyof Held)[]): this {
    this.#held = {
      shift: keys.includes('shift'),
      alt: keys.includes('alt'),
      ctrl: keys.includes('ctrl'),
    }
    this.editor.input.setModifiers(this.#held)
    return this
  }

  /** Presses a key by its shortcut, as in `Ctrl+Shift+Z`. */
  press(shortcut: string): this {
    const parts = shortcut.split('+')
    const key = parts.at(-1) ?? ''
    this.editor.pressKey({
      key: key.length === 1 ? key.toLowerCase() : key,
      code: /^[A-Z]$/.test(key) ? `Key${key}` : key,
      ctrlKey: parts.includes('Ctrl'),
      metaKey: false,
      shiftKey: parts.includes('Shift'),
      altKey: parts.includes('Alt'),
    })
    return this
  }

  /** Types into the open text, letter by letter. */
  type(text: string): this {
    let value = this.editor.state.editing ? this.board.text(this.editor.state.editing).toString() : ''
    for (const letter of text) {
      value += letter
      this.editor.write(value)
    }
    return this
  }

  /** A second person's board, without an editor; changes arrive as soon as they are made. */
  peer(): BoardStore {
    const doc = new Y.Doc()
    relay(this.doc, doc)
    return createBoardStore(doc, kinds)
  }

  /** Puts another person on the same board. */
  connect(other: EditorDriver): void {
    relay(this.doc, other.doc)
  }

  /** What the canvas would show beside the board. */
  get scene(): Scene {
    return this.editor.scene
  }

  get path(): string {
    return this.editor.path
  }

  get elements(): readonly Element[] {
    return this.board.ordered
  }

  get selection(): ElementId[] {
    return [...this.editor.state.selection]
  }

  /** The only element on the board. */
  get only(): Element {
    const [element, ...others] = this.elements
    if (!element || others.length > 0) throw new Error(`Expected one element, found ${this.elements.length}.`)
    return element
  }

  /** Puts rectangles on the board without anybody's hand, and returns their ids. */
  place(...boxes: readonly (readonly [x: number, y: number, width: number, height: number])[]): ElementId[] {
    return this.editor.create(
      boxes.map(([x, y, width, height]) => ({
        type: 'rectangle',
        position: [x, y] as unknown as Element['position'],
        size: [width, height],
        fillStyle: 'solid',
      })),
    )
  }

  #raw(button: number, pointerId: number): RawPointer {
    return {
      pointerId,
      pointerType: this.#pointerType,
      button,
      screen: this.#at,
      pressure: this.#pressure,
      ...this.#held,
      coalesced: [{ screen: this.#at, pressure: this.#pressure }],
      timeStamp: this.#time,
    }
  }
}

/** Keeps two documents the same, as a server without delay would. */
const relay = (one: Y.Doc, two: Y.Doc): void => {
  const pass = (from: Y.Doc, to: Y.Doc): void => {
    Y.applyUpdate(to, Y.encodeStateAsUpdate(from), relay)
    from.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== relay) Y.applyUpdate(to, update, relay)
    })
  }
  pass(one, two)
  pass(two, one)
}
