import type { Redis } from 'ioredis'
import { keyFor } from './boards/keys.ts'
import { createSharedTicketLedger } from './boards/shared-ticket-ledger.ts'
import { createTicketLedger, type TicketLedger } from './boards/ticket-ledger.ts'
import type { Bus } from './bus/bus.ts'
import { createLonelyBus } from './bus/local-bus.ts'
import { openRedisBus } from './bus/redis-bus.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { openRedis } from './redis.ts'

/** What the nodes of an installation have in common beside the database. */
export interface Nodes {
  readonly bus: Bus
  readonly tickets: TicketLedger
  /** For what else has to be counted for all nodes together, such as rates; null when there is only this node. */
  readonly shared: { readonly redis: Redis; readonly prefix: string } | null
  close(): Promise<void>
}

/**
 * Keys and channels begin with a mark of the server's secret: installations that share a Redis do not meet, and a node
 * with another secret, whose tickets nobody would take, does not take part.
 */
const prefixFor = (secret: string): string => {
  const mark = Buffer.from(keyFor('installation', secret)).toString('base64url').slice(0, 12)
  return `drawbridge:${mark}:`
}

/** Never fails and never waits: while Redis is away this node goes on by itself. */
export const openNodes = ({ redisUrl, secret }: Config, log: Log): Nodes => {
  const own = createTicketLedger()
  if (redisUrl === null) {
    return { bus: createLonelyBus(), tickets: own, shared: null, close: async () => {} }
  }
  const prefix = prefixFor(secret)
  const redis = openRedis(redisUrl, 'store', log)
  const bus = openRedisBus({ url: redisUrl, prefix, log })
  return {
    bus,
    tickets: createSharedTicketLedger({ redis, prefix, own, log }),
    shared: { redis, prefix },
    close: async () => {
      await bus.close()
      redis.disconnect()
    },
  }
}
