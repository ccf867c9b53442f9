import * as encoding from 'lib0/encoding'

/** A struct as no honest client would send it. */
export type CraftedStruct =
  | { readonly type: 'garbage'; readonly length: number }
  | { readonly type: 'skip'; readonly length: number }
  /** Sets a key of the elements to 1. */
  | { readonly type: 'item'; readonly key: string }
  /** Text to the right of a unit. */
  | { readonly type: 'text'; readonly text: string; readonly after: readonly [client: number, clock: number] }

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
  } else {
    encoding.writeUint8(encoder, TEXT_AFTER)
    for (const number of struct.after) encoding.writeVarUint(encoder, number)
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
