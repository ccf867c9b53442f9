import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SyncKind } from '../../whiteboard/collab/protocol.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { MemoryRoomStorage } from '../support/memory-room-storage.ts'
import { type FrameOptions, Opcode, openRaw, type RawSocket, rawFrame } from '../support/raw-socket.ts'
import { join, presenceFrame, syncFrame } from '../support/ws-client.ts'
import { startSyncServer, type TestSyncOptions, type TestSyncServer } from '../support/ws-server.ts'

const KiB = 1024
const MiB = 1024 * KiB

let server: TestSyncServer
let clock: ManualClock

const restart = async (options: Partial<TestSyncOptions> = {}): Promise<void> => {
  await server?.stop()
  server = await startSyncServer({ storage: new MemoryRoomStorage(), ...options })
}

beforeEach(() => {
  clock = createManualClock()
  return restart()
})
afterEach(() => server.stop())

/** What the server sees of others' presence must still work afterwards. */
const othersGoOn = async (): Promise<void> => {
  const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
  ada.elements.set('still-here', 1)
  await ben.untilHas('still-here')
}

/** Ends our half as well, since some tests do not answer the server's close frame. */
const endOf = async (raw: RawSocket): Promise<number | null> => {
  if (!raw.received.has(Opcode.close)) await raw.next(Opcode.close)
  raw.socket.end()
  return raw.closed
}

describe('WS13: the size that a header announces', () => {
  it('S34: is taken up to the limit and closes with 1009 above it, before there is any of it', async () => {
    await restart({ limits: { editorFrame: 1000 } })
    const fitting = await openRaw(server)
    await fitting.write(rawFrame(presenceFrame(7, 1, { pad: 'x'.repeat(900) })))
    await fitting.write(rawFrame(Uint8Array.of(3)))
    await fitting.next(Opcode.binary)
    for (const announced of [1001n, 2n ** 31n, 2n ** 62n, 2n ** 63n]) {
      const raw = await openRaw(server)
      await raw.write(rawFrame(new Uint8Array(), { announced }))
      expect([announced, await endOf(raw)]).toEqual([announced, 1009])
    }
    fitting.socket.destroy()
    await othersGoOn()
  })

  it('S34: counts all fragments of a message together', async () => {
    await restart({ limits: { editorFrame: 1000 } })
    const raw = await openRaw(server)
    await raw.write(rawFrame(new Uint8Array(600), { final: false }))
    await raw.write(rawFrame(new Uint8Array(600), { opcode: Opcode.continuation }))
    expect(await endOf(raw)).toBe(1009)
  })

  it('S34: is lower for viewers', async () => {
    await restart({ limits: { viewerFrame: 100 } })
    const eve = await join(server, { personId: 'eve', role: 'viewer' })
    eve.send(new Uint8Array(101))
    expect(await eve.closed).toMatchObject({ code: 1009 })
  })
})

describe('WS14: frames that RFC 6455 forbids', () => {
  const closeBody = (code: number): Buffer => {
    const body = Buffer.alloc(2)
    body.writeUInt16BE(code)
    return body
  }
  const cases: [string, number, Uint8Array, FrameOptions][] = [
    ['no mask', 1002, Uint8Array.of(3), { masked: false }],
    ['the bit of compression, WS16', 1002, Uint8Array.of(3), { reserved: 4 }],
    ['the second reserved bit', 1002, Uint8Array.of(3), { reserved: 2 }],
    ['the third reserved bit', 1002, Uint8Array.of(3), { reserved: 1 }],
    ['an unknown opcode', 1002, Uint8Array.of(3), { opcode: 3 }],
    ['a ping in fragments', 1002, Uint8Array.of(1), { opcode: Opcode.ping, final: false }],
    ['a ping of 126 bytes', 1002, new Uint8Array(126), { opcode: Opcode.ping }],
    ['a continuation of nothing', 1002, Uint8Array.of(3), { opcode: Opcode.continuation }],
    ['a close frame with 1005', 1002, closeBody(1005), { opcode: Opcode.close }],
    ['a close frame with one byte', 1002, Uint8Array.of(3), { opcode: Opcode.close }],
    ['a text that is no UTF-8', 1007, Uint8Array.of(0xc3, 0x28), { opcode: Opcode.text }],
  ]
  it.each(cases)('S72: %s closes with %i, and the others go on', async (_, code, payload, options) => {
    const raw = await openRaw(server)
    await raw.write(rawFrame(payload, options))
    expect(await endOf(raw)).toBe(code)
    await othersGoOn()
  })
})

describe('WS15: messages in many pieces', () => {
  it.each([0, 1])('S73: more fragments than the limit, of %i bytes each, close with 1008', async (size) => {
    const raw = await openRaw(server)
    const piece = rawFrame(new Uint8Array(size), { opcode: Opcode.continuation, final: false })
    await raw.write(rawFrame(Uint8Array.of(3), { final: false }))
    await raw.write(Buffer.concat(Array.from({ length: 1100 }, () => piece)))
    expect(await endOf(raw)).toBe(1008)
  })

  it('S73: a message in fragments such as browsers send is taken', async () => {
    const ada = await join(server)
    const doc = (await join(server, { personId: 'ben' })).doc
    doc.getMap('elements').set('large', 'x'.repeat(MiB))
    const { encodeStateAsUpdate } = await import('yjs')
    const frame = syncFrame(SyncKind.update, encodeStateAsUpdate(doc))
    const raw = await openRaw(server, { personId: 'ben' })
    for (let at = 0; at < frame.length; at += 16 * KiB) {
      const final = at + 16 * KiB >= frame.length
      const opcode = at === 0 ? Opcode.binary : Opcode.continuation
      await raw.write(rawFrame(frame.subarray(at, at + 16 * KiB), { opcode, final }))
    }
    await ada.untilHas('large')
    raw.socket.destroy()
  })

  it.each(['nothing more', 'one more byte at each beat'])(
    'S74: a message that stays unfinished, with %s, closes with 4529, and pings do not help it',
    async (then) => {
      await restart({ clock })
      const raw = await openRaw(server)
      const answered = async (): Promise<void> => {
        await raw.write(rawFrame(new Uint8Array(), { opcode: Opcode.ping }))
        await raw.next(Opcode.pong)
      }
      await raw.write(rawFrame(Uint8Array.of(0), { final: false }))
      for (let beat = 0; beat < 3; beat++) {
        if (then !== 'nothing more') {
          await raw.write(rawFrame(Uint8Array.of(0), { opcode: Opcode.continuation, final: false }))
        }
        await answered()
        clock.advance(15_000)
        if (beat < 2) await answered()
      }
      expect(await endOf(raw)).toBe(4529)
    },
  )

  it('S74: a large message over a slow line is waited for, though no ping can be answered in the midst of it', async () => {
    await restart({ clock })
    const ada = await join(server)
    const ben = await join(server, { personId: 'ben' })
    ben.doc.getMap('elements').set('large', 'x'.repeat(MiB))
    const { encodeStateAsUpdate } = await import('yjs')
    const frame = rawFrame(syncFrame(SyncKind.update, encodeStateAsUpdate(ben.doc)))
    await ada.untilHas('large')
    const raw = await openRaw(server, { personId: 'ben' })
    const step = 200 * KiB
    for (let at = 0; at < frame.length; at += step) {
      const before = server.bytesRead()
      await raw.write(frame.subarray(at, at + step))
      await server.untilRead(before + Math.min(step, frame.length - at))
      clock.advance(15_000)
      // The others answer the ping of each beat.
      await Promise.all([ada.settled(), ben.settled()])
    }
    await raw.write(rawFrame(Uint8Array.of(3)))
    await raw.next(Opcode.binary)
    expect(raw.socket.destroyed).toBe(false)
    raw.socket.destroy()
  })

  it('S73: a message that comes byte by byte closes with 1008 when it is in too many pieces', async () => {
    await restart({ limits: { chunks: 50 } })
    const raw = await openRaw(server)
    raw.socket.setNoDelay(true)
    await raw.write(rawFrame(new Uint8Array(), { announced: BigInt(MiB) }))
    for (let piece = 0; piece < 60 && !raw.received.has(Opcode.close); piece++) {
      const before = server.bytesRead()
      await raw.write(Uint8Array.of(0))
      // Each piece alone, or the system would join them.
      await Promise.race([server.untilRead(before + 1), raw.next(Opcode.close)])
    }
    expect(await endOf(raw)).toBe(1008)
    await othersGoOn()
  })
})

describe('S78: a connection that was ended', () => {
  it('is cut when its other side does not answer the close frame', async () => {
    await restart({ limits: { farewell: 50 } })
    const raw = await openRaw(server)
    await raw.write(rawFrame(Buffer.from('text'), { opcode: Opcode.text }))
    await raw.next(Opcode.close)
    expect(await raw.closed).toBe(4400)
  })
})

describe('WS17: pings', () => {
  it('S75: far more than a hundred a second close with 4529', async () => {
    await restart({ clock })
    const raw = await openRaw(server)
    const pings = Buffer.concat(
      Array.from({ length: 25 }, () => rawFrame(undefined, { opcode: Opcode.ping })),
    )
    while (!raw.socket.destroyed && !raw.received.has(Opcode.close)) {
      await raw.write(pings)
      await raw.next(Opcode.pong)
    }
    expect(raw.received.get(Opcode.pong)).toBeGreaterThanOrEqual(500)
    expect(await endOf(raw)).toBe(4529)
    await othersGoOn()
  })

  it('S75: without reading the answers end the connection', async () => {
    await restart({ limits: { controlsBurst: Number.MAX_SAFE_INTEGER } })
    const raw = await openRaw(server)
    raw.socket.pause()
    const before = process.memoryUsage().rss
    const pings = Buffer.concat(
      Array.from({ length: 5000 }, () => rawFrame(new Uint8Array(125), { opcode: Opcode.ping })),
    )
    const ended = new Promise<void>((resolve) => raw.socket.once('error', () => resolve()))
    const flood = async (): Promise<void> => {
      for (let round = 0; round < 100 && !raw.socket.destroyed; round++) await raw.write(pings)
    }
    await Promise.race([ended, flood()])
    expect(server.sync.stats().connections).toBe(0)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MiB)
    raw.socket.destroy()
  })

  it('S70: unanswered for a beat end the connection', async () => {
    await restart({ clock })
    const raw = await openRaw(server)
    clock.advance(15_000)
    await raw.next(Opcode.ping)
    expect(server.sync.stats().connections).toBe(1)
    clock.advance(15_000)
    expect(server.sync.stats().connections).toBe(0)
    expect(await raw.closed).toBeNull()
  })
})

describe('WS20: frames without sense', () => {
  it.each([
    ['a text', Opcode.text, Buffer.from('hello')],
    ['no bytes', Opcode.binary, Buffer.alloc(0)],
  ])('S30: %s: 4400', async (_, opcode, payload) => {
    const raw = await openRaw(server)
    await raw.write(rawFrame(payload, { opcode }))
    expect(await endOf(raw)).toBe(4400)
  })
})
