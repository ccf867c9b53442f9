import type { Instrumentation } from 'next'
import { runtime } from './server/runtime.ts'

/** Writes what went wrong while a page was made to the log: the person is shown the digest. */
export const onRequestError: Instrumentation.onRequestError = (error, { headers }, { routePath }) => {
  const digest = error instanceof Error && 'digest' in error ? error.digest : undefined
  runtime().log.error('a page failed', {
    requestId: headers['x-request-id'],
    digest,
    route: routePath,
    error,
  })
}
