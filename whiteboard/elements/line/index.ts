import { fillFields } from '../shared/fields.ts'
import { linearKind } from '../shared/linear.ts'

/** A line, or, closed, a polygon that can be filled. */
export const line = linearKind({
  type: 'line',
  endHead: 'none',
  defaults: { ...fillFields, closed: false },
  styles: ['fill', 'fillStyle'],
})
