import { isIPv6 } from 'node:net'
import type { Config } from '../config.ts'
import { readOrigin } from '../http/origin.ts'

/** Whether browsers reach this site by https, so that cookies can be kept to it. */
export const isSecureSite = ({ publicUrl }: Pick<Config, 'publicUrl'>): boolean =>
  publicUrl?.startsWith('https:') ?? false

interface Asked {
  readonly headers: Pick<Headers, 'get'>
}

/** The host that the client asked. Our own server, or the proxy that it trusts, says so in the forwarded header. */
const hostOf = ({ headers }: Asked): string | null =>
  headers.get('x-forwarded-host')?.split(',')[0]?.trim() || headers.get('host')

/** The origin under which this request reached us: PUBLIC_URL, or what the request says when that was not given. */
export const siteOrigin = ({ publicUrl }: Pick<Config, 'publicUrl'>, asked: Asked): string => {
  if (publicUrl) return new URL(publicUrl).origin
  const scheme = asked.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' ? 'https' : 'http'
  return `${scheme}://${hostOf(asked) ?? 'localhost'}`
}

/** The same address for web sockets. */
export const socketOrigin = (origin: string): string => origin.replace(/^http/, 'ws')

/**
 * Whether a request that changes something may come from where it says it comes from. Browsers always name the origin
 * of such requests; what has no Origin is no browser, and has no cookies that it did not fetch itself.
 */
export const isOwnRequest = (config: Pick<Config, 'publicUrl'>, asked: Asked): boolean => {
  const site = asked.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const said = asked.headers.get('origin')
  if (said === null) return true
  const origin = readOrigin(said)
  if (!origin) return false
  if (config.publicUrl) return origin.origin === new URL(config.publicUrl).origin
  return origin.host === hostOf(asked)
}

/**
 * An IPv6 address as the network of 64 bits that it is in: whoever has one of those addresses has all of them. Others stay
 * as they are.
 */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  if (!isIPv6(address)) return address
  const [before = '', after] = (address.split('%')[0] ?? '').split('::')
  const left = before === '' ? [] : before.split(':')
  const right = after ? after.split(':') : []
  const zeros =
    after === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  const groups = [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
  return `${groups.join(':')}::/64`
}

/**
 * The network address that asked, for limits. Our own server puts the last hop that it knows at the end of the header, so
 * only that one is believed.
 */
export const addressOf = ({ headers }: Asked): string =>
  networkOf(headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown')
