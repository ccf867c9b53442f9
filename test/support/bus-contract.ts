import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Bus, BusListener } from '../../server/bus/bus.ts'

/** Nodes that share one bus. */
export interface BusHarness {
  open(): Promise<Bus>
  close(): Promise<void>
}

/** Somebody who writes down what they are told, and can be waited for. */
export class Ear implements BusListener {
  readonly heard: { readonly payload: number[]; readonly from: string }[] = []
  restorations = 0
  readonly #watchers = new Set<() => void>()

  message(payload: Uint8Array, from: string): void {
    this.heard.push({ payload: [...payload], from })
    this.#wake()
  }

  restored(): void {
    this.restorations++
    this.#wake()
  }

  async until(condition: (ear: Ear) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>((resolve) => this.#watchers.add(resolve))
  }

  #wake(): void {
    for (const wake of this.#watchers) wake()
    this.#watchers.clear()
  }
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

/** What every Bus does. */
export const busContract = (name: string, open: () => Promise<BusHarness>): void => {
  describe(`Bus: ${name}`, () => {
    let harness: BusHarness
    let buses: Bus[] = []
    beforeAll(async () => {
      harness = await open()
    })
    afterEach(async () => {
      await Promise.all(buses.map((bus) => bus.close()))
      buses = []
    })
    afterAll(() => harness?.close())

    const node = async (): Promise<Bus> => {
      const bus = await harness.open()
      buses.push(bus)
      return bus
    }

    const listen = async (bus: Bus, topic: string): Promise<Ear> => {
      const ear = new Ear()
      await bus.subscribe(topic, ear).ready
      return ear
    }

    it('S130: brings messages to the subscribers on other nodes, as they were, in order, with the name of their node', async () => {
      const [one, two, three] = [await node(), await node(), await node()]
      const [atTwo, atThree] = [await listen(two, 'a'), await listen(three, 'a')]
      const every = Uint8Array.from({ length: 256 }, (_, index) => index)
      one.publish('a', every)
      for (let index = 0; index < 50; index++) one.publish('a', bytes(index))
      one.publish('a', bytes())
      for (const ear of [atTwo, atThree]) {
        await ear.until(({ heard }) => heard.length === 52)
        expect(ear.heard.map(({ payload }) => payload)).toEqual([
          [...every],
          ...Array.from({ length: 50 }, (_, index) => [index]),
          [],
        ])
        expect(new Set(ear.heard.map(({ from }) => from))).toEqual(new Set([one.node]))
      }
      expect(new Set([one.node, two.node, three.node]).size).toBe(3)
    })

    it('S130: tells nobody on the node that published, and nobody who listens to something else', async () => {
      const [one, two] = [await node(), await node()]
      const [own, other, right] = [await listen(one, 'a'), await listen(two, 'a/b'), await listen(two, 'a')]
      one.publish('a', bytes(1))
      await right.until(({ heard }) => heard.length === 1)
      two.publish('a', bytes(2))
      one.publish('a/b', bytes(3))
      await own.until(({ heard }) => heard.length === 1)
      await other.until(({ heard }) => heard.length === 1)
      expect(own.heard[0]?.payload).toEqual([2])
      expect(other.heard[0]?.payload).toEqual([3])
      expect(right.heard).toHaveLength(1)
    })

    it('S130: tells several listeners of one node, until each ends its subscription', async () => {
      const [one, two] = [await node(), await node()]
      const [first, second] = [new Ear(), new Ear()]
      const subscription = two.subscribe('a', first)
      await subscription.ready
      await two.subscribe('a', second).ready
      one.publish('a', bytes(1))
      await Promise.all([first, second].map((ear) => ear.until(({ heard }) => heard.length === 1)))
      subscription.end()
      subscription.end()
      one.publish('a', bytes(2))
      await second.until(({ heard }) => heard.length === 2)
      expect(first.heard).toHaveLength(1)
    })

    it('S130: comes back to a topic that was left', async () => {
      const [one, two] = [await node(), await node()]
      two.subscribe('a', new Ear()).end()
      const ear = await listen(two, 'a')
      one.publish('a', bytes(1))
      await ear.until(({ heard }) => heard.length === 1)
    })

    it('S130: gives each listener bytes of its own', async () => {
      const [one, two] = [await node(), await node()]
      const ear = await listen(two, 'a')
      const sent = bytes(1, 2, 3)
      one.publish('a', sent)
      sent.fill(9)
      await ear.until(({ heard }) => heard.length === 1)
      expect(ear.heard[0]?.payload).toEqual([1, 2, 3])
    })

    it('S130: says nothing any more once it is closed, and takes what is published then without a word', async () => {
      const [one, two, three] = [await node(), await node(), await node()]
      const [left, stays] = [await listen(two, 'a'), await listen(three, 'a')]
      await two.close()
      one.publish('a', bytes(1))
      await stays.until(({ heard }) => heard.length === 1)
      two.publish('a', bytes(2))
      one.publish('a', bytes(3))
      await stays.until(({ heard }) => heard.length === 2)
      expect(left.heard).toEqual([])
      expect(stays.heard.map(({ payload }) => payload)).toEqual([[1], [3]])
    })
  })
}
