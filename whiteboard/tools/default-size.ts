import type { Size } from '../geometry/types.ts'

const sizes: Readonly<Record<string, Size>> = {
  sticky: [200, 200],
  frame: [640, 400],
  text: [0, 0],
  triangle: [160, 130],
  hexagon: [160, 110],
  star: [150, 145],
  cloud: [180, 120],
  cylinder: [110, 130],
  bubble: [170, 115],
}

/** The size of an element of this type that was placed without drawing it, in board units; text takes what it needs. */
export const defaultSize = (type: string): Size => {
  return sizes[type] ?? [160, 100]
}
