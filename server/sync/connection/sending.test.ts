import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { withDefaults } from '../limits.ts'
import { SyncMetrics } from '../metrics.ts'
import { Sending } from './sending.ts'

const limits = withDefaults()
const MiB = 1024 ** 2
const answer = Buffer.alloc(2 * MiB)

/** A socket that takes nothing until `drain` is called. */
const stalled = () => {
  const drains: (() => void)[] = []
  const stream = {
    writableLength: 0,
    write: (message: Buffer) => {
      stream.writableLength += message.length
      return false
    },
    once: (_: string, drained: () => void) => {
      drains.push(drained)
      return stream
    },
  }
  const caughtUp: (Uint8Array | null)[] = []
  let now = 0
  const clock = { now: () => now, after: () => () => {} }
  const socket = { readyState: WebSocket.OPEN } as WebSocket
  const sending = new Sending(
    socket,
    stream as never,
    { limits, metrics: new SyncMetrics(), clock },
    {
      position: () => Uint8Array.of(1),
      caughtUp: (stateVector) => void caughtUp.push(stateVector),
      overflowed: () => {},
    },
  )
  const drain = (): void => {
    stream.writableLength = 0
    for (const drained of drains.splice(0)) drained()
  }
  const beat = (at: number): string => {
    now = at
    return sending.beat(at)
  }
  return { sending, stream, caughtUp, drain, beat }
}

it('LD4 S47 who asks again and again without reading piles nothing up, and is ended', () => {
  const { sending, stream, caughtUp, drain, beat } = stalled()
  for (let count = 0; count < 600; count++) sending.answer([answer], Uint8Array.of(0))
  expect(stream.writableLength).toBe(answer.length)
  expect([15_000, 29_000, 31_000].map(beat)).toEqual(['idle', 'idle', 'stuck'])
  drain()
  expect(caughtUp).toEqual([Uint8Array.of(0)])
})

it('S47 who has taken an answer gets the next at once', () => {
  const { sending, stream, caughtUp, drain } = stalled()
  sending.answer([answer], Uint8Array.of(0))
  drain()
  sending.answer([answer], Uint8Array.of(0))
  expect(stream.writableLength).toBe(answer.length)
  expect(caughtUp).toEqual([])
})

it('S47 small answers wait for nothing', () => {
  const { sending, stream, caughtUp } = stalled()
  for (let count = 0; count < 10; count++) sending.answer([answer.subarray(0, 1000)], Uint8Array.of(0))
  expect(stream.writableLength).toBe(10_000)
  expect(caughtUp).toEqual([])
})
