import type { Size } from '../geometry/types.ts'

/** The size of an element of this type that was placed without drawing it, in board units; text takes what it needs. */
export const defaultSize = (type: string): Size => {
  if (type === 'sticky') return [200, 200]
  return type === 'text' ? [0, 0] : [160, 100]
}
