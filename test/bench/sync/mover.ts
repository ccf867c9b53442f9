import * as encoding from 'lib0/encoding'

const Ref = { type: 7, any: 8 } as const
const HAS_ORIGIN = 0x80
const HAS_KEY = 0x20
const MAP = 1

const section = (structs: number, client: number, clock: number): encoding.Encoder => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint(encoder, structs)
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
  return encoder
}

const writeId = (encoder: encoding.Encoder, client: number, clock: number): void => {
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
}

/** One value under a key of the map that is the client's struct 0. */
const writeFirstValue = (encoder: encoding.Encoder, client: number, key: string, value: unknown): void => {
  encoding.writeUint8(encoder, Ref.any | HAS_KEY)
  encoding.writeVarUint(encoder, 0)
  writeId(encoder, client, 0)
  encoding.writeVarString(encoder, key)
  encoding.writeVarUint(encoder, 1)
  encoding.writeAny(encoder, value as never)
}

const finish = (encoder: encoding.Encoder): Uint8Array => {
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

/** The update that creates an element, with the clocks 0 and 1: its map in `elements`, and the map's `base`. */
export const creation = (client: number, id: string): Uint8Array => {
  const encoder = section(2, client, 0)
  encoding.writeUint8(encoder, Ref.type | HAS_KEY)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarString(encoder, 'elements')
  encoding.writeVarString(encoder, id)
  encoding.writeVarUint(encoder, MAP)
  writeFirstValue(encoder, client, 'base', {
    type: 'rectangle',
    order: 'a1',
    position: [0, 0],
    size: [120, 80],
  })
  return finish(encoder)
}

/** The first clock of a move; each takes one. */
export const FIRST_MOVE = 2

/** A value of the element that takes the place of the one before, as Yjs would write it: with the deletion of that. */
const replacement = (client: number, clock: number, key: string, value: unknown): Uint8Array => {
  const encoder = section(1, client, clock)
  if (clock === FIRST_MOVE) {
    writeFirstValue(encoder, client, key, value)
    return finish(encoder)
  }
  encoding.writeUint8(encoder, Ref.any | HAS_ORIGIN | HAS_KEY)
  writeId(encoder, client, clock - 1)
  encoding.writeVarUint(encoder, 1)
  encoding.writeAny(encoder, value as never)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, 1)
  writeId(encoder, clock - 1, 1)
  return encoding.toUint8Array(encoder)
}

/** The update that moves the element. */
export const movement = (client: number, clock: number): Uint8Array =>
  replacement(client, clock, 'position', [(clock * 7) % 4001, (clock * 13) % 2999])

/** The update that writes so many bytes on the element; not to be mixed with movements. */
export const filling = (client: number, clock: number, bytes: number): Uint8Array =>
  replacement(client, clock, 'note', new Uint8Array(bytes).fill(clock))

/** What stands before the number of a state in its JSON. Servers may send another clock than the client's. */
export const STATE_NUMBER = '"number":'

/** An awareness message with one client's cursor. */
export const cursorState = (client: number, clock: number, name: string): Uint8Array => {
  const state = {
    number: clock,
    cursor: { x: (clock * 7) % 1920, y: (clock * 13) % 1080 },
    user: { name, color: '#3366cc' },
  }
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
  encoding.writeVarString(encoder, JSON.stringify(state))
  return encoding.toUint8Array(encoder)
}
