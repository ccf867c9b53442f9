import type { ElementId, GroupId } from './element.ts'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 12

/** The longest id that is read from a document; longer ones are passed over. */
export const MAX_ID_LENGTH = 128

/**
 * 12 random characters of base 62: 71 bits, so that a billion elements on one board meet with a chance below 1 in 4,000.
 * Bytes of 248 and more are thrown away, so that every character is equally likely.
 */
const randomId = (): string => {
  let id = ''
  while (id.length < ID_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(2 * ID_LENGTH))) {
      if (byte < 248 && id.length < ID_LENGTH) id += ALPHABET[byte % 62]
    }
  }
  return id
}

export const createElementId = (): ElementId => randomId() as ElementId

export const createGroupId = (): GroupId => randomId() as GroupId

/** Whether a key of a document or a file can serve as an id. Any characters do: ids are only ever keys of a `Map`. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_ID_LENGTH
