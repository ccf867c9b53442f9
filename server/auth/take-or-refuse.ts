import { Refusal } from '../boards/refusal.ts'
import type { RateLimiter } from './rate-limit.ts'

/**
 * Counts one use. @throws Refusal `too-many`
 *
 * @param what is done too often, at the beginning of a sentence
 */
export const takeOrRefuse = async (limiter: RateLimiter, key: string, what: string): Promise<void> => {
  const seconds = await limiter.take(key)
  if (seconds === null) return
  const wait = seconds > 90 ? 'a few minutes' : 'a minute'
  throw new Refusal('too-many', `${what} Wait ${wait} and try again.`, seconds)
}
