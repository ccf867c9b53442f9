import { decode, encode } from 'next-auth/jwt'
import type { Runtime } from '../runtime.ts'
import { newId } from '../store/ids.ts'
import type { PersonRow } from '../store/types.ts'
import { isSecureSite } from './site.ts'

/** Seconds. A session that is not used for so long ends. */
export const SESSION_LIFETIME = 90 * 24 * 60 * 60
/**
 * Seconds. After so long people with an account sign in again, however much they use it. Guests do not: they have no other key
 * to their boards.
 */
export const SESSION_LIMIT = 365 * 24 * 60 * 60
/** Seconds. Older session cookies are renewed when they are used. */
const RENEW_AFTER = 24 * 60 * 60

/** The part of a cookie jar (Next's or our own) that sessions need. */
export interface CookieReader {
  get(name: string): { readonly value: string } | undefined
}

/** A session that counts: its person exists, it was made under the person's present version, and nobody signed out of it. */
export interface Session {
  readonly id: string
  readonly person: PersonRow
  /** When its person signed in. Seconds since the epoch, like `issuedAt`. */
  readonly beganAt: number
  /** When its cookie was made. */
  readonly issuedAt: number
}

/** `__Host-`: no other host of the same domain can plant a session here and wait for somebody to register in it. */
export const sessionCookieName = (secure: boolean): string =>
  secure ? '__Host-next-auth.session-token' : 'next-auth.session-token'

export const sessionCookieOptions = (secure: boolean) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure }) as const

/** What the cookie says about its person. Nothing else is in it: name and address are read from the row. */
export interface SessionClaims {
  readonly sub: string
  readonly sessionVersion: number
  /** The session's id: stays the same when the cookie is renewed. */
  readonly sid: string
  /** When the session began, in seconds since the epoch: stays the same too. */
  readonly began: number
}

const seconds = (): number => Math.floor(Date.now() / 1000)

/** A session that begins now. */
export const newSession = (person: PersonRow): Session => {
  const now = seconds()
  return { id: newId(), person, beganAt: now, issuedAt: now }
}

export const claimsOf = ({ id, person, beganAt }: Session): SessionClaims => ({
  sub: person.id,
  sessionVersion: person.sessionVersion,
  sid: id,
  began: beganAt,
})

/** When a session ends however much it is used, in milliseconds since the epoch; null when it does not. */
export const endOfSession = ({ person, beganAt }: Pick<Session, 'person' | 'beganAt'>): number | null =>
  person.email === null ? null : (beganAt + SESSION_LIMIT) * 1000

const isTooOld = (session: Session): boolean => {
  const end = endOfSession(session)
  return end !== null && end <= Date.now()
}

/** The session that decoded claims stand for, or null when its person is gone, or it was ended, or is too old. */
export const sessionOfClaims = async (
  { store }: Pick<Runtime, 'store'>,
  { sub, sessionVersion, sid, began, iat }: { readonly [Name in keyof SessionClaims | 'iat']?: unknown },
): Promise<Session | null> => {
  if (typeof sub !== 'string' || sub === '' || typeof sid !== 'string' || sid === '') return null
  const [person, ended] = await Promise.all([store.people.find(sub), store.sessions.hasEnded(sid)])
  if (!person || person.sessionVersion !== sessionVersion || ended) return null
  const issuedAt = typeof iat === 'number' ? iat : 0
  // Cookies from before there was a limit do not say when they began.
  const session = { id: sid, person, beganAt: typeof began === 'number' ? began : issuedAt, issuedAt }
  return isTooOld(session) ? null : session
}

/** Signs out: this session counts nowhere any more, however its cookie was kept, and its open sockets end. */
export const endSession = async (
  { store, accessEvents }: Pick<Runtime, 'store' | 'accessEvents'>,
  sessionId: string,
  now: number = Date.now(),
): Promise<void> => {
  // A cookie may have been renewed a moment ago, and by a clock that is ahead of ours.
  const expiresAt = new Date(now + (SESSION_LIFETIME + RENEW_AFTER) * 1000)
  await store.sessions.end(sessionId, expiresAt)
  accessEvents.emit({ type: 'session', sessionId })
}

/**
 * The session in a cookie jar, checked against the person's row.
 *
 * @throws whatever the store throws when the database cannot be asked: that is no missing session.
 */
export const readSession = async (
  runtime: Pick<Runtime, 'config' | 'store'>,
  jar: CookieReader,
): Promise<Session | null> => {
  const token = jar.get(sessionCookieName(isSecureSite(runtime.config)))?.value
  if (!token) return null
  const claims = await decode({ token, secret: runtime.config.secret }).catch(() => null)
  return claims && sessionOfClaims(runtime, claims)
}

export const needsRenewal = (session: Session, now: number = Date.now()): boolean =>
  now / 1000 - session.issuedAt > RENEW_AFTER

const setSessionCookie = (config: Runtime['config'], value: string, maxAge: number): string => {
  const secure = isSecureSite(config)
  const attributes = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return `${sessionCookieName(secure)}=${value}; ${attributes}`
}

/** A `Set-Cookie` value with a session for the person, good for its whole time again. */
export const sessionCookie = async (
  { config }: Pick<Runtime, 'config'>,
  session: Session,
): Promise<string> => {
  const token = await encode({
    token: { ...claimsOf(session) },
    secret: config.secret,
    maxAge: SESSION_LIFETIME,
  })
  return setSessionCookie(config, token, SESSION_LIFETIME)
}

/** A `Set-Cookie` value that takes the session out of a browser. */
export const noSessionCookie = ({ config }: Pick<Runtime, 'config'>): string =>
  setSessionCookie(config, '', 0)
