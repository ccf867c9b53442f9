import { createHmac, timingSafeEqual } from 'node:crypto'
import { keyFor } from './keys.ts'

const SEPARATOR = '.'
const MAX_LENGTH = 256

const macOf = (linkId: string, secret: string): Buffer =>
  createHmac('sha256', keyFor('share-link', secret)).update(linkId).digest()

/**
 * The secret part of a share link's address: the link's id and its HMAC-SHA256 under the server's secret (256 bits).
 * It is stored nowhere, so a copy of the database opens no board, and the owner can still be shown it again.
 */
export const linkSecret = (linkId: string, secret: string): string =>
  `${linkId}${SEPARATOR}${macOf(linkId, secret).toString('base64url')}`

/** The link id that a secret names, or null when we did not make that secret. Compares in constant time. */
export const readLinkSecret = (shown: string, secret: string): string | null => {
  if (shown.length > MAX_LENGTH) return null
  const cut = shown.lastIndexOf(SEPARATOR)
  if (cut <= 0) return null
  const linkId = shown.slice(0, cut)
  const encoded = shown.slice(cut + 1)
  const expected = macOf(linkId, secret)
  const actual = Buffer.from(encoded, 'base64url')
  if (actual.length !== expected.length || actual.toString('base64url') !== encoded) return null
  return timingSafeEqual(actual, expected) ? linkId : null
}
