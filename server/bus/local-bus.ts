import { randomBytes } from 'node:crypto'
import type { Bus } from './bus.ts'
import { createTopics, type Topics } from './topics.ts'

/** Where nodes of one process meet. */
export interface LocalHub {
  open(): Bus
}

/** The bus of an installation with one node: nobody hears anything. */
export const createLonelyBus = (): Bus => ({
  node: newNodeName(),
  isShared: false,
  publish: () => {},
  subscribe: () => ({ ready: Promise.resolve(), end: () => {} }),
  close: async () => {},
})

/** 16 characters, so that a name is told from what follows it by its length. */
export const newNodeName = (): string => randomBytes(12).toString('base64url')

/** Messages arrive in a turn of the event loop of their own, in the order in which each node sent them. */
export const createLocalHub = (): LocalHub => {
  const nodes = new Map<string, Topics>()
  return {
    open: () => {
      const node = newNodeName()
      const topics = createTopics()
      nodes.set(node, topics)
      return {
        node,
        isShared: true,
        publish: (topic, payload) => {
          if (!nodes.has(node)) return
          for (const [name, other] of nodes) {
            if (name === node) continue
            const copy = payload.slice()
            setImmediate(() => other.deliver(topic, copy, node))
          }
        },
        subscribe: (topic, listener) => {
          topics.add(topic, listener)
          return { ready: Promise.resolve(), end: () => void topics.remove(topic, listener) }
        },
        close: async () => {
          nodes.delete(node)
          topics.clear()
        },
      }
    },
  }
}
