import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Config } from '../config.ts'

type Settings = Pick<Config, 'development' | 'publicUrl'>
type Directives = Readonly<Record<string, readonly string[]>>

const write = (directives: Directives): string =>
  Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')

export const newNonce = (): string => randomBytes(16).toString('base64')

/** Where the board's sockets are: older Safari does not count them as `'self'`. */
const sockets = ({ headers }: IncomingMessage, { publicUrl }: Settings): string => {
  if (publicUrl) return publicUrl.replace(/^http/, 'ws')
  const scheme = headers['x-forwarded-proto'] === 'https' ? 'wss' : 'ws'
  return `${scheme}://${headers['x-forwarded-host'] ?? 'localhost'}`
}

/**
 * What a page may do: run the scripts that this answer names, and those that they fetch. Styles in attributes are allowed,
 * since React writes positions there; they can neither run nor load anything that the other directives do not allow. Blobs
 * and data are pictures that were pasted, or made here.
 *
 * Call after `settleForwarded` and with a host that is one.
 */
export const pagePolicy = (nonce: string, request: IncomingMessage, settings: Settings): string =>
  write({
    'default-src': ["'none'"],
    'script-src': [
      `'nonce-${nonce}'`,
      "'strict-dynamic'",
      // Next's development tools.
      ...(settings.development ? ["'unsafe-eval'"] : []),
    ],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'blob:', 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", sockets(request, settings), 'data:'],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'frame-ancestors': ["'none'"],
  })

/** For answers that are data. Shown by themselves they do nothing. */
export const dataPolicy: string = write({
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
})

/** For files of ours: a script that is a worker takes its policy from its own answer. */
export const filePolicy: string = write({
  'default-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
})
