import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'

/** How often something may be done under one key. */
export interface Rate {
  readonly times: number
  /** Milliseconds, whole seconds. */
  readonly per: number
}

/** Counts uses per key in fixed windows. */
export interface RateLimiter {
  /**
   * Counts one use; null when it is allowed, else the seconds after which it is again. Asked before the work, so that
   * parallel tries count too.
   */
  take(key: string): Promise<number | null>
  /** Takes one use back, for what turned out to be no misuse. */
  giveBack(key: string): Promise<void>
}

/** Where nodes count together. */
export interface SharedCounts {
  readonly redis: Redis
  readonly prefix: string
}

const MAX_KEYS = 50_000

/** Forgets the oldest keys when there are too many: many addresses must not fill the memory. */
class BoundedMemory extends RateLimiterMemory {
  private readonly known = new Set<string>()
  private readonly maxKeys: number

  constructor(options: { points: number; duration: number }, maxKeys: number) {
    super(options)
    this.maxKeys = maxKeys
  }

  override consume(key: string | number, ...rest: [number?, object?]): Promise<RateLimiterRes> {
    const name = String(key)
    if (!this.known.has(name)) this.makeRoom()
    this.known.add(name)
    return super.consume(name, ...rest)
  }

  private makeRoom(): void {
    if (this.known.size < this.maxKeys) return
    const [oldest] = this.known
    if (oldest === undefined) return
    this.known.delete(oldest)
    void this.delete(oldest)
  }
}

/**
 * Counted for all nodes together where there is Redis, and by each node for itself while it is away: guessing gets a little
 * easier then, and nobody is locked out.
 *
 * @param name tells this limit's counts from those of others
 */
export const createRateLimiter = (
  name: string,
  { times, per }: Rate,
  shared: SharedCounts | null = null,
  maxKeys = MAX_KEYS,
): RateLimiter => {
  const options = { points: times, duration: per / 1000 }
  const own = new BoundedMemory(options, maxKeys)
  const limiter = shared
    ? new RateLimiterRedis({
        ...options,
        storeClient: shared.redis,
        keyPrefix: `${shared.prefix}rate:${name}`,
        rejectIfRedisNotReady: true,
        insuranceLimiter: own,
      })
    : own
  return {
    async take(key) {
      try {
        await limiter.consume(key)
        return null
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
        throw refused
      }
    },
    async giveBack(key) {
      await limiter.reward(key)
    },
  }
}

const MINUTE = 60_000

/**
 * Generous wherever many people may share an address or a machine measures this server: each bounds what one source can
 * cost, and none is met by people.
 */
const RATES = {
  /** Wrong passwords for one account from one address: slows guessing without locking the owner out from elsewhere. */
  wrongPassword: { times: 10, per: 5 * MINUTE },
  /** Wrong passwords from one address, whatever the account. */
  wrongPasswords: { times: 100, per: 5 * MINUTE },
  /** Passwords that somebody who is signed in shows once more, right or wrong, wherever from. */
  shownPassword: { times: 10, per: 5 * MINUTE },
  /** Accounts made from one address. */
  register: { times: 200, per: 60 * MINUTE },
  /** Guests made from one address. */
  guest: { times: 3000, per: 10 * MINUTE },
  /** Sign-in links mailed to one address. */
  mailTo: { times: 5, per: 10 * MINUTE },
  /** Sign-in links asked for from one network address, whoever gets them. */
  mailFrom: { times: 50, per: 10 * MINUTE },
  /** Share links that open nothing, from one address. */
  deadLinks: { times: 120, per: 5 * MINUTE },
  /** Share links made by one person. */
  links: { times: 120, per: MINUTE },
  /** Tickets asked for from one address: thousands of sockets may come back after a restart. */
  tickets: { times: 6000, per: MINUTE },
  /** Pictures brought by one person. */
  uploads: { times: 300, per: MINUTE },
  /** Versions kept, and boards made of versions or other boards, by one person: each copies a whole board. */
  versions: { times: 60, per: MINUTE },
} as const satisfies Record<string, Rate>

export type Limited = keyof typeof RATES
export type RateLimits = Readonly<Record<Limited, RateLimiter>>

export const createRateLimits = (shared: SharedCounts | null = null): RateLimits => ({
  wrongPassword: createRateLimiter('wrongPassword', RATES.wrongPassword, shared),
  wrongPasswords: createRateLimiter('wrongPasswords', RATES.wrongPasswords, shared),
  shownPassword: createRateLimiter('shownPassword', RATES.shownPassword, shared),
  register: createRateLimiter('register', RATES.register, shared),
  guest: createRateLimiter('guest', RATES.guest, shared),
  mailTo: createRateLimiter('mailTo', RATES.mailTo, shared),
  mailFrom: createRateLimiter('mailFrom', RATES.mailFrom, shared),
  deadLinks: createRateLimiter('deadLinks', RATES.deadLinks, shared),
  links: createRateLimiter('links', RATES.links, shared),
  tickets: createRateLimiter('tickets', RATES.tickets, shared),
  uploads: createRateLimiter('uploads', RATES.uploads, shared),
  versions: createRateLimiter('versions', RATES.versions, shared),
})
