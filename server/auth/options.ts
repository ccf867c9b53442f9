import type { AuthOptions, LoggerInstance, User } from 'next-auth'
import { decode, type JWT } from 'next-auth/jwt'
import type { CredentialsConfig } from 'next-auth/providers/credentials'
import { Refusal } from '../boards/refusal.ts'
import type { Log } from '../log.ts'
import type { Runtime } from '../runtime.ts'
import { authAdapter } from '../store/auth-adapter.ts'
import type { PersonRow } from '../store/types.ts'
import { normaliseEmail } from './email.ts'
import { cleanName, friendlyName } from './name.ts'
import { configuredProviders } from './providers.ts'
import type { RateLimits } from './rate-limit.ts'
import { onOurSite } from './safe-path.ts'
import {
  claimsOf,
  endSession,
  newSession,
  SESSION_LIFETIME,
  sessionCookieName,
  sessionCookieOptions,
  sessionOfClaims,
} from './session.ts'
import { adoptGuest, type SignInContext, signInAsGuest, signInWithPassword, type Visitor } from './sign-in.ts'
import { isSecureSite } from './site.ts'

const SIGN_IN_PAGE = '/signin'

const userOf = ({ id, name, email }: PersonRow): User => ({ id, name, email })

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** next-auth passes the message of what is thrown on to the sign-in page, so only our own reasons may get there. */
const reported = async (work: () => Promise<PersonRow | null>): Promise<User | null> => {
  try {
    const person = await work()
    return person && userOf(person)
  } catch (error) {
    if (error instanceof Refusal)
      throw new Error(error.code === 'too-many' ? 'TooManyAttempts' : 'InvalidInput')
    throw new Error('Unavailable', { cause: error })
  }
}

const guestProvider = (context: SignInContext, visitor: Visitor): CredentialsConfig => ({
  id: 'guest',
  name: 'Guest',
  type: 'credentials',
  credentials: { name: { label: 'Your name', type: 'text' } },
  authorize: (input) => {
    const name = typeof input?.name === 'string' ? input.name : undefined
    return reported(() => signInAsGuest(context, visitor, name))
  },
})

const passwordProvider = (context: SignInContext, visitor: Visitor): CredentialsConfig => ({
  id: 'credentials',
  name: 'E-mail and password',
  type: 'credentials',
  credentials: {
    email: { label: 'E-mail', type: 'email' },
    password: { label: 'Password', type: 'password' },
  },
  authorize: (input) => {
    const typed = { email: textOf(input?.email), password: textOf(input?.password) }
    return reported(() => signInWithPassword(context, visitor, typed))
  },
})

/** A session that no longer counts is an everyday thing: next-auth clears its cookie, and the log stays quiet about it. */
const loggerTo = (log: Log): Partial<LoggerInstance> => ({
  error(code, metadata) {
    if (code === 'JWT_SESSION_ERROR') return
    log.error('sign-in failed', {
      code,
      reason: metadata instanceof Error ? metadata.message : metadata.error?.message,
    })
  },
  warn: () => {},
  debug: () => {},
})

/** Somebody came in through another service, which may not know a name, or a strange one: the guest's is then kept. */
const welcome = async (context: SignInContext, guest: PersonRow | null, person: PersonRow): Promise<void> => {
  const name = cleanName(person.name) ?? guest?.name ?? friendlyName()
  if (name !== person.name) await context.store.people.rename(person.id, name)
  await adoptGuest(context, guest, person.id)
}

const mayMail = async ({ mailTo, mailFrom }: RateLimits, to: string, from: string): Promise<boolean> =>
  (await Promise.all([mailTo.take(to), mailFrom.take(from)])).every((wait) => wait === null)

const callbacks = (runtime: Runtime, context: SignInContext, visitor: Visitor): AuthOptions['callbacks'] => ({
  /**
   * What other services say must include an address that they do not call unverified: without one nobody could tell the
   * account from a guest. Sign-in links are not for filling somebody's mailbox.
   */
  async signIn({ user, account, profile, email }) {
    const { limits } = runtime
    if (email?.verificationRequest && !(await mayMail(limits, user.email ?? '', visitor.address))) {
      return `${SIGN_IN_PAGE}?error=TooManyAttempts`
    }
    if (account?.type !== 'oauth') return true
    const unverified =
      profile !== undefined && 'email_verified' in profile && String(profile.email_verified) === 'false'
    const known = normaliseEmail(user.email ?? '') !== null && !unverified
    return known || `${SIGN_IN_PAGE}?error=NoEmail`
  },
  async jwt({ token, user, account }) {
    if (!user) {
      const session = await sessionOfClaims(runtime, token)
      if (!session) throw new Error('The session was ended')
      return { ...claimsOf(session) } as JWT
    }
    const person = await runtime.store.people.find(user.id)
    if (!person) throw new Error(`Signed in as ${user.id}, who is not there`)
    if (account?.type !== 'credentials') await welcome(context, visitor.person, person)
    // Showing that the address is theirs may have ended what others had opened with it.
    if (account?.type === 'email') runtime.accessEvents.emit({ type: 'person', personId: person.id })
    return { ...claimsOf(newSession(person)) } as JWT
  },
  async session({ session, token }) {
    const current = await sessionOfClaims(runtime, token)
    if (!current) throw new Error('The session was ended')
    const { id, name, email } = current.person
    return { ...session, user: { id, name, email, isGuest: email === null } }
  },
  redirect: ({ url, baseUrl }) => onOurSite(url, baseUrl),
})

/**
 * next-auth's options for one request. They are made anew each time because signing in depends on who asks: a guest's
 * boards come along to the account.
 *
 * @param action next-auth's word for what is asked: the first part of the path after `/api/auth/`
 * @param adopted told when a guest's boards have come along
 */
export const authOptions = (
  runtime: Runtime,
  visitor: Visitor,
  action: string,
  adopted: (guestId: string, accountId: string) => void = () => {},
): AuthOptions => {
  const { config, store, accessEvents } = runtime
  const context: SignInContext = { store, accessEvents, limits: runtime.limits, adopted }
  const others = configuredProviders(config)
  const secure = isSecureSite(config)
  const showsSession = action !== 'callback' || (visitor.person !== null && visitor.person.email !== null)
  return {
    secret: config.secret,
    useSecureCookies: secure,
    cookies: { sessionToken: { name: sessionCookieName(secure), options: sessionCookieOptions(secure) } },
    ...(others.length > 0 ? { adapter: authAdapter(store) } : {}),
    providers: [guestProvider(context, visitor), passwordProvider(context, visitor), ...others],
    session: { strategy: 'jwt', maxAge: SESSION_LIFETIME },
    jwt: {
      maxAge: SESSION_LIFETIME,
      // When somebody comes back from another service, next-auth links that service to whoever the cookie names. So it
      // gets to see living accounts only: a guest is merged instead, and an ended session counts for nothing.
      decode: async (params) => (showsSession ? decode(params) : null),
    },
    pages: { signIn: SIGN_IN_PAGE, error: SIGN_IN_PAGE, verifyRequest: `${SIGN_IN_PAGE}?sent=1` },
    callbacks: callbacks(runtime, context, visitor),
    events: {
      signOut: async ({ token }) => {
        if (token?.sid) await endSession(runtime, token.sid)
      },
    },
    logger: loggerTo(runtime.log),
  }
}
