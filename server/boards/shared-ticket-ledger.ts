import type { Redis } from 'ioredis'
import type { Log } from '../log.ts'
import type { TicketLedger } from './ticket-ledger.ts'

export interface SharedTicketLedgerOptions {
  readonly redis: Redis
  /** In front of every key. */
  readonly prefix: string
  /** This node's own memory, which counts in any case. */
  readonly own: TicketLedger
  readonly log: Log
  /** Milliseconds since the epoch. */
  readonly clock?: () => number
}

/**
 * For several nodes: a ticket is spent where Redis says so first. While Redis is away each node remembers by itself, so that
 * a ticket could then be used once on each node within its minute. Refusing everybody instead would end all work that the
 * outage does not touch, and who holds a ticket may ask for as many as they like anyway: what single use guards against is
 * somebody else who has read one on its way, at that very moment.
 */
export const createSharedTicketLedger = (options: SharedTicketLedgerOptions): TicketLedger => {
  const { redis, prefix, own, log, clock = Date.now } = options
  return {
    async spend(ticketId, until) {
      if (!(await own.spend(ticketId, until))) return false
      const milliseconds = Math.max(1, until - clock())
      try {
        return (await redis.set(`${prefix}ticket:${ticketId}`, '', 'PX', milliseconds, 'NX')) === 'OK'
      } catch (error) {
        log.warn('A ticket was let in on the word of this node alone', { error })
        return true
      }
    },
  }
}
