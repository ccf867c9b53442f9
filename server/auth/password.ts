import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { COMMON_PASSWORDS } from './common-passwords.ts'

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane; about 15 ms, off the main thread. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const MIN_PASSWORD = 8
/** Longer ones only cost time. */
const MAX_PASSWORD = 256

const normalise = (password: string): string => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(normalise(password), COST)

let decoy: Promise<string> | undefined

/**
 * Whether the password belongs to the hash. Without a hash (no such account, or one without a password) the same work
 * is done against a decoy, so that the time taken does not tell which addresses have accounts.
 */
export const verifyPassword = async (password: string, passwordHash: string | null): Promise<boolean> => {
  decoy ??= hashPassword(randomBytes(16).toString('hex'))
  const against = passwordHash ?? (await decoy)
  if (password.length > MAX_PASSWORD) return false
  const matches = await verify(against, normalise(password)).catch(() => false)
  return matches && passwordHash !== null
}

/** Whether two passwords that were typed are one, however the keyboard composes their letters. */
export const samePassword = (one: string, other: string): boolean => normalise(one) === normalise(other)

const repeats = (password: string): boolean => new Set(password).size < 3

/** What is wrong with a new password, as a sentence for the person who chose it; null when it will do. */
export const passwordProblem = (password: string, about: { email: string; name: string }): string | null => {
  const length = [...password].length
  if (length < MIN_PASSWORD) return `That password is too short: use at least ${MIN_PASSWORD} characters.`
  if (password.length > MAX_PASSWORD)
    return `That password is too long: use at most ${MAX_PASSWORD} characters.`
  const plain = normalise(password).toLowerCase()
  const known = [about.email, about.email.split('@')[0], about.name.toLowerCase()]
  if (COMMON_PASSWORDS.has(plain) || repeats(plain) || known.includes(plain)) {
    return 'That password is easy to guess: choose another, a few words together are good.'
  }
  return null
}
