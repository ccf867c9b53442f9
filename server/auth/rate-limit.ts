/** How often something may be done under one key. */
export interface Rate {
  readonly times: number
  /** Milliseconds. */
  readonly per: number
}

/** Counts uses per key in fixed windows. Bounded: the oldest windows make room when there are too many keys. */
export interface RateLimiter {
  /** Counts one use; false when it is one too many. Asked before the work, so that parallel tries count too. */
  take(key: string): boolean
  /** Takes one use back, for what turned out to be no misuse. */
  giveBack(key: string): void
}

const MAX_KEYS = 50_000

export const createRateLimiter = (
  rate: Rate,
  clock: () => number = Date.now,
  maxKeys = MAX_KEYS,
): RateLimiter => {
  const windows = new Map<string, { used: number; ends: number }>()

  const current = (key: string): { used: number; ends: number } | undefined => {
    const window = windows.get(key)
    if (window && window.ends > clock()) return window
    windows.delete(key)
    return undefined
  }

  const makeRoom = (): void => {
    if (windows.size < maxKeys) return
    for (const [key, { ends }] of windows) if (ends <= clock()) windows.delete(key)
    for (const key of windows.keys()) {
      if (windows.size < maxKeys) return
      windows.delete(key)
    }
  }

  return {
    take(key) {
      const window = current(key)
      if (window) {
        window.used = Math.min(window.used + 1, rate.times + 1)
        return window.used <= rate.times
      }
      makeRoom()
      windows.set(key, { used: 1, ends: clock() + rate.per })
      return rate.times >= 1
    },
    giveBack(key) {
      const window = current(key)
      if (window) window.used = Math.max(0, window.used - 1)
    },
  }
}

const MINUTE = 60_000

const RATES = {
  /** Wrong passwords for one account from one address: slows guessing without locking the owner out from elsewhere. */
  wrongPassword: { times: 10, per: 5 * MINUTE },
  /** Wrong passwords from one address, whatever the account. */
  wrongPasswords: { times: 100, per: 5 * MINUTE },
  register: { times: 200, per: 60 * MINUTE },
  guest: { times: 1000, per: 10 * MINUTE },
  /** Sign-in links mailed to one address. */
  mailTo: { times: 5, per: 10 * MINUTE },
  /** Sign-in links asked for from one network address, whoever gets them. */
  mailFrom: { times: 50, per: 10 * MINUTE },
  /** Share links that open nothing, from one address. */
  deadLinks: { times: 120, per: 5 * MINUTE },
} as const satisfies Record<string, Rate>

export type Limited = keyof typeof RATES
export type RateLimits = Readonly<Record<Limited, RateLimiter>>

export const createRateLimits = (clock: () => number = Date.now): RateLimits => ({
  wrongPassword: createRateLimiter(RATES.wrongPassword, clock),
  wrongPasswords: createRateLimiter(RATES.wrongPasswords, clock),
  register: createRateLimiter(RATES.register, clock),
  guest: createRateLimiter(RATES.guest, clock),
  mailTo: createRateLimiter(RATES.mailTo, clock),
  mailFrom: createRateLimiter(RATES.mailFrom, clock),
  deadLinks: createRateLimiter(RATES.deadLinks, clock),
})

const key = Symbol.for('drawbridge.rateLimits')
type Holder = { [key]?: RateLimits }

/** The limits of this process. On `globalThis`, because each route handler may be bundled with a copy of this module. */
export const rateLimits = (): RateLimits => {
  const holder = globalThis as Holder
  holder[key] ??= createRateLimits()
  return holder[key]
}
