import type { Bus, BusListener } from '../../server/bus/bus.ts'
import type { World } from './world.ts'

interface Member {
  readonly topics: Map<string, Set<BusListener>>
  /** When the last message from each other node arrives: they stay in order. */
  readonly arrivals: Map<string, number>
}

/** Where nodes meet: slow, forgetful, and at times away. */
export class Hub {
  /** How likely a message gets lost. */
  loss = 0
  private isDown = false
  private readonly world: World
  private readonly members = new Map<string, Member>()
  private count = 0

  constructor(world: World) {
    this.world = world
  }

  open(isAlive: () => boolean): Bus {
    const node = `node-${String(++this.count).padStart(11, '0')}`
    const member: Member = { topics: new Map(), arrivals: new Map() }
    this.members.set(node, member)
    return {
      node,
      isShared: true,
      publish: (topic, payload) => {
        if (isAlive() && !this.isDown) this.publish(node, topic, payload.slice())
      },
      subscribe: (topic, listener) => {
        const listeners = member.topics.get(topic) ?? new Set()
        member.topics.set(topic, listeners.add(listener))
        return {
          ready: this.isDown ? Promise.resolve() : this.world.pause(this.world.between(1, 20)),
          end: () => void listeners.delete(listener),
        }
      },
      close: async () => this.drop(node),
    }
  }

  drop(node: string): void {
    this.members.delete(node)
  }

  goDown(): void {
    this.isDown = true
  }

  comeBack(): void {
    if (!this.isDown) return
    this.isDown = false
    for (const { topics } of [...this.members.values()]) {
      for (const listeners of [...topics.values()]) for (const listener of [...listeners]) listener.restored()
    }
  }

  private publish(from: string, topic: string, payload: Uint8Array): void {
    for (const [name, member] of this.members) {
      if (name === from || this.world.chance(this.loss)) continue
      const soonest = this.world.now() + this.world.between(0.5, 60)
      const at = Math.max(member.arrivals.get(from) ?? 0, soonest)
      member.arrivals.set(from, at)
      this.world.after(at - this.world.now(), () => {
        if (this.isDown || !this.members.has(name)) return
        for (const listener of [...(member.topics.get(topic) ?? [])]) listener.message(payload.slice(), from)
      })
    }
  }
}
