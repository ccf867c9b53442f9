import { randomBytes } from 'node:crypto'

/** A new id for a row or a session: 120 random bits as 20 characters that need no escaping in an address. */
export const newId = (): string => randomBytes(15).toString('base64url')

/**
 * Whether a text from outside could be the id of a row. The database is not asked about others: PostgreSQL refuses texts with
 * a NUL character.
 */
export const couldBeId = (text: string): boolean => /^[\w-]{1,64}$/.test(text)
