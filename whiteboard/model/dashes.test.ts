import { expect, it } from 'vitest'
import { dashesAlong, dashPattern } from './dashes.ts'
import type { Path } from './surface.ts'

const across = (length: number): Path => [
  ['M', 0, 0],
  ['L', length / 2, 0],
  ['Q', length * 0.6, 0, length, 0],
]

it('CT3: a line of millions of dashes is drawn without gaps', () => {
  expect(dashesAlong(across(50_000), 'dashed', 2)).toEqual(dashPattern('dashed', 2))
  expect(dashesAlong(across(1_000_000), 'dotted', 0.01)).toEqual([])
  expect(dashesAlong(across(1_000_000), 'dashed', 100)).toEqual(dashPattern('dashed', 100))
  expect(dashesAlong(across(10), 'solid', 2)).toEqual([])
})
