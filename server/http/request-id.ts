import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** The header that names a request, in both directions and towards route handlers. */
export const REQUEST_ID = 'x-request-id'

const SENSIBLE = /^[\w.:-]{8,128}$/

/**
 * Names the request, so that what a person quotes is found in the log: as a trusted proxy named it, or anew. What others
 * claim is replaced, or they could write into each other's tracks.
 */
export const nameRequest = ({ headers }: IncomingMessage, trustProxy: boolean): string => {
  const said = headers[REQUEST_ID]
  const id = trustProxy && typeof said === 'string' && SENSIBLE.test(said) ? said : randomUUID()
  headers[REQUEST_ID] = id
  return id
}
