import type { Redis } from 'ioredis'
import type { Log } from '../log.ts'
import { openRedis } from '../redis.ts'
import type { Bus, BusListener, PublishOptions, Subscription } from './bus.ts'
import { newNodeName } from './local-bus.ts'
import { createTopics } from './topics.ts'

const MiB = 1024 * 1024

const limits = {
  /** Bytes that Redis has not taken yet, above which a message is dropped. */
  unsent: 16 * MiB,
  /** The same for expendable messages. */
  unsentExpendable: 1 * MiB,
  /** Channels in one SUBSCRIBE. */
  channels: 500,
  /** Milliseconds between looks whether the connection that listens, and so has nothing to send, still works. */
  ping: 5_000,
}

export interface RedisBusOptions {
  readonly url: string
  /** In front of every channel: installations that share a Redis do not hear each other. */
  readonly prefix: string
  readonly log: Log
}

/**
 * Over Redis' publish and subscribe. Two connections: one that listens, one that speaks, so that what is waiting to be sent
 * holds nothing up that comes in. A message is the name of its node followed by the payload.
 */
class RedisBus implements Bus {
  readonly node = newNodeName()
  readonly isShared = true
  private readonly name = Buffer.from(this.node, 'latin1')
  private readonly topics = createTopics()
  private readonly prefix: string
  private readonly speaker: Redis
  private readonly listener: Redis
  private readonly log: Log
  private readonly pings: NodeJS.Timeout
  private isListening = false
  private unsent = 0

  constructor({ url, prefix, log }: RedisBusOptions) {
    this.prefix = prefix
    this.log = log
    this.speaker = openRedis(url, 'bus-out', log)
    this.listener = openRedis(url, 'bus-in', log)
    this.listener.on('ready', () => void this.restore())
    this.listener.on('close', () => {
      this.isListening = false
    })
    this.speaker.on('ready', () => this.tellRestored())
    this.listener.on('messageBuffer', (channel: Buffer, message: Buffer) => this.hear(channel, message))
    this.pings = setInterval(() => {
      if (this.listener.status === 'ready') this.listener.ping().catch(() => {})
    }, limits.ping).unref()
  }

  publish(topic: string, payload: Uint8Array, { expendable = false }: PublishOptions = {}): void {
    if (this.speaker.status !== 'ready') return
    const size = this.name.length + payload.length
    if (this.unsent + size > (expendable ? limits.unsentExpendable : limits.unsent)) return
    this.unsent += size
    const settled = (): void => {
      this.unsent -= size
    }
    this.speaker
      .publish(this.prefix + topic, Buffer.concat([this.name, payload], size))
      .then(settled, settled)
  }

  subscribe(topic: string, listener: BusListener): Subscription {
    const isFirst = this.topics.add(topic, listener)
    return {
      ready: isFirst ? this.listen([topic]) : Promise.resolve(),
      end: () => {
        if (this.topics.remove(topic, listener)) this.unlisten(topic)
      },
    }
  }

  async close(): Promise<void> {
    clearInterval(this.pings)
    this.topics.clear()
    this.listener.disconnect()
    // What was published last still goes out.
    await this.speaker.quit().catch(() => this.speaker.disconnect())
  }

  /** Without a connection there is nothing to do: everything is subscribed to when it comes back. */
  private async listen(topics: readonly string[]): Promise<void> {
    if (this.listener.status !== 'ready') return
    try {
      await this.listener.subscribe(...topics.map((topic) => this.prefix + topic))
    } catch (error) {
      this.log.warn('Redis did not take a subscription', { error })
      // Comes back at once, and with it all subscriptions.
      this.listener.disconnect(true)
    }
  }

  private unlisten(topic: string): void {
    if (this.listener.status !== 'ready') return
    this.listener.unsubscribe(this.prefix + topic).catch(() => {})
  }

  private async restore(): Promise<void> {
    const topics = this.topics.names()
    for (let index = 0; index < topics.length; index += limits.channels) {
      await this.listen(topics.slice(index, index + limits.channels))
    }
    this.isListening = this.listener.status === 'ready'
    this.tellRestored()
  }

  /** Both ways: who is told will want to ask the others. */
  private tellRestored(): void {
    if (this.isListening && this.speaker.status === 'ready') this.topics.restored()
  }

  private hear(channel: Buffer, message: Buffer): void {
    const from = message.toString('latin1', 0, this.name.length)
    if (from === this.node) return
    const topic = channel.toString().slice(this.prefix.length)
    this.topics.deliver(topic, new Uint8Array(message.subarray(this.name.length)), from)
  }
}

export const openRedisBus = (options: RedisBusOptions): Bus => new RedisBus(options)
