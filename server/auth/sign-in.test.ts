import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openSqliteTestStore } from '../../test/support/stores.ts'
import { type AccessEvent, createAccessEvents } from '../boards/access-events.ts'
import { Refusal } from '../boards/refusal.ts'
import type { PersonRow, Store } from '../store/types.ts'
import { normaliseEmail } from './email.ts'
import { cleanName, friendlyName } from './name.ts'
import { hashPassword, passwordProblem, verifyPassword } from './password.ts'
import { createRateLimiter, createRateLimits } from './rate-limit.ts'
import { onOurSite } from './safe-path.ts'
import { register, type SignInContext, signInAsGuest, signInWithPassword } from './sign-in.ts'
import { takeOrRefuse } from './take-or-refuse.ts'

const PASSWORD = 'correct horse battery'
const nobody = { person: null, address: '10.0.0.1' }

let store: Store
let remove: () => Promise<void>
let context: SignInContext
let events: AccessEvent[]
let count = 0

beforeAll(async () => {
  const temporary = await openSqliteTestStore()
  store = temporary.store
  remove = temporary.close
})
afterAll(() => remove())

beforeEach(() => {
  events = []
  const accessEvents = createAccessEvents()
  accessEvents.subscribe((event) => events.push(event))
  context = { store, accessEvents, limits: createRateLimits() }
  count += 1
})

const wish = (change: Partial<{ name: string; email: string; password: string }> = {}) => ({
  name: 'Ada',
  email: `ada${count}@example.org`,
  password: PASSWORD,
  ...change,
})

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

const as = (person: PersonRow) => ({ person, address: '10.0.0.1' })

describe('registering', () => {
  it('makes an account that opens with its password and no other', async () => {
    const person = await register(context, nobody, wish({ email: ` ADA${count}@Example.org ` }))
    expect(person).toMatchObject({ name: 'Ada', email: `ada${count}@example.org` })
    const typed = { email: `Ada${count}@EXAMPLE.org`, password: PASSWORD }
    expect(await signInWithPassword(context, nobody, typed)).toMatchObject({ id: person.id })
    expect(await signInWithPassword(context, nobody, { ...typed, password: `${PASSWORD} ` })).toBeNull()
    expect(person.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  it('refuses a taken address, for guests and for those without a session', async () => {
    await register(context, nobody, wish())
    const guest = await signInAsGuest(context, nobody, 'Guest')
    expect(await codeOf(register(context, nobody, wish()))).toBe('email-taken')
    expect(await codeOf(register(context, as(guest), wish()))).toBe('email-taken')
    expect((await store.people.find(guest.id))?.email).toBeNull()
  })

  it('AP15: lets one of many at the same moment have the address', async () => {
    const codes = await Promise.all(
      Array.from({ length: 8 }, () => codeOf(register(context, nobody, wish()))),
    )
    expect(codes.filter((code) => code === 'done')).toHaveLength(1)
    expect(codes.filter((code) => code === 'email-taken')).toHaveLength(7)
  })

  it('keeps the boards of a guest, under the same id', async () => {
    const guest = await signInAsGuest(context, nobody, undefined)
    const board = await store.boards.create({ ownerId: guest.id, title: 'Mine' })
    const person = await register(context, as(guest), wish())
    expect(person.id).toBe(guest.id)
    expect((await store.boards.find(board.id))?.ownerId).toBe(person.id)
  })

  it('says what is wrong with name, address or password', async () => {
    expect(await codeOf(register(context, nobody, wish({ name: ' \u200b ' })))).toBe('invalid')
    expect(await codeOf(register(context, nobody, wish({ email: 'ada' })))).toBe('invalid')
    expect(await codeOf(register(context, nobody, wish({ password: 'short' })))).toBe('weak-password')
  })
})

describe('signing in', () => {
  it("brings a guest's boards along to the account and ends the guest's sockets", async () => {
    const account = await register(context, nobody, wish())
    const guest = await signInAsGuest(context, nobody, 'Guest')
    const board = await store.boards.create({ ownerId: guest.id, title: 'Mine' })
    await signInWithPassword(context, as(guest), { email: wish().email, password: 'wrong password' })
    expect((await store.boards.find(board.id))?.ownerId).toBe(guest.id)
    await signInWithPassword(context, as(guest), { email: wish().email, password: PASSWORD })
    expect((await store.boards.find(board.id))?.ownerId).toBe(account.id)
    expect(await store.people.find(guest.id)).toBeNull()
    expect(events).toEqual([{ type: 'person', personId: guest.id, becomes: expect.any(String) }])
  })

  it('takes nothing from another account that was signed in before', async () => {
    const first = await register(context, nobody, wish())
    const board = await store.boards.create({ ownerId: first.id, title: 'Mine' })
    await register(context, nobody, wish({ email: `b${count}@example.org` }))
    await signInWithPassword(context, as(first), { email: `b${count}@example.org`, password: PASSWORD })
    expect((await store.boards.find(board.id))?.ownerId).toBe(first.id)
  })

  it('AP6: slows guessing for one account from one address, parallel tries included, and not from elsewhere', async () => {
    await register(context, nobody, wish())
    const guess = { email: wish().email, password: 'wrong password' }
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(signInWithPassword(context, nobody, guess))),
    )
    expect(codes.filter((code) => code === 'too-many')).toHaveLength(10)
    const right = { ...guess, password: PASSWORD }
    expect(await codeOf(signInWithPassword(context, nobody, right))).toBe('too-many')
    const elsewhere = { person: null, address: '10.0.0.2' }
    expect(await signInWithPassword(context, elsewhere, right)).toMatchObject({ email: wish().email })
  })

  it('as a guest again keeps the guest and takes the new name', async () => {
    const guest = await signInAsGuest(context, nobody, 'First')
    expect(await signInAsGuest(context, as(guest), 'Second')).toMatchObject({ id: guest.id, name: 'Second' })
    expect(await signInAsGuest(context, as(guest), ' ')).toMatchObject({ id: guest.id })
    expect((await store.people.find(guest.id))?.name).toBe('Second')
    expect(await codeOf(signInAsGuest(context, nobody, 'x'.repeat(61)))).toBe('invalid')
    const account = await register(context, nobody, wish())
    expect((await signInAsGuest(context, as(account), 'Guest')).id).not.toBe(account.id)
  })
})

describe('e-mail addresses', () => {
  it('have one form', () => {
    expect(normaliseEmail('  Ada.Lovelace+x@Example.ORG ')).toBe('ada.lovelace+x@example.org')
  })

  it('AP7: are refused unless they are one plain address', () => {
    const bad = `ada|ada@|@example.org|a@b@example.org|ada@example|ada@example.org.|ada@.org|ada@-x.org|.a@example.org
      a..b@example.org|ada＠example.org|ａda@example.org|"a@evil.org"@example.org|a@x.org,b@y.org|a b@example.org
      a@exam ple.org|a@x.org\u0000|ada@exämple.org|${'a'.repeat(65)}@example.org|a@${'b.'.repeat(130)}org`
    for (const address of bad.split(/\||\n\s*/))
      expect([address, normaliseEmail(address)]).toEqual([address, null])
  })
})

describe('passwords', () => {
  const about = { email: 'adalovelace@example.org', name: 'Countess Ada' }

  it('are refused when they are short, common, monotonous or about the person', () => {
    const weak = [
      '',
      'a1b2c3d',
      'Password123',
      'ababababab',
      'Adalovelace',
      'countess ada',
      'adalovelace@example.org',
    ]
    for (const password of weak)
      expect([password, passwordProblem(password, about) !== null]).toEqual([password, true])
    expect(passwordProblem('x'.repeat(257), about)).toMatch(/too long/)
    for (const good of [PASSWORD, 'пароль-надёжный', 'k7#Qv!2m'])
      expect(passwordProblem(good, about)).toBeNull()
  })

  it('are the same however the keyboard composes their letters', async () => {
    const stored = await hashPassword('Zo\u00eb ist da')
    expect(await verifyPassword('Zoe\u0308 ist da', stored)).toBe(true)
    expect(await verifyPassword('Zoe ist da', stored)).toBe(false)
  })

  it('never fit an account without one, nor a damaged hash', async () => {
    expect(await verifyPassword('anything at all', null)).toBe(false)
    expect(await verifyPassword('anything at all', 'not a hash')).toBe(false)
  })
})

describe('names', () => {
  it('are one line of 1 to 60 visible characters', () => {
    expect(cleanName('  Zoë\u0000\u202e \n Å. ')).toBe('Zoë Å.')
    expect(cleanName('👩‍👩‍👧 Family')).toBe('👩‍👩‍👧 Family')
    for (const name of ['', ' ', '\u200b\ufeff', 'x'.repeat(61)]) expect(cleanName(name)).toBeNull()
  })

  it('are made up for guests who give none', () => {
    expect(friendlyName(() => 0)).toBe('Amber Alpaca')
    for (let n = 0; n < 200; n += 1) expect(cleanName(friendlyName())).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
  })
})

describe('rate limits', () => {
  it('allow so many in a window, and again in the next', async () => {
    vi.useFakeTimers()
    const limiter = createRateLimiter('test', { times: 2, per: 5000 })
    const first = await Promise.all([1, 2, 3].map(() => limiter.take('a')))
    expect(first).toEqual([null, null, 5])
    expect(await limiter.take('b')).toBeNull()
    vi.advanceTimersByTime(3200)
    expect(await limiter.take('a')).toBe(2)
    vi.advanceTimersByTime(1800)
    expect(await limiter.take('a')).toBeNull()
    vi.useRealTimers()
  })

  it('take back what turned out to be no misuse', async () => {
    const limiter = createRateLimiter('test', { times: 1, per: 60_000 })
    for (const _ of [1, 2, 3]) {
      expect(await limiter.take('a')).toBeNull()
      await limiter.giveBack('a')
    }
  })

  it('say in how many seconds to come again', async () => {
    const limiter = createRateLimiter('test', { times: 1, per: 300_000 })
    await takeOrRefuse(limiter, 'a', 'Enough.')
    const refused = takeOrRefuse(limiter, 'a', 'Enough.')
    await expect(refused).rejects.toMatchObject({
      code: 'too-many',
      retryAfter: 300,
      message: 'Enough. Wait a few minutes and try again.',
    })
  })

  it('keep no more keys than they may', async () => {
    const limiter = createRateLimiter('test', { times: 1, per: 60_000 }, null, 3)
    for (const key of ['a', 'b', 'c', 'd']) await limiter.take(key)
    expect(await limiter.take('d')).not.toBeNull()
    expect(await limiter.take('a')).toBeNull()
  })
})

describe('where people are sent after signing in', () => {
  it('AP9: is on our own site or the start page', () => {
    const origin = 'https://board.example'
    expect(onOurSite('/boards?x=1#y', origin)).toBe('https://board.example/boards?x=1#y')
    expect(onOurSite('https://board.example/b/1', origin)).toBe('https://board.example/b/1')
    const evil = [
      '//evil',
      '/\\evil',
      '\\\\evil',
      'https:evil',
      'javascript:alert(1)',
      'https://board.example@evil/',
    ]
    const more = [
      'https://board.example.evil/',
      'http://board.example/',
      'data:text/html,x',
      'http://[',
      '/\t/evil',
    ]
    for (const target of [...evil, ...more]) {
      const sent = new URL(onOurSite(target, origin))
      expect([target, sent.origin, sent.username]).toEqual([target, origin, ''])
    }
  })
})
