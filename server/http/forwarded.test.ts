import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { clientAddress, isOwnOrigin, settleForwarded } from './forwarded.ts'

const request = (headers: IncomingMessage['headers'], remoteAddress = '10.0.0.9') =>
  ({ headers, socket: { remoteAddress } }) as IncomingMessage

const direct = { trustProxy: false, publicUrl: null }

describe('settleForwarded', () => {
  it('replaces what a client claims about itself', () => {
    const asked = request({
      host: 'draw:3000',
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'for=1.2.3.4',
    })
    settleForwarded(asked, direct)
    expect(asked.headers).toEqual({
      host: 'draw:3000',
      'x-forwarded-for': '10.0.0.9',
      'x-forwarded-host': 'draw:3000',
      'x-forwarded-proto': 'http',
    })
  })

  it('keeps what a trusted proxy says and fills in what it does not', () => {
    const asked = request({ host: 'inside:3000', 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https' })
    settleForwarded(asked, { trustProxy: true, publicUrl: null })
    expect(asked.headers).toMatchObject({
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-host': 'inside:3000',
      'x-forwarded-proto': 'https',
    })
  })
})

describe('clientAddress', () => {
  const addressOf = (trustProxy: boolean, claimed?: string): string => {
    const asked = request({ host: 'draw', ...(claimed ? { 'x-forwarded-for': claimed } : {}) })
    settleForwarded(asked, { trustProxy, publicUrl: null })
    return clientAddress(asked)
  }

  it('WS19: is that of the connection, whatever a client claims', () => {
    expect(addressOf(false)).toBe('10.0.0.9')
    expect(addressOf(false, '1.2.3.4')).toBe('10.0.0.9')
  })

  it('WS19: is what a trusted proxy saw, not what its client claimed before', () => {
    expect(addressOf(true, '6.6.6.6, 1.2.3.4')).toBe('1.2.3.4')
    expect(addressOf(true)).toBe('10.0.0.9')
  })
})

describe('isOwnOrigin', () => {
  const asks = (origin: string, settings: Parameters<typeof isOwnOrigin>[1]) => {
    const asked = request({ host: 'draw:3000', origin })
    settleForwarded(asked, settings)
    return isOwnOrigin(asked, settings)
  }

  it('WS1: compares hosts without regard to case, and takes only one origin', () => {
    expect(asks('HTTP://DRAW:3000', direct)).toBe(true)
    expect(asks('http://draw:3000, http://draw:3000', direct)).toBe(false)
    const shouted = request({ host: 'DRAW:3000', origin: 'http://draw:3000' })
    settleForwarded(shouted, direct)
    expect(isOwnOrigin(shouted, direct)).toBe(true)
  })

  it('WS1: without PUBLIC_URL takes pages of the host that was asked', () => {
    expect(asks('http://draw:3000', direct)).toBe(true)
    expect(asks('https://draw:3000', direct)).toBe(true)
    expect(asks('http://draw:3001', direct)).toBe(false)
    expect(asks('http://evil.example', direct)).toBe(false)
    expect(asks('null', direct)).toBe(false)
    expect(asks('', direct)).toBe(false)
  })

  it('WS1: takes nothing that says more than an origin', () => {
    for (const more of [
      'http://evil@draw:3000',
      'http://draw:3000/board',
      'http://draw:3000?a',
      'http://draw:3000#a',
    ])
      expect(asks(more, direct)).toBe(false)
  })

  it('WS1: with PUBLIC_URL takes only that origin', () => {
    const settings = { trustProxy: false, publicUrl: 'https://draw.example.org' }
    expect(asks('https://draw.example.org', settings)).toBe(true)
    expect(asks('http://draw.example.org', settings)).toBe(false)
    expect(asks('http://draw:3000', settings)).toBe(false)
  })
})
