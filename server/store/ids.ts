import { randomBytes } from 'node:crypto'

/** A new id for a row: 120 random bits as 20 characters that need no escaping in an address. */
export const newId = (): string => randomBytes(15).toString('base64url')
