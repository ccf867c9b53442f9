import type { IncomingMessage } from 'node:http'
import type { Config } from '../config.ts'
import { readOrigin } from './origin.ts'

type Settings = Pick<Config, 'trustProxy' | 'publicUrl'>

const MARKS = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'via', 'x-real-ip']

/** Whether the request came with marks of a proxy, true or not. Call before `settleForwarded`. */
export const isForwarded = ({ headers }: IncomingMessage): boolean =>
  MARKS.some((name) => headers[name] !== undefined)

/**
 * Makes the X-Forwarded headers say what is known, as everything behind this believes them: what a trusted proxy says
 * stays, what anybody else says is replaced by what the connection shows.
 */
export const settleForwarded = (request: IncomingMessage, { trustProxy, publicUrl }: Settings): void => {
  const { headers, socket } = request
  const known = {
    'x-forwarded-for': socket.remoteAddress ?? '',
    'x-forwarded-host': headers.host ?? '',
    'x-forwarded-proto': publicUrl?.startsWith('https:') ? 'https' : 'http',
  }
  const said = trustProxy ? headers : {}
  Object.assign(headers, known, pick(said, Object.keys(known)))
  delete headers.forwarded
}

const pick = (headers: IncomingMessage['headers'], names: readonly string[]): IncomingMessage['headers'] =>
  Object.fromEntries(names.filter((name) => headers[name]).map((name) => [name, headers[name]]))

/**
 * The network address that a request counts for: the last hop that is known, since whoever asks may claim those before it.
 * Call after `settleForwarded`.
 */
export const clientAddress = ({ headers }: IncomingMessage): string =>
  String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim() ?? ''

/** Whether a page of this origin may open a socket: only our own pages may. Call after `settleForwarded`. */
export const isOwnOrigin = ({ headers }: IncomingMessage, { publicUrl }: Settings): boolean => {
  const origin = readOrigin(headers.origin ?? '')
  if (!origin) return false
  if (publicUrl) return origin.origin === publicUrl
  return origin.host === String(headers['x-forwarded-host']).toLowerCase()
}
