import * as encoding from 'lib0/encoding'

/** A struct as no honest client would send it. */
export type CraftedStruct =
  | { readonly type: 'garbage'; readonly length: number }
  | { readonly type: 'skip'; readonly length: number }
  /** Sets a key of the elements to 1. */
  | { readonly type: 'item'; readonly key: string }
  /** Text to the right of a unit. */
  | { readonly type: 'text'; readonly text: string; readonly after: Unit }
  | CraftedItem

type Unit = readonly [client: number, clock: number]

/** Any item, in the terms of the format. */
export interface CraftedItem {
  readonly type: 'any'
  readonly origin: Unit | null
  readonly rightOrigin: Unit | null
  /** Written only where there is no origin of either kind. */
  readonly parent: Unit | string
  readonly key: string | null
  readonly content: number
  /** How the content is written behind that. */
  readonly bytes: Uint8Array
}

/**
 * Letters that all stand behind one of a text's, each before another of them: Yjs goes through all that are there already to
 * place the next. The text is another client's, whose letters have the clocks from `first` on.
 */
export const crowdedLetters = (
  client: number,
  text: { readonly client: number; readonly first: number },
  count: number,
): CraftedSection => ({
  client,
  clock: 0,
  structs: Array.from({ length: count }, (_, index) => ({
    type: 'any',
    origin: [text.client, text.first],
    rightOrigin: [text.client, text.first + 5 + index],
    parent: '',
    key: null,
    content: 4,
    bytes: Uint8Array.of(1, 97),
  })),
})

export interface CraftedSection {
  readonly client: number
  readonly clock: number
  readonly structs: readonly CraftedStruct[]
}

export interface CraftedUpdate {
  readonly sections?: readonly CraftedSection[]
  readonly deletes?: readonly (readonly [client: number, clock: number, length: number])[]
}

const SET_IN_ROOT = 0x28
const TEXT_AFTER = 0x84
const ANY_INTEGER = 125

const writeUnit = (encoder: encoding.Encoder, unit: Unit): void => {
  for (const number of unit) encoding.writeVarUint(encoder, number)
}

const writeAny = (encoder: encoding.Encoder, item: CraftedItem): void => {
  const { origin, rightOrigin, parent, key, content, bytes } = item
  const flags = (origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | (key === null ? 0 : 0x20)
  encoding.writeUint8(encoder, flags | content)
  if (origin) writeUnit(encoder, origin)
  if (rightOrigin) writeUnit(encoder, rightOrigin)
  if (!origin && !rightOrigin) {
    encoding.writeVarUint(encoder, typeof parent === 'string' ? 1 : 0)
    if (typeof parent === 'string') encoding.writeVarString(encoder, parent)
    else writeUnit(encoder, parent)
    if (key !== null) encoding.writeVarString(encoder, key)
  }
  encoding.writeUint8Array(encoder, bytes)
}

const writeStruct = (encoder: encoding.Encoder, struct: CraftedStruct): void => {
  if (struct.type === 'garbage' || struct.type === 'skip') {
    encoding.writeUint8(encoder, struct.type === 'skip' ? 10 : 0)
    encoding.writeVarUint(encoder, struct.length)
  } else if (struct.type === 'item') {
    encoding.writeUint8(encoder, SET_IN_ROOT)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, 'elements')
    encoding.writeVarString(encoder, struct.key)
    encoding.writeVarUint(encoder, 1)
    encoding.writeUint8(encoder, ANY_INTEGER)
    encoding.writeVarInt(encoder, 1)
  } else if (struct.type === 'any') {
    writeAny(encoder, struct)
  } else {
    encoding.writeUint8(encoder, TEXT_AFTER)
    writeUnit(encoder, struct.after)
    encoding.writeVarString(encoder, struct.text)
  }
}

/** An update (v1) byte by byte: what Yjs would never write. */
export const craftUpdate = ({ sections = [], deletes = [] }: CraftedUpdate): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, sections.length)
    for (const { client, clock, structs } of sections) {
      encoding.writeVarUint(encoder, structs.length)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      for (const struct of structs) writeStruct(encoder, struct)
    }
    encoding.writeVarUint(encoder, deletes.length)
    for (const [client, clock, length] of deletes) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarUint(encoder, length)
    }
  })
