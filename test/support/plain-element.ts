import { radians, worldPoint } from '../../whiteboard/geometry/types.ts'
import type { Element } from '../../whiteboard/model/element.ts'
import { SHARED_DEFAULTS } from '../../whiteboard/model/heal.ts'

/** An element as a plain object, for what needs no document: shared fields at their defaults, all others as they are given. */
export const plainElement = <Kind extends Element = Element>(
  fields: Readonly<Record<string, unknown>> = {},
): Kind =>
  ({
    ...SHARED_DEFAULTS,
    id: 'element00001',
    type: 'rectangle',
    position: worldPoint(0, 0),
    size: [200, 100],
    rotation: radians(0),
    order: 'a0',
    text: '',
    ...fields,
  }) as unknown as Kind
