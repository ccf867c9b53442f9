import type { BusListener } from './bus.ts'

/** Who listens to which topic on this node. */
export interface Topics {
  /** True when nobody listened to the topic before. */
  add(topic: string, listener: BusListener): boolean
  /** True when nobody listens to the topic any more. */
  remove(topic: string, listener: BusListener): boolean
  names(): string[]
  clear(): void
  deliver(topic: string, payload: Uint8Array, from: string): void
  restored(): void
}

export const createTopics = (): Topics => {
  const topics = new Map<string, Set<BusListener>>()
  return {
    add: (topic, listener) => {
      const listeners = topics.get(topic)
      listeners?.add(listener)
      if (!listeners) topics.set(topic, new Set([listener]))
      return !listeners
    },
    remove: (topic, listener) => {
      const listeners = topics.get(topic)
      if (!listeners?.delete(listener) || listeners.size > 0) return false
      return topics.delete(topic)
    },
    names: () => [...topics.keys()],
    clear: () => topics.clear(),
    deliver: (topic, payload, from) => {
      for (const listener of [...(topics.get(topic) ?? [])]) listener.message(payload, from)
    },
    restored: () => {
      const everybody = new Set([...topics.values()].flatMap((listeners) => [...listeners]))
      for (const listener of everybody) listener.restored()
    },
  }
}
