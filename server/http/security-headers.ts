import type { ServerResponse } from 'node:http'
import type { Config } from '../config.ts'

const always = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Addresses of boards and share links are nobody else's business.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'Content-Security-Policy': "base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
}

/** Set before a page or route answers, so that each may say something stricter of its own. */
export const setSecurityHeaders = (
  response: ServerResponse,
  { publicUrl }: Pick<Config, 'publicUrl'>,
): void => {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value)
  if (publicUrl?.startsWith('https:')) response.setHeader('Strict-Transport-Security', 'max-age=15552000')
}
