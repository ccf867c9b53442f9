import { cookies } from 'next/headers'
import { runtime } from '../runtime.ts'
import { type CookieReader, readSession } from './session.ts'

/** Who asks, as pages and other people may see them. */
export interface CurrentPerson {
  readonly id: string
  readonly name: string
  readonly isGuest: boolean
}

/** The person behind the request of a page or route handler; null without a session that still counts. */
export const currentPerson = async (): Promise<CurrentPerson | null> => {
  const jar: CookieReader = await cookies()
  const session = await readSession(runtime(), jar)
  if (!session?.person.id) return null
  const { id, name, email } = session.person
  return { id, name, isGuest: email === null }
}
