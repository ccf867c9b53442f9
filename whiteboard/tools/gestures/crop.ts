import { containsPoint } from '../../geometry/box.ts'
import { worldToElement } from '../../geometry/transform.ts'
import type { Vec } from '../../geometry/types.ts'
import { subtract } from '../../geometry/vector.ts'
import type { ElementId } from '../../model/element.ts'
import { type ResizeDirection, resizeCursor } from '../../model/handles.ts'
import { isEqual } from '../../model/heal.ts'
import {
  beginCrop,
  type Cropping,
  cropHandleAt,
  cropPatch,
  moveCrop,
  pullCrop,
  wholePatch,
} from '../../model/plans/crop.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'

/** What a press took hold of: a handle, what is kept, or nothing of the picture. */
type Hold = {
  readonly on: ResizeDirection | 'kept' | 'outside'
  /** Where, in the coordinates of the whole picture. */
  readonly at: Vec
  readonly from: Cropping
}

/**
 * Cropping a picture: all of it is shown, and its sides and corners are pulled as often as one likes. It ends with
 * Escape, Enter or a click beside the picture, and is one step of undo.
 */
export class CropGesture implements Gesture {
  readonly name = 'crop'
  readonly #context: EditorContext
  readonly #id: ElementId
  #cropping: Cropping
  #hold: Hold | null = null
  #cursor: Cursor = 'default'

  constructor(context: EditorContext, id: ElementId, cropping: Cropping) {
    this.#context = context
    this.#id = id
    this.#cropping = cropping
    this.#show()
  }

  get cursor(): Cursor {
    return this.#cursor
  }

  press(input: PointerInput): void {
    this.#hold = { on: this.#under(input), at: this.#local(input), from: this.#cropping }
  }

  move(input: PointerInput): void {
    const hold = this.#hold
    this.#cursor = this.#cursorFor(hold?.on ?? this.#under(input))
    if (hold === null || hold.on === 'outside') return
    const delta = subtract(this.#local(input), hold.at)
    this.#cropping = hold.on === 'kept' ? moveCrop(hold.from, delta) : pullCrop(hold.from, hold.on, delta)
    this.#show()
  }

  commit(): Gesture | null {
    const beside = this.#hold?.on === 'outside'
    this.#hold = null
    if (!beside) return this
    this.finish()
    return null
  }

  /** Nothing of it is in the document before it is left. */
  cancel(): void {}

  finish(): void {
    const element = this.#context.board.get(this.#id)
    if (!element || element.locked || !this.#context.canEdit) return
    const patch = cropPatch(this.#cropping)
    if (isEqual(patch.crop, element.crop)) return
    this.#context.transact((edit) => edit.update(this.#id, patch))
  }

  rebase(): 'keep' | 'cancel' {
    const element = this.#context.board.get(this.#id)
    return element && !element.locked ? 'keep' : 'cancel'
  }

  #show(): void {
    const { setDraft, setHints } = this.#context
    const patch = { ...wholePatch(this.#cropping), corner: 0 }
    setDraft({ type: 'change', patches: new Map([[this.#id, patch]]) })
    setHints({ cropping: this.#cropping })
  }

  #local(input: PointerInput): Vec {
    return worldToElement(this.#cropping.full, input.world)
  }

  #under(input: PointerInput): Hold['on'] {
    const handle = cropHandleAt(this.#cropping, this.#context.camera, input.screen, input.pointerType)
    if (handle) return handle.direction
    return containsPoint(this.#cropping.kept, this.#local(input)) ? 'kept' : 'outside'
  }

  #cursorFor(on: Hold['on']): Cursor {
    if (on === 'outside') return 'default'
    return on === 'kept' ? 'move' : resizeCursor(on, this.#cropping.full.rotation)
  }
}

/** Begins to crop an element; null when it is none that can be cropped. */
export const cropGesture = (context: EditorContext, id: ElementId): Gesture | null => {
  const element = context.board.get(id)
  if (!element || element.locked || !context.canEdit || !context.kinds.get(element.type).crops) return null
  const cropping = beginCrop(element)
  return cropping && new CropGesture(context, id, cropping)
}
