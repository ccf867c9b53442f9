import type { RateLimiter } from '../../../server/auth/rate-limit.ts'
import { takeOrRefuse } from '../../../server/auth/take-or-refuse.ts'

/** Runs `work`, which looks at a share link; an address that shows too many dead ones has to wait. */
export const limitDeadLinks = async <T>(
  limiter: RateLimiter,
  address: string,
  work: () => Promise<T>,
): Promise<T> => {
  await takeOrRefuse(limiter, address, 'Too many links from you did not work.')
  const result = await work()
  await limiter.giveBack(address)
  return result
}
