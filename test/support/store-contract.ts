import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authAdapter } from '../../server/store/auth-adapter.ts'
import { EmailTakenError, type ListedBoard, type Store } from '../../server/store/types.ts'
import { partsOf } from '../../server/sync/ports.ts'
import type { TestStore } from './stores.ts'

let accounts = 0
/** Details of a new account that no other has. */
const newAccount = () => {
  accounts += 1
  return {
    name: `Person ${accounts}`,
    email: `person-${accounts}@example.org`,
    passwordHash: `hash-${accounts}`,
  }
}

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id)
const minutes = (count: number): Date => new Date(Date.UTC(2030, 0, 1, 0, count))

/** What a store does on every database. */
export const storeContract = (name: string, open: () => Promise<TestStore>): void => {
  describe(`Store: ${name}`, () => {
    let test: TestStore
    let store: Store
    beforeAll(async () => {
      test = await open()
      store = test.store
    })
    afterAll(() => test?.close())

    describe('people', () => {
      it('makes guests and accounts, with ids that need no escaping', async () => {
        const guest = await store.people.createGuest('Curious Otter')
        expect(guest).toMatchObject({
          name: 'Curious Otter',
          email: null,
          passwordHash: null,
          sessionVersion: 0,
        })
        expect(guest.id).toMatch(/^[\w-]{16,}$/)
        const details = newAccount()
        const account = await store.people.createAccount(details)
        expect(account).toMatchObject(details)
        expect(await store.people.find(account.id)).toEqual(account)
        expect(await store.people.find('nobody')).toBeNull()
      })

      it('finds an account by its e-mail address in any case, and takes an address once', async () => {
        const details = newAccount()
        const account = await store.people.createAccount(details)
        expect(await store.people.findByEmail(details.email.toUpperCase())).toEqual(account)
        const again = { ...newAccount(), email: details.email.toUpperCase() }
        await expect(store.people.createAccount(again)).rejects.toThrow(EmailTakenError)
        expect(await store.people.findByEmail('nobody@example.org')).toBeNull()
      })

      it('gives one of two who register the same address at once the account', async () => {
        const details = newAccount()
        const results = await Promise.allSettled([
          store.people.createAccount(details),
          store.people.createAccount(details),
        ])
        expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      })

      it('renames', async () => {
        const guest = await store.people.createGuest('Before')
        await store.people.rename(guest.id, 'After')
        expect(await store.people.find(guest.id)).toMatchObject({ name: 'After' })
      })
    })

    describe('guests who get an account', () => {
      it('keep their id and boards', async () => {
        const guest = await store.people.createGuest('Guest')
        const board = await store.boards.create({ ownerId: guest.id, title: 'Mine' })
        const details = newAccount()
        const claimed = await store.people.claimGuest(guest.id, details)
        expect(claimed).toMatchObject({ id: guest.id, ...details })
        // AP8: somebody else may have brought the guest's session into this browser.
        expect(claimed.sessionVersion).toBe(guest.sessionVersion + 1)
        expect(await store.boards.find(board.id)).toMatchObject({ ownerId: guest.id })
      })

      it('cannot take an address that is taken, and stay guests then', async () => {
        const details = newAccount()
        await store.people.createAccount(details)
        const guest = await store.people.createGuest('Guest')
        await expect(store.people.claimGuest(guest.id, details)).rejects.toThrow(EmailTakenError)
        expect(await store.people.find(guest.id)).toEqual(guest)
      })

      it('must be guests', async () => {
        const account = await store.people.createAccount(newAccount())
        await expect(store.people.claimGuest(account.id, newAccount())).rejects.toThrow('no guest')
        expect(await store.people.find(account.id)).toEqual(account)
      })
    })

    describe('guests who sign in to an account', () => {
      it('hand over their boards and visits, and are gone', async () => {
        const owner = await store.people.createGuest('Owner')
        const shared = await store.boards.create({ ownerId: owner.id, title: 'Shared' })
        const [both, guestOnly] = [
          await store.links.create({ boardId: shared.id, role: 'viewer', expiresAt: null }),
          await store.links.create({ boardId: shared.id, role: 'editor', expiresAt: null }),
        ]
        const guest = await store.people.createGuest('Guest')
        const account = await store.people.createAccount(newAccount())
        const own = await store.boards.create({ ownerId: guest.id, title: 'Own' })
        await store.links.visit(both.id, shared.id, account.id, minutes(1))
        await store.links.visit(both.id, shared.id, guest.id, minutes(2))
        await store.links.visit(guestOnly.id, shared.id, guest.id, minutes(3))

        await store.people.mergeGuest(guest.id, account.id)

        expect(await store.people.find(guest.id)).toBeNull()
        expect(await store.boards.find(own.id)).toMatchObject({ ownerId: account.id })
        const visited = ids(await store.links.visitedBy(shared.id, account.id))
        expect(visited.sort()).toEqual([both.id, guestOnly.id].sort())
      })

      it('S96 hand over the client ids that they drew under', async () => {
        const guest = await store.people.createGuest('Guest')
        const account = await store.people.createAccount(newAccount())
        const { id: boardId } = await store.boards.create({ ownerId: account.id, title: 'Shared' })
        const owners = [
          [1, guest.id],
          [2 ** 32 - 1, 'somebody else'],
        ] as const
        await store.rooms.append([{ boardId, data: new Uint8Array([0, 0]), owners }])
        await store.people.mergeGuest(guest.id, account.id)
        expect([...(await store.rooms.load(boardId)).owners]).toEqual(
          expect.arrayContaining([
            [1, account.id],
            [2 ** 32 - 1, 'somebody else'],
          ]),
        )
      })

      it('leave everything as it is when they are no guests, or the account is none', async () => {
        const one = await store.people.createAccount(newAccount())
        const two = await store.people.createAccount(newAccount())
        const guest = await store.people.createGuest('Guest')
        const board = await store.boards.create({ ownerId: one.id, title: 'Board' })
        await store.people.mergeGuest(one.id, two.id)
        await store.people.mergeGuest(guest.id, 'nobody')
        await store.people.mergeGuest(guest.id, guest.id)
        expect(await store.boards.find(board.id)).toMatchObject({ ownerId: one.id })
        expect(await store.people.find(one.id)).toEqual(one)
        expect(await store.people.find(guest.id)).toEqual(guest)
      })

      it('are not taken for guests when they came through a service that tells no address', async () => {
        const person = await store.people.createGuest('From a service')
        await authAdapter(store).linkAccount?.({
          userId: person.id,
          type: 'oauth',
          provider: 'github',
          providerAccountId: person.id,
        })
        const account = await store.people.createAccount(newAccount())
        await store.people.mergeGuest(person.id, account.id)
        expect(await store.people.find(person.id)).toEqual(person)
      })
    })

    describe('sessions', () => {
      it('have ended once their person signed out of them, also twice and at once, and no others', async () => {
        const later = new Date(Date.now() + 60_000)
        await Promise.all([1, 2, 3].map(() => store.sessions.end('signed-out', later)))
        expect(await store.sessions.hasEnded('signed-out')).toBe(true)
        expect(await store.sessions.hasEnded('another')).toBe(false)
      })

      it('are forgotten when their cookies are worth nothing by themselves', async () => {
        await store.sessions.end('old', new Date(Date.now() - 1000))
        await store.sessions.end('new', new Date(Date.now() + 60_000))
        expect(await store.sessions.hasEnded('old')).toBe(false)
        expect(await store.sessions.hasEnded('new')).toBe(true)
      })
    })

    describe('boards', () => {
      it('are made, renamed, put into the bin and taken out', async () => {
        const owner = await store.people.createGuest('Owner')
        const board = await store.boards.create({ ownerId: owner.id, title: 'Plans' })
        expect(board).toMatchObject({ ownerId: owner.id, title: 'Plans', deletedAt: null })
        expect(await store.boards.find(board.id)).toEqual(board)
        await store.boards.rename(board.id, 'Better plans')
        await store.boards.setDeleted(board.id, minutes(1))
        expect(await store.boards.find(board.id)).toMatchObject({
          title: 'Better plans',
          deletedAt: minutes(1),
        })
        await store.boards.setDeleted(board.id, null)
        expect(await store.boards.find(board.id)).toMatchObject({ deletedAt: null })
        expect(await store.boards.find('nothing')).toBeNull()
      })

      it('are not made for nobody', async () => {
        await expect(store.boards.create({ ownerId: 'nobody', title: 'Board' })).rejects.toThrow()
      })

      it('can start with a document, whose log goes on after it', async () => {
        const owner = await store.people.createGuest('Owner')
        const document = Uint8Array.of(1, 2, 3)
        const board = await store.boards.createWith({ ownerId: owner.id, title: 'Copy' }, document)
        await store.rooms.append([{ boardId: board.id, data: Uint8Array.of(9) }])
        const stored = await store.rooms.load(board.id)
        expect(partsOf(stored).map((part) => [...part])).toEqual([[1, 2, 3], [9]])
      })

      it('note the last work on them and never an earlier one', async () => {
        const owner = await store.people.createGuest('Owner')
        const board = await store.boards.create({ ownerId: owner.id, title: 'Board' })
        await store.boards.touch([board.id, 'nothing'], minutes(2))
        await store.boards.touch([board.id], minutes(1))
        await store.boards.touch([], minutes(3))
        expect(await store.boards.find(board.id)).toMatchObject({ updatedAt: minutes(2) })
      })
    })

    describe('the list of boards', () => {
      const listAll = async (personId: string, limit: number): Promise<ListedBoard[]> => {
        const all: ListedBoard[] = []
        for (;;) {
          const page = await store.boards.listFor(personId, {
            limit,
            ...(all.length ? { after: all.at(-1) } : {}),
          })
          all.push(...page)
          if (page.length < limit) return all
        }
      }

      it('pages through newest first, each board once, also where times are equal', async () => {
        const owner = await store.people.createGuest('Owner')
        const boards = []
        for (let index = 0; index < 7; index += 1) {
          const board = await store.boards.create({ ownerId: owner.id, title: `Board ${index}` })
          await store.boards.touch([board.id], minutes(Math.floor(index / 3)))
          boards.push({ id: board.id, at: Math.floor(index / 3) })
        }
        const expected = boards.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
        for (const limit of [1, 2, 3, 7, 50])
          expect(ids(await listAll(owner.id, limit))).toEqual(ids(expected))
      })

      it('has what living links led to, by the strongest of them, and not what is gone', async () => {
        const owner = await store.people.createGuest('Owner')
        const guest = await store.people.createGuest('Guest')
        const share = async (title: string, ...links: { role: 'viewer' | 'editor'; expiresAt?: Date }[]) => {
          const board = await store.boards.create({ ownerId: owner.id, title })
          const made = []
          for (const { role, expiresAt = null } of links) {
            const link = await store.links.create({ boardId: board.id, role, expiresAt })
            await store.links.visit(link.id, board.id, guest.id, minutes(1))
            made.push(link)
          }
          return { board, links: made }
        }
        const past = new Date(Date.now() - 1000)
        const future = new Date(Date.now() + 3_600_000)
        await share('viewed', { role: 'viewer', expiresAt: future })
        await share('edited', { role: 'viewer' }, { role: 'editor' })
        await share('weaker', { role: 'viewer' }, { role: 'editor', expiresAt: past })
        await share('expired', { role: 'editor', expiresAt: past })
        const revoked = await share('revoked', { role: 'editor' })
        await store.links.revoke(revoked.board.id, revoked.links[0]?.id ?? '', minutes(2))
        const binned = await share('binned', { role: 'editor' })
        await store.boards.setDeleted(binned.board.id, minutes(2))
        const own = await store.boards.create({ ownerId: guest.id, title: 'own' })
        const toOwn = await store.links.create({ boardId: own.id, role: 'viewer', expiresAt: null })
        await store.links.visit(toOwn.id, own.id, guest.id, minutes(1))

        const listed = await listAll(guest.id, 2)
        const summary = listed.map(({ title, linkRole, ownerName }) => [title, linkRole, ownerName])
        expect(Object.fromEntries(summary.map(([title, ...rest]) => [title, rest]))).toEqual({
          own: [null, 'Guest'],
          viewed: ['viewer', 'Owner'],
          edited: ['editor', 'Owner'],
          weaker: ['viewer', 'Owner'],
        })
        expect(listed).toHaveLength(4)
        expect(await listAll((await store.people.createGuest('Stranger')).id, 10)).toEqual([])
      })
    })

    describe('share links', () => {
      const boardWithOwner = async () => {
        const owner = await store.people.createGuest('Owner')
        return store.boards.create({ ownerId: owner.id, title: 'Board' })
      }

      it('are listed with their board, living and dead', async () => {
        const board = await boardWithOwner()
        const viewer = await store.links.create({ boardId: board.id, role: 'viewer', expiresAt: minutes(5) })
        const editor = await store.links.create({ boardId: board.id, role: 'editor', expiresAt: null })
        expect(viewer).toMatchObject({
          boardId: board.id,
          role: 'viewer',
          expiresAt: minutes(5),
          revokedAt: null,
        })
        expect(await store.links.find(viewer.id)).toEqual(viewer)
        await store.links.revoke(board.id, viewer.id, minutes(1))
        const listed = await store.links.listFor(board.id)
        expect(ids(listed).sort()).toEqual([viewer.id, editor.id].sort())
        expect(await store.links.find('nothing')).toBeNull()
      })

      it('are revoked once, and only through their own board', async () => {
        const [board, other] = [await boardWithOwner(), await boardWithOwner()]
        const link = await store.links.create({ boardId: board.id, role: 'editor', expiresAt: null })
        expect(await store.links.revoke(other.id, link.id, minutes(1))).toBe(false)
        expect(await store.links.find(link.id)).toMatchObject({ revokedAt: null })
        expect(await store.links.revoke(board.id, link.id, minutes(1))).toBe(true)
        expect(await store.links.revoke(board.id, link.id, minutes(2))).toBe(true)
        expect(await store.links.find(link.id)).toMatchObject({ revokedAt: minutes(1) })
        expect(await store.links.revoke(board.id, 'nothing', minutes(1))).toBe(false)
      })

      it('remember who came through them, however often', async () => {
        const board = await boardWithOwner()
        const link = await store.links.create({ boardId: board.id, role: 'editor', expiresAt: null })
        const guest = await store.people.createGuest('Guest')
        expect(await store.links.visitedBy(board.id, guest.id)).toEqual([])
        await Promise.all([1, 2, 3].map((at) => store.links.visit(link.id, board.id, guest.id, minutes(at))))
        expect(ids(await store.links.visitedBy(board.id, guest.id))).toEqual([link.id])
        await store.links.revoke(board.id, link.id, minutes(4))
        expect(ids(await store.links.visitedBy(board.id, guest.id))).toEqual([link.id])
      })
    })

    it('finds nothing under what can be no id', async () => {
      const owner = await store.people.createGuest('Owner')
      const board = await store.boards.create({ ownerId: owner.id, title: 'Board' })
      for (const id of ['\u0000', `${board.id}\u0000`, '\ud800', '', 'x'.repeat(5000), '%']) {
        expect(await store.boards.find(id)).toBeNull()
        expect(await store.links.find(id)).toBeNull()
        expect(await store.links.revoke(board.id, id, minutes(1))).toBe(false)
      }
    })

    it('lists boards after the last moment that a cursor may name', async () => {
      const owner = await store.people.createGuest('Owner')
      const board = await store.boards.create({ ownerId: owner.id, title: 'Board' })
      const after = { updatedAt: new Date(Date.UTC(10_000, 0) - 1), id: 'x' }
      expect(ids(await store.boards.listFor(owner.id, { limit: 5, after }))).toEqual([board.id])
    })

    describe('showing that an address is theirs', () => {
      const verify = async (id: string) => authAdapter(store).updateUser?.({ id, emailVerified: new Date() })
      const link = async (userId: string, providerAccountId: string) =>
        authAdapter(store).linkAccount?.({ userId, type: 'oauth', provider: 'github', providerAccountId })
      const linked = (providerAccountId: string) =>
        authAdapter(store).getUserByAccount?.({ provider: 'github', providerAccountId })

      it('AP8: ends what somebody opened the account with before, and only the first time', async () => {
        const account = await store.people.createAccount(newAccount())
        await link(account.id, account.id)
        await verify(account.id)
        const after = await store.people.find(account.id)
        expect(after).toMatchObject({ passwordHash: null, sessionVersion: account.sessionVersion + 1 })
        expect(await linked(account.id)).toBeNull()
        await verify(account.id)
        expect(await store.people.find(account.id)).toEqual(after)
      })

      it('leaves alone who has no password', async () => {
        const adapter = authAdapter(store)
        const { email, name } = newAccount()
        const user = await adapter.createUser?.({ id: '', name, email, emailVerified: null })
        await link(user?.id ?? '', email)
        await verify(user?.id ?? '')
        expect(await store.people.find(user?.id ?? '')).toMatchObject({ sessionVersion: 0 })
        expect(await linked(email)).toMatchObject({ id: user?.id, emailVerified: expect.any(Date) })
      })
    })

    describe('what people do about their accounts', () => {
      it('AP8: a new password takes the place of the one that is known, once, and ends all sessions', async () => {
        const account = await store.people.createAccount(newAccount())
        const known = account.passwordHash ?? ''
        const change = (next: string) => store.people.setPassword(account.id, { known, next })
        const changed = await Promise.all([change('first'), change('second')])
        const won = changed.filter((person) => person !== null)
        expect(won).toEqual([
          { ...account, passwordHash: won[0]?.passwordHash, sessionVersion: account.sessionVersion + 1 },
        ])
        expect(await store.people.find(account.id)).toEqual(won[0])
        expect(await store.people.setPassword('nobody', { known, next: 'x' })).toBeNull()
        await store.people.endSessions(account.id)
        expect((await store.people.find(account.id))?.sessionVersion).toBe(account.sessionVersion + 2)
      })

      it('AP8: removing somebody takes their boards with all that hangs on them, and leaves the work of others', async () => {
        const { client } = test
        const gone = await store.people.createAccount(newAccount())
        const stays = await store.people.createAccount(newAccount())
        const own = []
        for (let n = 0; n < 23; n += 1)
          own.push((await store.boards.create({ ownerId: gone.id, title: `Own ${n}` })).id)
        const [first = '', binned = ''] = own
        const { id: shared } = await store.boards.create({ ownerId: stays.id, title: 'Shared' })
        await store.boards.setDeleted(binned, new Date())
        const into = await store.links.create({ boardId: first, role: 'editor', expiresAt: null })
        const there = await store.links.create({ boardId: shared, role: 'editor', expiresAt: null })
        await store.links.visit(into.id, first, stays.id, minutes(1))
        await store.links.visit(there.id, shared, gone.id, minutes(1))
        const picture = { hash: 'a'.repeat(64), type: 'image/png', bytes: 10, width: 1, height: 1 }
        const quota = { board: 1000, person: 1000 }
        for (const boardId of [first, shared]) {
          const data = new Uint8Array([0, 0])
          await store.rooms.append([{ boardId, data, owners: [[7, gone.id]] }])
          await store.assets.add({ ...picture, boardId, createdBy: gone.id }, quota)
          const facts = {
            boardId,
            name: 'Kept',
            reason: 'named',
            createdAt: minutes(1),
            elements: 1,
          } as const
          await store.versions.create({ ...facts, createdBy: gone.id, authors: [gone.id, stays.id], data })
        }
        const adapter = authAdapter(store)
        const identifier = gone.email ?? ''
        await adapter.createVerificationToken?.({ identifier, token: gone.id, expires: minutes(10) })
        await adapter.linkAccount?.({
          userId: gone.id,
          type: 'oauth',
          provider: 'github',
          providerAccountId: gone.id,
        })

        expect((await store.people.remove(gone.id)).sort()).toEqual(own.sort())

        expect(await store.people.find(gone.id)).toBeNull()
        expect(await store.boards.find(first)).toBeNull()
        expect(await store.boards.find(binned)).toBeNull()
        expect(await store.links.find(into.id)).toBeNull()
        expect(await store.links.visitedBy(shared, gone.id)).toEqual([])
        expect(await store.assets.find(first, picture.hash)).toBeNull()
        expect(await store.assets.find(shared, picture.hash)).toMatchObject({ createdBy: null })
        const [version] = await store.versions.list(shared, { limit: 5 })
        expect(version).toMatchObject({ createdBy: null, authors: [{ id: stays.id, name: stays.name }] })
        // S91: what they drew there can be added to by nobody.
        expect((await store.rooms.load(shared)).owners.get(7)).toBe(gone.id)
        expect(await client.boardUpdate.count({ where: { boardId: { in: own } } })).toBe(0)
        expect(await client.boardClient.count({ where: { boardId: { in: own } } })).toBe(0)
        expect(await client.verificationToken.count({ where: { identifier } })).toBe(0)
        expect(await client.account.count({ where: { userId: gone.id } })).toBe(0)
        expect(await store.boards.find(shared)).toMatchObject({ ownerId: stays.id })
        const again = { name: 'Again', email: identifier, passwordHash: 'x' }
        expect((await store.people.createAccount(again)).id).not.toBe(gone.id)
        expect(await store.people.remove(gone.id)).toEqual([])
      })

      it('AP15: of two removals at once one does it', async () => {
        const { client } = test
        const account = await store.people.createAccount(newAccount())
        const { id } = await store.boards.create({ ownerId: account.id, title: 'Own' })
        const removed = await Promise.allSettled([
          store.people.remove(account.id),
          store.people.remove(account.id),
        ])
        const ids = removed.map((each) => (each.status === 'fulfilled' ? each.value : []))
        expect(ids.flat()).toEqual([id])
        expect(await client.board.count({ where: { ownerId: account.id } })).toBe(0)
      })
    })

    describe('people from other services', () => {
      it('are found again by their account there, with an id of ours and a plain address', async () => {
        const adapter = authAdapter(store)
        const { email } = newAccount()
        const user = await adapter.createUser?.({
          id: 'of-theirs',
          name: 'Ada',
          email: email.toUpperCase(),
          emailVerified: null,
        })
        expect(user?.id).toMatch(/^[\w-]{16,}$/)
        expect(await store.people.findByEmail(email)).toMatchObject({ id: user?.id, name: 'Ada' })
        const account = { provider: 'github', providerAccountId: email }
        await adapter.linkAccount?.({
          ...account,
          userId: user?.id ?? '',
          type: 'oauth',
          access_token: 'token',
          refresh_token_expires_in: 15_000,
        })
        expect(await adapter.getUserByAccount?.(account)).toMatchObject({ id: user?.id })
        expect(await adapter.getUserByEmail?.(email.toUpperCase())).toMatchObject({ id: user?.id })
      })

      it('use an e-mailed token once', async () => {
        const adapter = authAdapter(store)
        const token = { identifier: 'ada@example.org', token: 'hashed' }
        await adapter.createVerificationToken?.({ ...token, expires: minutes(10) })
        expect(await adapter.useVerificationToken?.(token)).toMatchObject({ identifier: 'ada@example.org' })
        expect(await adapter.useVerificationToken?.(token)).toBeNull()
      })
    })

    describe('pictures', () => {
      const GENEROUS = { board: 1000, person: 1000 }
      const newBoard = async () => {
        const owner = await store.people.createGuest('Owner')
        const board = await store.boards.create({ ownerId: owner.id, title: 'Board' })
        return { owner, board }
      }
      const picture = (boardId: string, createdBy: string, letter: string, bytes = 100) => ({
        boardId,
        createdBy,
        hash: letter.repeat(64),
        type: 'image/png',
        bytes,
        width: 30,
        height: 20,
      })

      it('belong to boards, once, and are charged to who brought them', async () => {
        const { owner, board } = await newBoard()
        const asset = picture(board.id, owner.id, 'a')
        expect(await store.assets.add(asset, GENEROUS)).toBe('added')
        expect(await store.assets.add(asset, GENEROUS)).toBe('added')
        expect(await store.assets.find(board.id, asset.hash)).toEqual({
          ...asset,
          createdAt: expect.any(Date),
        })
        expect(await store.assets.find(board.id, 'b'.repeat(64))).toBeNull()
        expect(await store.assets.find('nowhere', asset.hash)).toBeNull()
        expect(await store.assets.find(board.id, '\0')).toBeNull()
        expect(await store.assets.use(board.id, owner.id)).toEqual({ board: 100, person: 100 })
        expect(await store.assets.needed([asset.hash, 'b'.repeat(64)])).toEqual(new Set([asset.hash]))
      })

      it('AP15: keep to both quotas when they come at once', async () => {
        const { owner, board } = await newBoard()
        const letters = [...'0123456789']
        const add = (quota: { board: number; person: number }) =>
          Promise.all(letters.map((letter) => store.assets.add(picture(board.id, owner.id, letter), quota)))
        const first = await add({ board: 350, person: 1000 })
        expect(first.filter((answer) => answer === 'added')).toHaveLength(3)
        expect(first.filter((answer) => answer === 'board-full')).toHaveLength(7)
        const second = await add({ board: 10_000, person: 500 })
        expect(second.filter((answer) => answer === 'person-full')).toHaveLength(5)
        expect((await store.assets.use(board.id, owner.id)).person).toBe(500)
      })

      it('cannot be put on a board that is not there', async () => {
        const { owner } = await newBoard()
        expect(await store.assets.add(picture('nowhere', owner.id, 'a'), GENEROUS)).toBe('board-gone')
      })

      it('count beyond what four bytes can', async () => {
        const { owner, board } = await newBoard()
        const huge = 3_000_000_000
        const quota = { board: 1e12, person: 1e12 }
        await store.assets.add(picture(board.id, owner.id, 'a', huge), quota)
        await store.assets.add(picture(board.id, owner.id, 'b', huge), quota)
        expect((await store.assets.use(board.id, owner.id)).board).toBe(2 * huge)
      })

      it('come along to a copy of their board, and go with their board', async () => {
        const { owner, board } = await newBoard()
        const asset = picture(board.id, owner.id, 'c')
        await store.assets.add(asset, GENEROUS)
        const copy = await store.boards.createWith(
          { ownerId: owner.id, title: 'Copy' },
          new Uint8Array([0, 0]),
          board.id,
        )
        await test.client.board.delete({ where: { id: board.id } })
        expect(await store.assets.find(board.id, asset.hash)).toBeNull()
        expect(await store.assets.find(copy.id, asset.hash)).toMatchObject({ createdBy: null, width: 30 })
        expect(await store.assets.needed([asset.hash])).toEqual(new Set([asset.hash]))
      })
    })

    it('answers a ping', async () => {
      await expect(store.ping()).resolves.toBeUndefined()
    })
  })
}
