import { hkdfSync } from 'node:crypto'

/** Each use of the server's secret gets a key of its own, so that one kind of token can never pass for another. */
export type KeyPurpose = 'share-link' | 'sync-ticket' | 'installation'

const cache = new Map<string, Uint8Array>()

/** A 256-bit key for one purpose, derived from the server's secret (HKDF with SHA-256, RFC 5869). */
export const keyFor = (purpose: KeyPurpose, secret: string): Uint8Array => {
  const name = `${purpose}\n${secret}`
  const known = cache.get(name)
  if (known) return known
  const key = new Uint8Array(hkdfSync('sha256', secret, '', `drawbridge ${purpose} v1`, 32))
  cache.set(name, key)
  return key
}
