import { cookies } from 'next/headers'
import { runtime } from '../runtime.ts'
import { type CookieReader, readSession } from './session.ts'

/** Who asks, as pages and other people may see them. */
export interface CurrentPerson {
  readonly id: string
  readonly name: string
  readonly isGuest: boolean
}

/** Who asks, as only they may see themselves. */
export interface CurrentAccount extends CurrentPerson {
  /** Null for guests. */
  readonly email: string | null
  readonly hasPassword: boolean
}

/** Who is behind the request of a page, with what is nobody else's business; null without a session that still counts. */
export const currentAccount = async (): Promise<CurrentAccount | null> => {
  const jar: CookieReader = await cookies()
  const session = await readSession(runtime(), jar)
  if (!session?.person.id) return null
  const { id, name, email, passwordHash } = session.person
  return { id, name, isGuest: email === null, email, hasPassword: passwordHash !== null }
}

/** The person behind the request of a page or route handler; null without a session that still counts. */
export const currentPerson = async (): Promise<CurrentPerson | null> => {
  const account = await currentAccount()
  return account && { id: account.id, name: account.name, isGuest: account.isGuest }
}
