import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Config } from '../config.ts'
import { isApi } from './api-errors.ts'
import { dataPolicy, filePolicy, newNonce, pagePolicy } from './content-security-policy.ts'

type Settings = Pick<Config, 'development' | 'publicUrl'>

const POLICY = 'Content-Security-Policy'
/** Tells pages the nonce for scripts that they write themselves. */
const NONCE = 'x-nonce'

const always = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Addresses of boards and share links are nobody else's business.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  // Files of a build name their own; everything else is about one person and one moment.
  'Cache-Control': 'private, no-store',
}

const headersFor = ({ publicUrl }: Settings): Readonly<Record<string, string>> =>
  publicUrl?.startsWith('https:') ? { ...always, 'Strict-Transport-Security': 'max-age=15552000' } : always

const isPage = (response: ServerResponse): boolean =>
  String(response.getHeader('content-type') ?? '').startsWith('text/html')

/** `writeHead` may be given headers beside the status; they count as set. */
const adopt = (response: ServerResponse, given: readonly unknown[]): unknown[] => {
  const headers = given.at(-1)
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return [...given]
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  return given.slice(0, -1)
}

/**
 * Adds these headers once the head of the answer is written, where the page or route has none of the same name: set before
 * that, Next would keep them instead of a route's own, stricter ones. The request gets the policy too, which is where Next
 * reads the nonce for the scripts of the page.
 */
export const setSecurityHeaders = (
  request: IncomingMessage,
  response: ServerResponse,
  settings: Settings,
): void => {
  const nonce = newNonce()
  const page = pagePolicy(nonce, request, settings)
  delete request.headers['content-security-policy-report-only']
  Object.assign(request.headers, { 'content-security-policy': page, [NONCE]: nonce })
  const policy = (): string => {
    if (isPage(response)) return page
    return isApi(request) ? dataPolicy : filePolicy
  }
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse
  response.writeHead = (...given: unknown[]) => {
    const rest = adopt(response, given)
    for (const [name, value] of Object.entries({ ...headersFor(settings), [POLICY]: policy() })) {
      if (!response.hasHeader(name)) response.setHeader(name, value)
    }
    return writeHead(...rest)
  }
}
