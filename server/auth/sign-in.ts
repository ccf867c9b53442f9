import { Refusal } from '../boards/refusal.ts'
import type { Runtime } from '../runtime.ts'
import { EmailTakenError, type PersonRow } from '../store/types.ts'
import { normaliseEmail } from './email.ts'
import { cleanName, friendlyName, NAME_PROBLEM } from './name.ts'
import { hashPassword, passwordProblem, verifyPassword } from './password.ts'
import { takeOrRefuse } from './take-or-refuse.ts'

/** Who was signed in, and from where, when somebody asked to sign in or register. */
export interface Visitor {
  readonly person: PersonRow | null
  /** The network address, as far as it is known. */
  readonly address: string
}

export type SignInContext = Pick<Runtime, 'store' | 'accessEvents' | 'limits'> & {
  /** Told when all that was a guest's has become an account's. */
  readonly adopted?: (guestId: string, accountId: string) => void
}

const TOO_OFTEN = 'That was tried too often.'

const isGuest = (person: PersonRow | null): person is PersonRow => person !== null && person.email === null

/** Boards and visits of the guest become the account's; the guest's open sockets end, their page signs in anew. */
export const adoptGuest = async (
  { store, accessEvents, adopted }: Pick<SignInContext, 'store' | 'accessEvents' | 'adopted'>,
  guest: PersonRow | null,
  accountId: string,
): Promise<void> => {
  if (!isGuest(guest) || guest.id === accountId) return
  await store.people.mergeGuest(guest.id, accountId)
  accessEvents.emit({ type: 'person', personId: guest.id, becomes: accountId })
  adopted?.(guest.id, accountId)
}

/** A guest under the name given, or a made-up one. Who is a guest already stays the same person, renamed if a name is given. */
export const signInAsGuest = async (
  { store, limits }: SignInContext,
  visitor: Visitor,
  rawName: string | undefined,
): Promise<PersonRow> => {
  const given = rawName !== undefined && rawName.trim() !== ''
  const name = given ? cleanName(rawName) : friendlyName()
  if (name === null) throw new Refusal('invalid', NAME_PROBLEM)
  if (isGuest(visitor.person)) {
    if (given) await store.people.rename(visitor.person.id, name)
    return given ? { ...visitor.person, name } : visitor.person
  }
  await takeOrRefuse(limits.guest, visitor.address, TOO_OFTEN)
  return store.people.createGuest(name)
}

/** The account with this address and password, or null for any wrong pair. A guest's boards come along. */
export const signInWithPassword = async (
  context: SignInContext,
  visitor: Visitor,
  { email: rawEmail, password }: { email: string; password: string },
): Promise<PersonRow | null> => {
  const { store, limits } = context
  const email = normaliseEmail(rawEmail)
  const account = `${email ?? ''} ${visitor.address}`
  await Promise.all([
    takeOrRefuse(limits.wrongPassword, account, TOO_OFTEN),
    takeOrRefuse(limits.wrongPasswords, visitor.address, TOO_OFTEN),
  ])
  const person = email === null ? null : await store.people.findByEmail(email)
  const matches = await verifyPassword(password, person?.passwordHash ?? null)
  if (!person || !matches) return null
  await Promise.all([limits.wrongPassword.giveBack(account), limits.wrongPasswords.giveBack(visitor.address)])
  await adoptGuest(context, visitor.person, person.id)
  return person
}

const emailTaken = (): Refusal =>
  new Refusal('email-taken', 'There is an account with this e-mail address already: sign in instead.')

/** A new account; a guest who asks keeps their id and so all that is theirs, and no session. @throws Refusal */
export const register = async (
  { store, limits, accessEvents }: SignInContext,
  visitor: Visitor,
  wish: { name: string; email: string; password: string },
): Promise<PersonRow> => {
  const name = cleanName(wish.name)
  if (name === null) throw new Refusal('invalid', NAME_PROBLEM)
  const email = normaliseEmail(wish.email)
  if (email === null) throw new Refusal('invalid', 'That is not an e-mail address that we can use.')
  const problem = passwordProblem(wish.password, { email, name })
  if (problem !== null) throw new Refusal('weak-password', problem)
  await takeOrRefuse(limits.register, visitor.address, TOO_OFTEN)
  if (await store.people.findByEmail(email)) throw emailTaken()
  const account = { name, email, passwordHash: await hashPassword(wish.password) }
  try {
    if (!isGuest(visitor.person)) return await store.people.createAccount(account)
    const person = await store.people.claimGuest(visitor.person.id, account)
    accessEvents.emit({ type: 'person', personId: person.id })
    return person
  } catch (error) {
    if (error instanceof EmailTakenError) throw emailTaken()
    throw error
  }
}
