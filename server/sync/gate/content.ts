import type { UpdateReader } from './update-reader.ts'
import { UpdateRefusal } from './update-refusal.ts'

const malformed = (detail: string): UpdateRefusal => new UpdateRefusal('malformed', detail)

/** Array, map and text; what comes after them is XML. */
const LAST_NESTED_TYPE = 2

const checkDepth = (value: unknown, depth: number): void => {
  if (depth < 0) throw malformed('value is nested too deeply')
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) checkDepth(inner, depth - 1)
}

const readJson = (reader: UpdateReader, depth: number): void =>
  checkDepth(JSON.parse(reader.readText()), depth)

/**
 * Reads an item's content; its length in clocks.
 *
 * @param depth how many levels a value may have
 * @throws UpdateRefusal for what boards do not hold, or what a decoder of text or JSON throws
 */
export const readContent = (reader: UpdateReader, kind: number, depth: number): number => {
  switch (kind) {
    case 1: // deleted
      return reader.unsigned()
    case 3: // bytes
      reader.skipBytes()
      return 1
    case 4: // text
      return reader.text()
    case 5: // embedded
      readJson(reader, depth)
      return 1
    case 6: // format
      reader.text()
      readJson(reader, depth)
      return 1
    case 7: // shared type
      if (reader.unsigned() > LAST_NESTED_TYPE) throw malformed('nested type is not allowed')
      return 1
    case 8: {
      const count = reader.unsigned()
      for (let index = 0; index < count; index++) reader.value(depth)
      return count
    }
    default:
      throw malformed(`content kind ${kind} is not allowed`)
  }
}
