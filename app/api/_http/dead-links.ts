import type { RateLimiter } from '../../../server/auth/rate-limit.ts'
import { Refusal } from '../../../server/boards/refusal.ts'

/** Runs `work`, which looks at a share link; an address that shows too many dead ones has to wait. */
export const limitDeadLinks = async <T>(
  limiter: RateLimiter,
  address: string,
  work: () => Promise<T>,
): Promise<T> => {
  if (!limiter.take(address)) {
    throw new Refusal('too-many', 'Too many links from you did not work. Wait a few minutes and try again.')
  }
  const result = await work()
  limiter.giveBack(address)
  return result
}
