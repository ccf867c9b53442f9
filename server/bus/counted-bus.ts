import type { Bus } from './bus.ts'

/** Counts of a node. */
export interface BusCounts {
  busIn: number
  busOut: number
}

/** The same bus, every message counted. */
export const countedBus = (bus: Bus, counts: BusCounts): Bus => ({
  node: bus.node,
  isShared: bus.isShared,
  publish: (topic, payload, options) => {
    counts.busOut++
    bus.publish(topic, payload, options)
  },
  subscribe: (topic, listener) =>
    bus.subscribe(topic, {
      message: (payload, from) => {
        counts.busIn++
        listener.message(payload, from)
      },
      restored: () => listener.restored(),
    }),
  close: () => bus.close(),
})
