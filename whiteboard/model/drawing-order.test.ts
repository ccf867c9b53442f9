import { describe, expect, it } from 'vitest'
import { createRandom } from '../../test/support/random.ts'
import { createDrawingOrder } from './drawing-order.ts'

describe('the drawing order', () => {
  it.each([1, 2, 3, 4])(
    'is what sorting everything gives, while things come, move and go (seed %i)',
    (seed) => {
      const random = createRandom(seed)
      const order = createDrawingOrder()
      const keys = new Map<number, number>()
      const key = (thing: number): number => keys.get(thing) ?? 0
      const compare = (a: number, b: number): number => key(a) - key(b) || a - b
      for (let round = 0; round < 300; round++) {
        const changes = Math.floor(random() ** 3 * 60)
        for (let change = 0; change < changes; change++) {
          const thing = Math.floor(random() * 200)
          if (random() < 0.3) keys.delete(thing)
          else keys.set(thing, random() < 0.3 ? 1000 + round : Math.floor(random() * 50))
          order.mark(thing)
        }
        order.arrange((thing) => keys.has(thing), compare)
        const wanted = [...keys.keys()].sort(compare)
        expect(Array.from({ length: order.size }, (_, rank) => order.at(rank))).toEqual(wanted)
        expect(wanted.map((thing) => order.rank(thing))).toEqual(wanted.map((_, rank) => rank))
        expect(order.isStale).toBe(false)
      }
    },
  )
})
