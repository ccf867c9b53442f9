import { expect, it } from 'vitest'
import { peer } from '../../test/support/presence.ts'
import { worldPoint } from '../geometry/types.ts'
import type { Peer } from '../model/presence.ts'
import { CursorMotion } from './cursor-motion.ts'

const peerAt = (x: number | null): Peer => peer({ cursor: x === null ? null : worldPoint(x, 0) })

it('shows a new cursor where it is, then moves it smoothly and comes to rest', () => {
  const motion = new CursorMotion()
  expect(motion.advance([peerAt(0)], 16, 1)).toBe(false)
  expect(motion.advance([peerAt(100)], 16, 1)).toBe(true)
  const first = motion.at(1)?.[0] ?? Number.NaN
  expect(first).toBeGreaterThan(5)
  expect(first).toBeLessThan(60)
  let frames = 0
  while (motion.advance([peerAt(100)], 16, 1) && frames < 100) frames++
  expect(frames).toBeLessThan(30)
  expect(motion.at(1)).toEqual([100, 0])
})

it('jumps over great distances and forgets those who are gone', () => {
  const motion = new CursorMotion()
  motion.advance([peerAt(0)], 16, 1)
  expect(motion.advance([peerAt(50_000)], 16, 1)).toBe(false)
  expect(motion.at(1)).toEqual([50_000, 0])
  motion.advance([peerAt(null)], 16, 1)
  expect(motion.at(1)).toBeUndefined()
})
