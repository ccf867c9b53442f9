import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { WebsocketProvider } from 'y-websocket'
import { applyParts, isLarge } from '../model/updates/apply-parts.ts'
import type { Intake } from './intake.ts'
import { SyncKind } from './protocol.ts'

type FrameHandler = WebsocketProvider['messageHandlers'][number]

export interface IncomingOptions {
  readonly provider: WebsocketProvider
  readonly intake: Intake
  /** Runs what it is given without anybody hearing of the document's updates. */
  readonly quietly: (work: () => void) => void
  /** An update came. It is not in the document yet. */
  readonly received: () => void
  /** An update that was applied in slices is in the document now; nobody else heard of it. */
  readonly applied: (update: Uint8Array) => void
}

/** What a sync frame holds, without taking it from the decoder; null for what is no update. */
const peekUpdate = (decoder: decoding.Decoder): { kind: number; update: Uint8Array } | null => {
  const frame = decoding.clone(decoder)
  const kind = decoding.readVarUint(frame)
  return kind === SyncKind.step1 ? null : { kind, update: decoding.readVarUint8Array(frame) }
}

/**
 * Handles sync frames as y-websocket does, one after the other: large updates in slices, during which what comes after
 * waits. What comes over a connection is good after its end, too; only answers are not given any more.
 *
 * @param handle y-websocket's own handling
 */
export const handleSyncFrames = (
  handle: FrameHandler,
  { provider, intake, quietly, received, applied }: IncomingOptions,
): FrameHandler => {
  const applyLarge = (update: Uint8Array): void => {
    const options = { origin: provider, around: quietly }
    void intake.slice(() => applyParts(provider.doc, [update], options))
    intake.run(() => applied(update))
  }

  return (encoder, decoder, _provider, emitSynced, kind) => {
    const socket = provider.ws
    const isCurrent = (): boolean => provider.ws === socket
    const content = peekUpdate(decoder)
    if (content) received()
    if (content && isLarge([content.update])) {
      applyLarge(content.update)
      intake.run(() => {
        if (content.kind === SyncKind.step2 && isCurrent()) provider.synced = true
      })
      return
    }
    let answer = encoder
    intake.run(() => {
      handle(answer, decoder, provider, emitSynced && isCurrent(), kind)
      if (answer === encoder || encoding.length(answer) < 2 || !isCurrent()) return
      socket?.send(encoding.toUint8Array(answer) as Uint8Array<ArrayBuffer>)
    })
    // y-websocket sends what is in `encoder` when this returns.
    answer = encoding.createEncoder()
  }
}
