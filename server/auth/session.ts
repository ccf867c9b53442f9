import { decode, encode } from 'next-auth/jwt'
import type { Runtime } from '../runtime.ts'
import type { PersonRow } from '../store/types.ts'
import { isSecureSite } from './site.ts'

/** Seconds. A session that is not used for so long ends. */
export const SESSION_LIFETIME = 90 * 24 * 60 * 60
/** Seconds. Older session cookies are renewed when they are used. */
const RENEW_AFTER = 24 * 60 * 60

/** The part of a cookie jar (Next's or our own) that sessions need. */
export interface CookieReader {
  get(name: string): { readonly value: string } | undefined
}

/** A session that counts: its person exists and the session was made under the person's present version. */
export interface Session {
  readonly person: PersonRow
  /** Seconds since the epoch. */
  readonly issuedAt: number
}

export const sessionCookieName = (secure: boolean): string =>
  secure ? '__Secure-next-auth.session-token' : 'next-auth.session-token'

export const sessionCookieOptions = (secure: boolean) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure }) as const

/** What the cookie says about its person. Nothing else is in it: name and address are read from the row. */
export interface SessionClaims {
  readonly sub: string
  readonly sessionVersion: number
}

export const claimsOf = (person: PersonRow): SessionClaims => ({
  sub: person.id,
  sessionVersion: person.sessionVersion,
})

/** The person that decoded claims stand for, or null when they are gone or the session was ended. */
export const personOfClaims = async (
  { store }: Pick<Runtime, 'store'>,
  claims: { readonly sub?: unknown; readonly sessionVersion?: unknown },
): Promise<PersonRow | null> => {
  if (typeof claims.sub !== 'string' || claims.sub === '') return null
  const person = await store.people.find(claims.sub)
  return person && person.sessionVersion === claims.sessionVersion ? person : null
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
  if (!claims) return null
  const person = await personOfClaims(runtime, claims)
  return person && { person, issuedAt: typeof claims.iat === 'number' ? claims.iat : 0 }
}

export const needsRenewal = (session: Session, now: number = Date.now()): boolean =>
  now / 1000 - session.issuedAt > RENEW_AFTER

/** A `Set-Cookie` value with a fresh session for the person. */
export const sessionCookie = async (runtime: Pick<Runtime, 'config'>, person: PersonRow): Promise<string> => {
  const secure = isSecureSite(runtime.config)
  const token = await encode({
    token: { ...claimsOf(person) },
    secret: runtime.config.secret,
    maxAge: SESSION_LIFETIME,
  })
  const attributes = `Path=/; Max-Age=${SESSION_LIFETIME}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return `${sessionCookieName(secure)}=${token}; ${attributes}`
}
