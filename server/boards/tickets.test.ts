import { generateKeyPairSync } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import { encode } from 'next-auth/jwt'
import { beforeEach, describe, expect, it } from 'vitest'
import { keyFor } from './keys.ts'
import { createTicketLedger } from './ticket-ledger.ts'
import { createTicketIssuer, TICKET_LIFETIME, type TicketIssuer } from './tickets.ts'

const SECRET = 'a secret of the server that is long enough'
const START = Date.UTC(2026, 0, 1)
const claims = {
  boardId: 'board-1',
  personId: 'person-1',
  name: 'Zoë Ångström 🦦',
  role: 'editor',
  linkId: null,
  sessionVersion: 3,
  sessionId: 'session',
  sessionEndsAt: 1_900_000_000_000,
} as const

let now = START
const clock = (): number => now
let tickets: TicketIssuer

beforeEach(() => {
  now = START
  tickets = createTicketIssuer(SECRET, clock)
})

const forge = (
  key: Uint8Array,
  change: { alg?: string; aud?: string; iat?: number; typ?: string; nbf?: number; header?: object } = {},
) => {
  const issued = change.iat ?? START / 1000
  const payload = { board: 'board-1', name: 'Eve', role: 'editor', link: null, ver: 0, sid: 's' }
  const notBefore = change.nbf === undefined ? {} : { nbf: change.nbf }
  return new SignJWT({ ...payload, ...notBefore })
    .setProtectedHeader({ alg: change.alg ?? 'HS256', typ: change.typ ?? 'ticket+jwt', ...change.header })
    .setAudience(change.aud ?? 'ws')
    .setSubject('person-1')
    .setJti('forged')
    .setIssuedAt(issued)
    .setExpirationTime(issued + TICKET_LIFETIME)
    .sign(key)
}

describe('tickets', () => {
  it('say what they were issued for, and last at most 60 seconds', async () => {
    const { ticket, expiresAt } = await tickets.issue(claims)
    expect(expiresAt - START).toBeLessThanOrEqual(60_000)
    expect(await tickets.redeem(ticket)).toMatchObject({ ...claims, expiresAt })
  })

  it('WS3 PE16: are good until the last moment and refused from the moment of expiry on', async () => {
    const early = await tickets.issue(claims)
    const late = await tickets.issue(claims)
    now = early.expiresAt - 1
    expect(await tickets.redeem(early.ticket)).toMatchObject({ personId: 'person-1' })
    now = late.expiresAt
    expect(await tickets.redeem(late.ticket)).toEqual({ refused: 'expired' })
  })

  it('WS3: expired by one second are refused', async () => {
    const { ticket, expiresAt } = await tickets.issue(claims)
    now = expiresAt + 1000
    expect(await tickets.redeem(ticket)).toEqual({ refused: 'expired' })
  })

  it('WS3 PE16: a clock that is 5 seconds ahead is borne with, 6 seconds or a day are not', async () => {
    const key = keyFor('sync-ticket', SECRET)
    const second = START / 1000
    expect(await tickets.redeem(await forge(key, { iat: second + 5 }))).toMatchObject({ name: 'Eve' })
    expect(await tickets.redeem(await forge(key, { iat: second + 6 }))).toEqual({ refused: 'malformed' })
    expect(await tickets.redeem(await forge(key, { iat: second + 86_400 }))).toEqual({ refused: 'malformed' })
  })

  it('WS3: that begin in the future are refused, but for the 5 seconds that clocks may differ', async () => {
    const key = keyFor('sync-ticket', SECRET)
    const second = START / 1000
    expect(await tickets.redeem(await forge(key, { nbf: second + 5 }))).toMatchObject({ name: 'Eve' })
    expect(await tickets.redeem(await forge(key, { nbf: second + 6 }))).toEqual({ refused: 'malformed' })
  })

  it('WS6: that name a key of their own are refused, whoever signed them', async () => {
    const key = keyFor('sync-ticket', SECRET)
    for (const header of [
      { kid: '../key' },
      { jku: 'https://evil.test/keys' },
      { x5u: 'https://evil.test' },
    ]) {
      expect(await tickets.redeem(await forge(key, { header }))).toEqual({ refused: 'malformed' })
    }
  })

  it('WS4: open once, also when fifty try at the same time', async () => {
    const { ticket } = await tickets.issue(claims)
    const answers = await Promise.all(Array.from({ length: 50 }, () => tickets.redeem(ticket)))
    expect(answers.filter((answer) => 'personId' in answer)).toHaveLength(1)
    expect(answers.filter((answer) => 'refused' in answer && answer.refused === 'used')).toHaveLength(49)
  })

  it('WS4: nodes with one ledger let a ticket through on one of them only', async () => {
    const ledger = createTicketLedger(clock)
    const [one, two] = [createTicketIssuer(SECRET, clock, ledger), createTicketIssuer(SECRET, clock, ledger)]
    const { ticket } = await one.issue(claims)
    expect(await two.redeem(ticket)).toMatchObject({ personId: 'person-1' })
    expect(await one.redeem(ticket)).toEqual({ refused: 'used' })
  })

  it('WS6: with any byte of the signature changed are refused, and stay good themselves', async () => {
    const { ticket } = await tickets.issue(claims)
    const cut = ticket.lastIndexOf('.') + 1
    const signature = Buffer.from(ticket.slice(cut), 'base64url')
    for (let at = 0; at < signature.length; at += 1) {
      const changed = Buffer.from(signature)
      changed[at] = (changed[at] ?? 0) ^ 1
      const forged = ticket.slice(0, cut) + changed.toString('base64url')
      expect(await tickets.redeem(forged)).toEqual({ refused: 'malformed' })
    }
    expect(await tickets.redeem(ticket)).toMatchObject({ personId: 'person-1' })
  })

  it('WS6: without a signature are refused, however "none" is spelled', async () => {
    const payload = { board: 'board-1', name: 'Eve', role: 'editor', link: null, ver: 0 }
    const unsecured = new UnsecuredJWT(payload).setAudience('ws').setSubject('p').setJti('j')
    const times = unsecured.setIssuedAt(START / 1000).setExpirationTime(START / 1000 + 30)
    const [, body = ''] = times.encode().split('.')
    for (const alg of ['none', 'None', 'NONE']) {
      const header = Buffer.from(JSON.stringify({ alg, typ: 'ticket+jwt' })).toString('base64url')
      expect(await tickets.redeem(`${header}.${body}.`)).toEqual({ refused: 'malformed' })
    }
  })

  it('WS6: of another key, another algorithm, another use or another kind are refused', async () => {
    const key = keyFor('sync-ticket', SECRET)
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const rsa = new SignJWT({ board: 'board-1' }).setProtectedHeader({ alg: 'RS256', typ: 'ticket+jwt' })
    const forged = [
      await forge(keyFor('share-link', SECRET)),
      await forge(keyFor('sync-ticket', 'another secret')),
      await forge(new TextEncoder().encode(SECRET)),
      await forge(key, { aud: 'web' }),
      await forge(key, { typ: 'JWT' }),
      await forge(key, { alg: 'HS512' }),
      await rsa.setAudience('ws').sign(privateKey),
      await encode({ token: { sub: 'person-1' }, secret: SECRET }),
    ]
    for (const ticket of forged) expect(await tickets.redeem(ticket)).toEqual({ refused: 'malformed' })
  })

  it('tell missing from malformed, whatever is sent', async () => {
    expect(await tickets.redeem('')).toEqual({ refused: 'missing' })
    for (const garbage of ['x', '..', 'a.b.c', '\u0000', 'e'.repeat(8192), '💥.💥.💥']) {
      expect(await tickets.redeem(garbage)).toEqual({ refused: 'malformed' })
    }
  })
})

describe('the ledger of used tickets', () => {
  it('forgets tickets that expired, and no others', async () => {
    const ledger = createTicketLedger(clock, 10)
    await ledger.spend('short', START + 100)
    await ledger.spend('long', START + 10_000)
    now = START + 200
    expect(await ledger.spend('long', START + 10_000)).toBe(false)
    expect(await ledger.spend('short', START + 400)).toBe(true)
  })
})
