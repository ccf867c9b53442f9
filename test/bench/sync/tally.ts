import * as decoding from 'lib0/decoding'
import { parseUpdateMeta } from 'yjs'
import { Histogram } from './histogram.ts'
import { STATE_NUMBER } from './mover.ts'

/** Somebody who sends, under one client id, and when each of their clocks was sent. */
export interface Sender {
  readonly client: number
  /** Their place in the `seen` of those who receive. */
  readonly slot: number
  /** Those who are to receive it. */
  readonly receivers: number
  readonly sentAt: number[]
}

/** Somebody who receives: up to which clock they have heard of each sender of their room, by its slot. */
export interface Receiver {
  readonly own: Sender | null
  readonly seen: Int32Array
  /** Where the next message is likely to be among those remembered. */
  recent: number
}

interface Range {
  readonly sender: Sender
  readonly from: number
  readonly to: number
}

/** Messages that are remembered with what is in them: one that goes to hundreds is decoded once. */
const REMEMBERED = 32

/** Counts what arrives. A message that holds several updates counts as several; what comes twice counts once. */
export class Tally {
  readonly latency = new Histogram()
  /** Deliveries since ever. */
  arrived = 0
  /** Deliveries of what was sent within the window, had and hoped for. */
  private expectedInWindow = 0
  private from = Number.POSITIVE_INFINITY
  private to = Number.POSITIVE_INFINITY
  private readonly senders = new Map<number, Sender>()
  private readonly remembered: { readonly payload: Buffer; readonly ranges: readonly Range[] }[] = []
  private oldest = 0

  get expected(): number {
    return this.expectedInWindow
  }

  addSender(sender: Sender): void {
    this.senders.set(sender.client, sender)
  }

  /** What is sent from now on, for so many milliseconds, is looked at. */
  open(milliseconds: number): void {
    this.latency.clear()
    this.expectedInWindow = 0
    this.from = performance.now()
    this.to = this.from + milliseconds
  }

  sent(sender: Sender, clock: number, now: number): void {
    sender.sentAt[clock] = now
    if (now >= this.from && now < this.to) this.expectedInWindow += sender.receivers
  }

  /** `body` is where the length of the Yjs update stands in the message. */
  takeUpdate(receiver: Receiver, message: Buffer, body: number): void {
    const now = performance.now()
    for (const { sender, from, to } of this.rangesIn(receiver, message, body)) {
      if (sender === receiver.own) continue
      const seen = receiver.seen[sender.slot] ?? 0
      if (to <= seen) continue
      receiver.seen[sender.slot] = to
      this.arrived += to - Math.max(from, seen)
      this.measure(sender, Math.max(from, seen), to, now)
    }
  }

  /** States that a newer one took the place of are measured, as what they said was told with it, but not counted. */
  takePresence(receiver: Receiver, message: Buffer, body: number): void {
    const now = performance.now()
    const payload = message.subarray(body)
    const decoder = decoding.createDecoder(payload)
    decoding.readVarUint(decoder)
    for (let count = decoding.readVarUint(decoder); count > 0; count--) {
      const sender = this.senders.get(decoding.readVarUint(decoder))
      decoding.readVarUint(decoder)
      const length = decoding.readVarUint(decoder)
      const state = payload.subarray(decoder.pos, decoder.pos + length)
      decoder.pos += length
      if (!sender || sender === receiver.own) continue
      const at = state.indexOf(STATE_NUMBER)
      if (at < 0) continue
      const clock = Number.parseInt(state.toString('latin1', at + STATE_NUMBER.length), 10)
      const seen = receiver.seen[sender.slot] ?? 0
      if (clock < seen) continue
      receiver.seen[sender.slot] = clock + 1
      this.arrived++
      this.measure(sender, seen, clock + 1, now)
    }
  }

  private measure(sender: Sender, from: number, to: number, now: number): void {
    for (let clock = from; clock < to; clock++) {
      const sentAt = sender.sentAt[clock]
      if (sentAt !== undefined && sentAt >= this.from && sentAt < this.to) this.latency.add(now - sentAt)
    }
  }

  private rangesIn(receiver: Receiver, message: Buffer, body: number): readonly Range[] {
    for (let tried = 0; tried < this.remembered.length; tried++) {
      const index = (receiver.recent + tried) % REMEMBERED
      const known = this.remembered[index]
      if (known && known.payload.length === message.length && known.payload.equals(message)) {
        receiver.recent = (index + 1) % REMEMBERED
        return known.ranges
      }
    }
    const ranges = this.decode(message, body)
    this.remembered[this.oldest] = { payload: Buffer.from(message), ranges }
    this.oldest = (this.oldest + 1) % REMEMBERED
    receiver.recent = this.oldest
    return ranges
  }

  private decode(message: Buffer, body: number): Range[] {
    const decoder = decoding.createDecoder(message.subarray(body))
    const { from, to } = parseUpdateMeta(decoding.readVarUint8Array(decoder))
    return [...to].flatMap(([client, end]) => {
      const sender = this.senders.get(client)
      return sender ? [{ sender, from: from.get(client) ?? 0, to: end }] : []
    })
  }
}
