import type { Place, Unit } from './scanned-update.ts'
import type { UpdateReader } from './update-reader.ts'

/** What the first byte of a struct says: which fields follow, and the kind of its content. */
export const HAS_ORIGIN = 0x80
export const HAS_RIGHT_ORIGIN = 0x40
export const HAS_PARENT_KEY = 0x20
export const CONTENT = 0x1f

/** Kinds of content. */
export const GARBAGE = 0
export const DELETED = 1
export const SHARED_TYPE = 7
/** Plain values. */
export const ANY = 8
export const SKIP = 10

export const readUnit = (reader: UpdateReader): Unit => ({
  client: reader.unsigned(),
  unit: reader.unsigned(),
})

/** The unit that is named there in the bytes; the reader stays where it is. */
export const unitAt = (reader: UpdateReader, from: number): Unit => {
  const back = reader.position
  reader.position = from
  const unit = readUnit(reader)
  reader.position = back
  return unit
}

/** Where an item goes. @param from where in the bytes it says so; the reader stays where it is */
export const placeAt = (reader: UpdateReader, from: number, info: number): Place => {
  if (info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) return unitAt(reader, from)
  const back = reader.position
  reader.position = from
  const isRoot = reader.unsigned() === 1
  const parent = isRoot ? reader.readText() : readUnit(reader)
  const key = info & HAS_PARENT_KEY ? reader.readText() : null
  reader.position = back
  return { parent, key }
}
