import { afterEach, describe, expect, test, vi } from 'vitest'
import { requestTicket } from './ticket.ts'

const answering = (status: number, body: unknown) =>
  vi.stubGlobal('fetch', async () => Response.json(body, { status }))

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('asking for a ticket', () => {
  test('hands on what was granted', async () => {
    const grant = { ticket: 't', url: 'ws://localhost/sync/b', role: 'editor' }
    answering(200, grant)
    expect(await requestTicket('b')).toEqual({ type: 'granted', grant })
  })

  test.each([
    [401, 'signed-out', 'signed-out'],
    [403, 'not-allowed', 'access-removed'],
    [404, 'not-found', 'board-gone'],
    [404, 'link-dead', 'access-removed'],
  ])('ends for good at %i %s', async (status, code, reason) => {
    answering(status, { error: { code, message: 'No.' } })
    expect(await requestTicket('b')).toEqual({ type: 'refused', reason })
  })

  test.each([
    [429, { cause: 'too-fast' }],
    [500, {}],
    [503, { cause: 'overloaded' }],
  ])('WS11: is worth another try at %i', async (status, why) => {
    answering(status, { error: { code: 'unavailable', message: 'Later.' } })
    expect(await requestTicket('b')).toEqual({ type: 'unreachable', ...why })
  })

  test('is worth another try without a network', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch')
    })
    expect(await requestTicket('b')).toEqual({ type: 'unreachable' })
  })
})
