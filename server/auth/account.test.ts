import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteTestStore } from '../../test/support/stores.ts'
import { type AccessEvent, createAccessEvents } from '../boards/access-events.ts'
import type { BoardsContext } from '../boards/context.ts'
import { Refusal } from '../boards/refusal.ts'
import { createTicketIssuer } from '../boards/tickets.ts'
import type { PersonRow, Store } from '../store/types.ts'
import { changePassword, closeOwnAccount, signOutEverywhere } from './account.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { createRateLimits, type RateLimits } from './rate-limit.ts'

const PASSWORD = 'correct horse battery'
const NEXT = 'another staple entirely'

let store: Store
let remove: () => Promise<void>
let context: BoardsContext & { limits: RateLimits }
let events: AccessEvent[]
let hash: string
let count = 0

beforeAll(async () => {
  const temporary = await openSqliteTestStore()
  store = temporary.store
  remove = temporary.close
  hash = await hashPassword(PASSWORD)
})
afterAll(() => remove())

beforeEach(() => {
  events = []
  const accessEvents = createAccessEvents()
  accessEvents.subscribe((event) => events.push(event))
  const secret = 'a secret that is long enough for this'
  const tickets = createTicketIssuer(secret)
  context = { store, accessEvents, tickets, secret, now: () => new Date(), limits: createRateLimits() }
})

const newAccount = (): Promise<PersonRow> => {
  count += 1
  return store.people.createAccount({ name: 'Ada', email: `ada${count}@example.org`, passwordHash: hash })
}

const change = (person: PersonRow, current = PASSWORD, next = NEXT) =>
  changePassword(context, { id: 'here', person }, { current, next })

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

describe('changing the password', () => {
  it('AP8: needs the old one, raises the version and says which session goes on', async () => {
    const ada = await newAccount()
    expect(await codeOf(change(ada, 'wrong'))).toBe('wrong-password')
    expect(await store.people.find(ada.id)).toEqual(ada)
    const changed = await change(ada)
    expect(changed.sessionVersion).toBe(ada.sessionVersion + 1)
    expect(await verifyPassword(NEXT, changed.passwordHash)).toBe(true)
    const renewed = { sessionId: 'here', sessionVersion: changed.sessionVersion }
    expect(events).toEqual([{ type: 'person', personId: ada.id, renewed }])
  })

  it('takes no weak one, nor the one that is there already', async () => {
    const ada = await newAccount()
    for (const next of ['short', 'password123', ada.email ?? '', PASSWORD]) {
      expect([next, await codeOf(change(ada, PASSWORD, next))]).toEqual([next, 'weak-password'])
    }
    expect(await store.people.find(ada.id)).toEqual(ada)
  })

  it('AP15: of two at once one holds, whoever the other is', async () => {
    const ada = await newAccount()
    const codes = await Promise.all([codeOf(change(ada)), codeOf(change(ada, PASSWORD, `${NEXT} too`))])
    expect(codes.sort()).toEqual(['done', 'wrong-password'])
  })

  it('is not for those who have none', async () => {
    const guest = await store.people.createGuest('Guest')
    expect(await codeOf(change(guest, ''))).toBe('not-allowed')
  })

  it('AP6: is slowed for the person, from wherever it is tried, and for nobody else', async () => {
    const [ada, bob] = [await newAccount(), await newAccount()]
    const codes = await Promise.all(Array.from({ length: 12 }, () => codeOf(change(ada, 'wrong'))))
    expect(codes.filter((code) => code === 'too-many')).toHaveLength(2)
    expect(await codeOf(change(ada))).toBe('too-many')
    expect(await codeOf(closeOwnAccount(context, ada, { password: PASSWORD }))).toBe('too-many')
    expect(await codeOf(change(bob))).toBe('done')
  })
})

describe('signing out everywhere', () => {
  it('AP8: ends all sessions of an account, and is not for guests', async () => {
    const ada = await newAccount()
    await signOutEverywhere(context, ada)
    expect((await store.people.find(ada.id))?.sessionVersion).toBe(ada.sessionVersion + 1)
    expect(events).toEqual([{ type: 'person', personId: ada.id }])
    const guest = await store.people.createGuest('Guest')
    expect(await codeOf(signOutEverywhere(context, guest))).toBe('not-allowed')
  })
})

describe('closing the account', () => {
  it('AP8: needs the password where there is one; the word is not enough then', async () => {
    const ada = await newAccount()
    for (const proof of [{}, { word: 'close' }, { password: '' }, { password: 'wrong' }]) {
      expect(await codeOf(closeOwnAccount(context, ada, proof))).toBe('wrong-password')
    }
    expect(await store.people.find(ada.id)).toEqual(ada)
    const { id: boardId } = await store.boards.create({ ownerId: ada.id, title: 'Mine' })
    await closeOwnAccount(context, ada, { password: PASSWORD })
    expect([await store.people.find(ada.id), await store.boards.find(boardId)]).toEqual([null, null])
    expect(events).toEqual([
      { type: 'person', personId: ada.id },
      { type: 'board', boardId },
    ])
  })

  it('needs a word from those without one', async () => {
    const guest = await store.people.createGuest('Guest')
    for (const proof of [{}, { word: 'no' }, { password: 'close' }]) {
      expect(await codeOf(closeOwnAccount(context, guest, proof))).toBe('invalid')
    }
    await closeOwnAccount(context, guest, { word: ' Close ' })
    expect(await store.people.find(guest.id)).toBeNull()
  })
})
