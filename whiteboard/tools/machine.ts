import { toWorld } from '../geometry/camera.ts'
import { distance } from '../geometry/vector.ts'
import type { ChangeSet } from '../model/changes.ts'
import type { Cursor, EditorContext, Gesture, GestureKey, PointerInput, Tool, ToolId } from './contract.ts'

/** Screen pixels that a pointer may stray from its press and still make a tap. */
const DRAG_THRESHOLD = { mouse: 4, touch: 6, pen: 6 } as const

export interface Modifiers {
  readonly shift: boolean
  readonly alt: boolean
  readonly ctrl: boolean
}

type State =
  | { readonly type: 'idle' }
  /** Pressed, and not yet known whether it becomes a tap or a drag. */
  | { readonly type: 'pressed'; readonly start: PointerInput; readonly since: readonly PointerInput[] }
  /** `down` is false between the clicks of a gesture of several clicks. */
  | { readonly type: 'gesture'; readonly gesture: Gesture; readonly down: boolean }

const IDLE: State = { type: 'idle' }

export interface ToolMachineOptions {
  readonly context: EditorContext
  readonly tools: ReadonlyMap<ToolId, Tool>
  /** Called after each transition between idle, pressed and gesture, and after a change of tool. */
  readonly onTransition: () => void
}

/**
 * The upper of the two levels of tools: it alone knows idle, pressed and gesture under way, the drag threshold, Escape,
 * blur, a change of tool, the loss of write access, and that a modifier key counts as a movement. Tools and gestures
 * below it hold no such state.
 */
export class ToolMachine {
  readonly #context: EditorContext
  readonly #tools: ReadonlyMap<ToolId, Tool>
  readonly #onTransition: () => void
  #tool: Tool
  #state: State = IDLE
  #last: PointerInput | null = null
  /** The eraser chosen last: what a pen's eraser end does. */
  #eraser: 'eraser' | 'partial-eraser' = 'eraser'

  constructor(options: ToolMachineOptions) {
    this.#context = options.context
    this.#tools = options.tools
    this.#onTransition = options.onTransition
    this.#tool = this.#lookUp('select')
  }

  get tool(): ToolId {
    return this.#tool.id
  }

  /** `select`, `select/pressed`, or the tool and its gesture's name. */
  get path(): string {
    if (this.#state.type === 'idle') return this.#tool.id
    const leaf = this.#state.type === 'pressed' ? 'pressed' : this.#state.gesture.name
    return `${this.#tool.id}/${leaf}`
  }

  /** Whether a gesture is under way. */
  get busy(): boolean {
    return this.#state.type === 'gesture'
  }

  /** Whether what is under way is a mode, which is left rather than cancelled. */
  get inMode(): boolean {
    return this.#state.type === 'gesture' && this.#state.gesture.finish !== undefined
  }

  get cursor(): Cursor {
    if (this.#state.type === 'gesture' && this.#state.gesture.cursor) return this.#state.gesture.cursor
    if (!this.#last) return 'default'
    return this.#tool.cursor?.(this.#last, this.#context) ?? 'default'
  }

  /** Begins a gesture that no pointer began. */
  begin(gesture: Gesture): void {
    this.cancel()
    this.#enter({ type: 'gesture', gesture, down: false })
  }

  /** Changes the tool; a gesture under way is cancelled. */
  setTool(id: ToolId): void {
    if (id === this.#tool.id) return
    this.cancel()
    this.leave()
    this.#tool = this.#lookUp(id)
    if (id === 'eraser' || id === 'partial-eraser') this.#eraser = id
    this.#onTransition()
  }

  pointerDown(input: PointerInput): void {
    this.#last = input
    if (this.#state.type === 'gesture') {
      this.#state.gesture.press?.(input)
      this.#enter({ ...this.#state, down: true })
      this.#feed(input)
      return
    }
    this.#tool.press?.(input, this.#context)
    if (!this.#tool.immediate) {
      this.#enter({ type: 'pressed', start: input, since: [] })
      return
    }
    this.#begin(this.#tool.drag?.(input, this.#context) ?? null, [])
  }

  /** A press that erases whatever the tool: a pen's eraser. Nothing while something else is under way. */
  eraseFrom(input: PointerInput): void {
    if (this.#state.type !== 'idle' || !this.#context.canEdit) return
    this.#last = input
    this.#begin(this.#lookUp(this.#eraser).drag?.(input, this.#context) ?? null, [])
  }

  /** A movement with or without a button down. */
  pointerMove(input: PointerInput): void {
    this.#last = input
    if (this.#state.type === 'gesture') {
      this.#feed(input)
      return
    }
    if (this.#state.type === 'idle') this.#tool.hover?.(input, this.#context)
    if (this.#state.type !== 'pressed') return
    const { start, since } = this.#state
    const inputs = [...since, input]
    if (!movedPastThreshold(start, input)) {
      this.#enter({ type: 'pressed', start, since: inputs })
      return
    }
    this.#begin(this.#tool.drag?.(start, this.#context) ?? null, inputs)
  }

  /** The pointer is not over the board any more. */
  leave(): void {
    if (this.#state.type === 'idle' && this.#tool.hover) this.#context.setHints(null)
  }

  pointerUp(input: PointerInput): void {
    this.#last = input
    const state = this.#state
    if (state.type === 'pressed') {
      this.#state = IDLE
      const next = this.#tool.tap?.({ ...input, clicks: state.start.clicks }, this.#context) ?? null
      this.#enter(next ? { type: 'gesture', gesture: next, down: false } : IDLE)
      return
    }
    if (state.type !== 'gesture' || !state.down) return
    this.#state = IDLE
    const next = state.gesture.commit(input)
    if (!next) this.#dropDrafts()
    this.#enter(next ? { type: 'gesture', gesture: next, down: false } : IDLE)
  }

  /** A modifier key went down or up: the gesture sees the last input again with the keys as they are now. */
  setModifiers(modifiers: Modifiers): void {
    if (!this.#last) return
    this.#last = { ...this.#last, ...modifiers, coalesced: [] }
    if (this.#state.type === 'gesture') this.#feed(this.#last)
  }

  /** The camera moved under a resting pointer: what is dragged stays under it. */
  cameraMoved(): void {
    if (!this.#last) return
    const world = toWorld(this.#context.camera, this.#last.screen)
    this.#last = { ...this.#last, world, coalesced: [] }
    if (this.#state.type === 'gesture') this.#feed(this.#last)
  }

  /** Escape, blur, a second finger, another tool: nothing stays of what was under way. Returns whether there was something. */
  cancel(): boolean {
    const state = this.#state
    if (state.type === 'idle') return false
    this.#state = IDLE
    if (state.type === 'gesture') leave(state.gesture)
    this.#dropDrafts()
    this.#onTransition()
    return true
  }

  /** A key that the gesture under way may want for itself; true when it did. */
  pressKey(key: string): boolean {
    const state = this.#state
    if (state.type !== 'gesture' || !state.gesture.key || !isGestureKey(key)) return false
    // What ends a gesture may change the tool, which must not cancel it.
    this.#state = IDLE
    const answer = state.gesture.key(key)
    if (answer !== 'ended') {
      this.#state = state
      return answer === 'goes-on'
    }
    this.#dropDrafts()
    this.#enter(IDLE)
    return true
  }

  documentChanged(changes: ChangeSet): void {
    if (this.#state.type !== 'gesture') return
    if (this.#state.gesture.rebase?.(changes) === 'cancel') this.cancel()
  }

  #begin(gesture: Gesture | null, inputs: readonly PointerInput[]): void {
    if (!gesture) {
      this.#enter(IDLE)
      return
    }
    this.#enter({ type: 'gesture', gesture, down: true })
    for (const input of inputs) gesture.move(input)
  }

  #feed(input: PointerInput): void {
    if (this.#state.type === 'gesture') this.#state.gesture.move(input)
  }

  #enter(state: State): void {
    const changed = this.#state.type !== state.type || state.type === 'idle'
    this.#state = state
    if (changed) this.#onTransition()
  }

  #dropDrafts(): void {
    this.#context.setDraft(null)
    this.#context.setMarquee(null)
    this.#context.setHints(null)
  }

  #lookUp(id: ToolId): Tool {
    const tool = this.#tools.get(id)
    if (!tool) throw new Error(`No tool is registered as '${id}'.`)
    return tool
  }
}

const leave = (gesture: Gesture): void => {
  if (gesture.finish) gesture.finish()
  else gesture.cancel()
}

const isGestureKey = (key: string): key is GestureKey =>
  key === 'Enter' || key === 'Escape' || key === 'Backspace'

const movedPastThreshold = (start: PointerInput, input: PointerInput): boolean =>
  distance(input.screen, start.screen) >= DRAG_THRESHOLD[start.pointerType]
