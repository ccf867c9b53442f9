import { HIGHLIGHTER_TYPE } from '../../model/ink-pieces.ts'
import type { ElementKind } from '../../model/kind.ts'
import { inkFields, strokeKind } from '../shared/stroke-kind.ts'

/** What the highlighter draws: one broad, translucent line, under which everything stays legible. */
export const highlighter: ElementKind = strokeKind({
  type: HIGHLIGHTER_TYPE,
  highlights: true,
  defaults: { stroke: '#ffd60a', strokeWidth: 4, opacity: 0.5, ...inkFields },
  styles: ['stroke', 'strokeWidth', 'opacity'],
  isEven: () => true,
  paint: (surface, { stroke }, { pieces, breadth }) => {
    // All pieces as one line: where it crosses itself it is no darker.
    const line = pieces.flatMap((piece) => piece.line)
    surface.stroke(line, { color: stroke, width: breadth, dash: 'solid' })
  },
})
