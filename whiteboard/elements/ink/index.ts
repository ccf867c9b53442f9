import { INK_TYPE } from '../../model/ink-pieces.ts'
import type { ElementKind } from '../../model/kind.ts'
import { DEFAULT_STROKE } from '../../model/palette.ts'
import { inkFields, strokeKind } from '../shared/stroke-kind.ts'

/** What the pen draws. */
export const ink: ElementKind = strokeKind({
  type: INK_TYPE,
  defaults: { stroke: DEFAULT_STROKE, strokeWidth: 2, penWidth: 'variable', ...inkFields },
  styles: ['stroke', 'strokeWidth', 'penWidth', 'opacity'],
  isEven: ({ penWidth }) => penWidth === 'constant',
  paint: (surface, { stroke }, { pieces, breadth }) => {
    for (const { outline, line } of pieces) {
      if (outline) surface.fill(outline, stroke)
      else surface.stroke(line, { color: stroke, width: breadth, dash: 'solid' })
    }
  },
})
