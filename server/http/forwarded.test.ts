import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { isOwnOrigin, settleForwarded } from './forwarded.ts'

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

describe('isOwnOrigin', () => {
  const asks = (origin: string, settings: Parameters<typeof isOwnOrigin>[1]) => {
    const asked = request({ host: 'draw:3000', origin })
    settleForwarded(asked, settings)
    return isOwnOrigin(asked, settings)
  }

  it('without PUBLIC_URL takes pages of the host that was asked', () => {
    expect(asks('http://draw:3000', direct)).toBe(true)
    expect(asks('https://draw:3000', direct)).toBe(true)
    expect(asks('http://draw:3001', direct)).toBe(false)
    expect(asks('http://evil.example', direct)).toBe(false)
    expect(asks('null', direct)).toBe(false)
    expect(asks('', direct)).toBe(false)
  })

  it('with PUBLIC_URL takes only that origin', () => {
    const settings = { trustProxy: false, publicUrl: 'https://draw.example.org' }
    expect(asks('https://draw.example.org', settings)).toBe(true)
    expect(asks('http://draw.example.org', settings)).toBe(false)
    expect(asks('http://draw:3000', settings)).toBe(false)
  })
})
