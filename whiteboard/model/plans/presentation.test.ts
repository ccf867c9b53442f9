import { expect, it } from 'vitest'
import { testKinds } from '../../../test/support/kinds.ts'
import { healElement } from '../parse-element.ts'
import { presentationOrder } from './presentation.ts'

const frame = (id: string, x: number, y: number, text = '') => {
  const element = healElement({ id, type: 'frame', position: [x, y], size: [400, 300], text }, testKinds)
  if (!element) throw new Error(`${id} cannot be read`)
  return element
}

const order = (...frames: readonly ReturnType<typeof frame>[]): string =>
  presentationOrder(frames)
    .map(({ id }) => id)
    .join(' ')

it('reads rows from the top, each from the left, though nobody lines frames up exactly', () => {
  const frames = [frame('d', 20, 520), frame('b', 500, -60), frame('c', 1000, 55), frame('a', 0, 0)]
  expect(order(...frames)).toBe('a b c d')
  expect(order(...frames.toReversed())).toBe('a b c d')
})

it('goes by numbers where every name begins with one', () => {
  expect(
    order(frame('a', 0, 0, '10 End'), frame('b', 0, 900, '2. Middle'), frame('c', 0, 1800, ' 1 Start')),
  ).toBe('c b a')
  expect(order(frame('a', 0, 0, 'Title'), frame('b', 0, 900, '2'), frame('c', 0, 1800, '1'))).toBe('a b c')
})

it('is empty for no frames, and settles a draw', () => {
  expect(order()).toBe('')
  expect(order(frame('b', 0, 0), frame('a', 0, 0))).toBe('a b')
})
