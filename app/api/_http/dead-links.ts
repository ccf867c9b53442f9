import type { RateLimiter } from '../../../server/auth/rate-limit.ts'
import { takeOrRefuse } from '../../../server/auth/take-or-refuse.ts'
import { Refusal } from '../../../server/boards/refusal.ts'

/**
 * Runs `work`, which looks at a share link; an address that shows too many dead ones is told to wait. Only dead ones count:
 * what is no link of ours is told by its bytes, before anything is looked up, and hundreds of people who open a living one at
 * the same moment, or beside somebody who guesses, get in.
 */
export const limitDeadLinks = async <T>(
  limiter: RateLimiter,
  address: string,
  work: () => Promise<T>,
): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'link-dead') {
      await takeOrRefuse(limiter, address, 'Too many links from you did not work.')
    }
    throw error
  }
}
