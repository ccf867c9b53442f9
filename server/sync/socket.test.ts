import { expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { safeClose } from './socket.ts'

/** Refuses what `ws` refuses. */
const fakeSocket = () => {
  const closed: [number, string][] = []
  const close = (code: number, reason: string): void => {
    if (code < 1000 || (code > 1014 && code < 3000) || code > 4999 || [1004, 1005, 1006].includes(code)) {
      throw new TypeError('First argument must be a valid error code number')
    }
    if (Buffer.byteLength(reason) > 123)
      throw new RangeError('The message must not be greater than 123 bytes')
    closed.push([code, reason])
  }
  return { closed, socket: { close, terminate: () => closed.push([1006, '']) } as unknown as WebSocket }
}

it.each([400, 1005, 1006, 5000, Number.NaN])('code %d, which no endpoint may send, becomes 1011', (code) => {
  const { socket, closed } = fakeSocket()
  safeClose(socket, code)
  expect(closed).toEqual([[1011, '']])
})

it.each([1000, 1013, 4403])('code %d is sent', (code) => {
  const { socket, closed } = fakeSocket()
  safeClose(socket, code, 'why')
  expect(closed).toEqual([[code, 'why']])
})

it('a long reason is cut between characters', () => {
  const { socket, closed } = fakeSocket()
  safeClose(socket, 4403, `x${'é'.repeat(100)}`)
  const reason = closed[0]?.[1] ?? ''
  expect(reason).toMatch(/^xé+$/)
  expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123)
  expect(reason.length).toBeGreaterThan(55)
})
