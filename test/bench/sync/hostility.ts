import { FrameKind, SyncKind } from '../../../whiteboard/collab/protocol.ts'
import type { Client } from './client.ts'
import { movement } from './mover.ts'

const below = (end: number): number => Math.floor(Math.random() * end)

const randomBytes = (): Uint8Array => Uint8Array.from({ length: 1 + below(200) }, () => below(256))

const update = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.of(FrameKind.sync, SyncKind.update, 0x80 | (bytes.length & 0x7f), bytes.length >> 7, ...bytes)

const flipped = (bytes: Uint8Array): Uint8Array => {
  const copy = bytes.slice()
  const at = below(copy.length)
  copy[at] = (copy[at] ?? 0) ^ (1 << below(8))
  return copy
}

/** Frames that nobody should send. */
const attacks: readonly ((client: number) => Uint8Array)[] = [
  randomBytes,
  () => Uint8Array.of(),
  () => Uint8Array.of(FrameKind.sync, below(256), ...randomBytes()),
  () => update(randomBytes()),
  (client) => update(flipped(movement(client, 2 + below(5)))),
  // What builds on what nobody has, a count of everything, deletions of what is to come, presence that is none.
  (client) => update(movement(client, 1000 + below(1e6))),
  () => Uint8Array.of(FrameKind.sync, SyncKind.update, 9, 255, 255, 255, 255, 255, 255, 255, 127, 0),
  () => update(Uint8Array.of(0, 1, below(128), 1, 100, 100)),
  () => Uint8Array.of(FrameKind.awareness, ...randomBytes()),
  () => Uint8Array.of(FrameKind.saved, 1),
]

/** Sends something that nobody should send. */
export const attack = (client: Client): void => {
  const frame = attacks[below(attacks.length)]?.(client.own?.client ?? 1)
  if (frame) client.sendFrame(frame)
}
