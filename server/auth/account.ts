import { closeAccount } from '../boards/close-account.ts'
import type { BoardsContext } from '../boards/context.ts'
import { Refusal } from '../boards/refusal.ts'
import type { Runtime } from '../runtime.ts'
import type { PersonRow } from '../store/types.ts'
import { hashPassword, passwordProblem, samePassword, verifyPassword } from './password.ts'
import type { Session } from './session.ts'
import { takeOrRefuse } from './take-or-refuse.ts'

type AccountContext = Pick<Runtime, 'store' | 'accessEvents' | 'limits'>

const wrongPassword = (): Refusal => new Refusal('wrong-password', 'That is not your password.')

/** A session may have been left open, or its cookie stolen: whoever has it has to know the password too. @throws Refusal */
const requirePassword = async (
  { limits }: Pick<AccountContext, 'limits'>,
  { id, passwordHash }: PersonRow,
  shown: string,
): Promise<void> => {
  await takeOrRefuse(limits.shownPassword, id, 'That was tried too often.')
  if (!(await verifyPassword(shown, passwordHash))) throw wrongPassword()
}

/**
 * Gives the person another password. All sessions end but the one that asked, which goes on under the new version: its cookie
 * has to be made anew.
 *
 * @throws Refusal
 */
export const changePassword = async (
  { store, accessEvents, limits }: AccountContext,
  { id: sessionId, person }: Pick<Session, 'id' | 'person'>,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<PersonRow> => {
  const { passwordHash: known, email, name } = person
  if (known === null || email === null) {
    throw new Refusal('not-allowed', 'You sign in without a password, so there is none to change.')
  }
  const problem = passwordProblem(next, { email, name })
  if (problem !== null) throw new Refusal('weak-password', problem)
  await requirePassword({ limits }, person, current)
  if (samePassword(current, next)) throw new Refusal('weak-password', 'That is the password you have now.')
  const changed = await store.people.setPassword(person.id, { known, next: await hashPassword(next) })
  if (!changed) throw wrongPassword()
  const { sessionVersion } = changed
  accessEvents.emit({ type: 'person', personId: person.id, renewed: { sessionId, sessionVersion } })
  return changed
}

/** Ends all sessions of an account. A guest could never come back. @throws Refusal `not-allowed` */
export const signOutEverywhere = async (
  { store, accessEvents }: Pick<AccountContext, 'store' | 'accessEvents'>,
  person: PersonRow,
): Promise<void> => {
  if (person.email === null) {
    throw new Refusal('not-allowed', 'You are a guest: signed out, you could not come back to your boards.')
  }
  await store.people.endSessions(person.id)
  accessEvents.emit({ type: 'person', personId: person.id })
}

/** What those type who have no password, to say that they mean it. */
export const CLOSING_WORD = 'close'

/**
 * Closes the account, or ends the guest, of whoever shows the password; without one they type a word.
 *
 * @throws Refusal
 */
export const closeOwnAccount = async (
  context: BoardsContext & Pick<AccountContext, 'limits'>,
  person: PersonRow,
  {
    password = '',
    word = '',
  }: { readonly password?: string | undefined; readonly word?: string | undefined },
): Promise<void> => {
  if (person.passwordHash !== null) await requirePassword(context, person, password)
  else if (word.trim().toLowerCase() !== CLOSING_WORD) {
    throw new Refusal('invalid', `Type “${CLOSING_WORD}” to say that you mean it.`)
  }
  await closeAccount(context, person.id)
}
