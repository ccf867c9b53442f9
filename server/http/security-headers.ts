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

const headersFor = ({ publicUrl }: Pick<Config, 'publicUrl'>): Readonly<Record<string, string>> =>
  publicUrl?.startsWith('https:') ? { ...always, 'Strict-Transport-Security': 'max-age=15552000' } : always

/**
 * Adds these headers once the head of the answer is written, where the page or route has none of the same name: set before
 * that, Next would keep them instead of a route's own, stricter ones.
 */
export const setSecurityHeaders = (response: ServerResponse, config: Pick<Config, 'publicUrl'>): void => {
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse
  response.writeHead = (...given: unknown[]) => {
    for (const [name, value] of Object.entries(headersFor(config))) {
      if (!response.hasHeader(name)) response.setHeader(name, value)
    }
    return writeHead(...given)
  }
}
