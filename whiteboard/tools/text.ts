import { worldPoint } from '../geometry/types.ts'
import type { Element } from '../model/element.ts'
import type { EditorContext, PointerInput, Tool } from './contract.ts'
import { DrawTextGesture } from './gestures/draw-text.ts'

/** A new text whose first line has its middle at the pointer, and begins, ends or is centred there as it is aligned. */
export const textAt = (input: PointerInput, context: EditorContext): Element => {
  const kind = context.kinds.get('text')
  const element = context.newElement(kind, { position: input.world, size: [0, 0] })
  const sized = { ...element, ...kind.fitted?.(element, context.measure) }
  const share = { left: 0, center: 0.5, right: 1 }[context.style.textAlign]
  const [width, height] = sized.size
  return { ...sized, position: worldPoint(input.world[0] - width * share, input.world[1] - height / 2) }
}

export const textTool: Tool = {
  id: 'text',
  cursor: () => 'text',
  tap(input, context) {
    const element = context.hit(input)
    if (element && element.type === 'text') context.editText(element.id, input.world)
    else context.writeNew(textAt(input, context))
    return null
  },
  drag: (start, context) => new DrawTextGesture(context, start, textAt(start, context)),
}
