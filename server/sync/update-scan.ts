import * as decoding from 'lib0/decoding'
import type { Limits } from './limits.ts'

/** Yjs' id of one inserted unit. */
export interface UnitId {
  readonly client: number
  readonly clock: number
}

/** What the gate needs to know of one struct; `dependencies` must be integrated before it can be. */
export interface ScannedStruct {
  readonly clock: number
  readonly length: number
  readonly skip: boolean
  readonly dependencies: readonly UnitId[]
}

export interface ScannedUpdate {
  readonly sections: ReadonlyMap<number, readonly ScannedStruct[]>
  /** Deleted ranges: how far each reaches, exclusive. */
  readonly deletes: readonly UnitId[]
}

export class UpdateRefusal extends Error {
  override readonly name = 'UpdateRefusal'
  readonly reason: 'malformed' | 'too-large'
  constructor(reason: 'malformed' | 'too-large', detail: string) {
    super(detail)
    this.reason = reason
  }
}

const malformed = (detail: string): UpdateRefusal => new UpdateRefusal('malformed', detail)

const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_PARENT_SUB = 0x20
const CONTENT = 0x1f
const SKIP = 10
const nestedTypes = new Set([0, 1, 2]) // array, map, text

const readId = (decoder: decoding.Decoder): UnitId => ({
  client: decoding.readVarUint(decoder),
  clock: decoding.readVarUint(decoder),
})

/** Walks one value of lib0's "any" encoding. */
const skipAny = (decoder: decoding.Decoder, depth: number): void => {
  if (depth < 0) throw malformed('value is nested too deeply')
  const type = decoding.peekUint8(decoder)
  if (type !== 118 && type !== 117) {
    decoding.readAny(decoder)
    return
  }
  decoder.pos++
  const count = decoding.readVarUint(decoder)
  for (let index = 0; index < count; index++) {
    if (type === 118) decoding.readVarString(decoder)
    skipAny(decoder, depth - 1)
  }
}

const checkDepth = (value: unknown, depth: number): void => {
  if (depth < 0) throw malformed('value is nested too deeply')
  if (typeof value !== 'object' || value === null) return
  for (const inner of Object.values(value)) checkDepth(inner, depth - 1)
}

/** The length in clocks of an item's content. */
const scanContent = (decoder: decoding.Decoder, kind: number, limits: Limits): number => {
  switch (kind) {
    case 1: // deleted
      return decoding.readVarUint(decoder)
    case 3: // binary
      decoding.readVarUint8Array(decoder)
      return 1
    case 4: // string
      return decoding.readVarString(decoder).length
    case 5: // embed
      checkDepth(JSON.parse(decoding.readVarString(decoder)), limits.contentDepth)
      return 1
    case 6: // format
      decoding.readVarString(decoder)
      checkDepth(JSON.parse(decoding.readVarString(decoder)), limits.contentDepth)
      return 1
    case 7: // type
      if (!nestedTypes.has(decoding.readVarUint(decoder))) throw malformed('nested type is not allowed')
      return 1
    case 8: {
      const count = decoding.readVarUint(decoder)
      for (let index = 0; index < count; index++) skipAny(decoder, limits.contentDepth)
      return count
    }
    default:
      throw malformed(`content kind ${kind} is not allowed`)
  }
}

/** Boards have these two roots, both maps, and no others. */
const checkRoot = (name: string, hasKey: boolean): void => {
  if ((name !== 'elements' && name !== 'meta') || !hasKey) throw malformed('root is not part of a board')
}

const scanItem = (decoder: decoding.Decoder, clock: number, info: number, limits: Limits): ScannedStruct => {
  const dependencies: UnitId[] = []
  if (info & HAS_ORIGIN) dependencies.push(readId(decoder))
  if (info & HAS_RIGHT_ORIGIN) dependencies.push(readId(decoder))
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
    const root = decoding.readVarUint(decoder) === 1 ? decoding.readVarString(decoder) : null
    if (root === null) dependencies.push(readId(decoder))
    const hasKey = (info & HAS_PARENT_SUB) !== 0
    if (hasKey) decoding.readVarString(decoder)
    if (root !== null) checkRoot(root, hasKey)
  }
  return { clock, length: scanContent(decoder, info & CONTENT, limits), skip: false, dependencies }
}

const none: readonly UnitId[] = []

const scanStruct = (decoder: decoding.Decoder, clock: number, limits: Limits): ScannedStruct => {
  const info = decoding.readUint8(decoder)
  const kind = info & CONTENT
  if (kind === 0) return { clock, length: decoding.readVarUint(decoder), skip: false, dependencies: none }
  if (kind !== SKIP) return scanItem(decoder, clock, info, limits)
  if (info !== SKIP) throw malformed('skip with flags')
  return { clock, length: decoding.readVarUint(decoder), skip: true, dependencies: none }
}

const scanSections = (decoder: decoding.Decoder, limits: Limits): Map<number, ScannedStruct[]> => {
  const sections = new Map<number, ScannedStruct[]>()
  let left = limits.updateStructs
  const count = decoding.readVarUint(decoder)
  for (let section = 0; section < count; section++) {
    const structCount = decoding.readVarUint(decoder)
    left -= structCount
    if (left < 0) throw new UpdateRefusal('too-large', 'too many structs')
    const client = decoding.readVarUint(decoder)
    if (sections.has(client)) throw malformed('client appears twice')
    let clock = decoding.readVarUint(decoder)
    const structs: ScannedStruct[] = []
    for (let index = 0; index < structCount; index++) {
      const struct = scanStruct(decoder, clock, limits)
      if (struct.length === 0) throw malformed('empty struct')
      structs.push(struct)
      clock += struct.length
    }
    sections.set(client, structs)
  }
  return sections
}

const scanDeletes = (decoder: decoding.Decoder, limits: Limits): UnitId[] => {
  const deletes: UnitId[] = []
  const count = decoding.readVarUint(decoder)
  for (let section = 0; section < count; section++) {
    const client = decoding.readVarUint(decoder)
    const rangeCount = decoding.readVarUint(decoder)
    if (deletes.length + rangeCount > limits.updateDeletes) {
      throw new UpdateRefusal('too-large', 'too many delete ranges')
    }
    for (let index = 0; index < rangeCount; index++) {
      const clock = decoding.readVarUint(decoder)
      const length = decoding.readVarUint(decoder)
      if (length === 0) throw malformed('empty delete range')
      deletes.push({ client, clock: clock + length })
    }
  }
  return deletes
}

/**
 * Reads a Yjs v1 update to its last byte without building Yjs structs, with the layout of Yjs' `readClientsStructRefs` and
 * `readDeleteSet` (https://github.com/yjs/yjs/blob/v13.6.33/src/utils/encoding.js). v2 is never read from the network: its
 * run-length encodings let a few bytes claim unbounded work.
 * @throws UpdateRefusal, or lib0's error when the bytes end early
 */
export const scanUpdate = (update: Uint8Array, limits: Limits): ScannedUpdate => {
  const decoder = decoding.createDecoder(update)
  const sections = scanSections(decoder, limits)
  const deletes = scanDeletes(decoder, limits)
  if (decoding.hasContent(decoder)) throw malformed('bytes after the update')
  return { sections, deletes }
}
