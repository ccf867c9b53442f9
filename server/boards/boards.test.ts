import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { documentOf } from '../../test/support/stored-document.ts'
import { openSqliteTestStore } from '../../test/support/stores.ts'
import { newId } from '../store/ids.ts'
import type { Store } from '../store/types.ts'
import { partsOf } from '../sync/ports.ts'
import { type AccessEvent, createAccessEvents } from './access-events.ts'
import { listBoards } from './board-list.ts'
import {
  createBoard,
  deleteBoard,
  duplicateBoard,
  getBoard,
  renameBoard,
  restoreBoard,
  titleOfCopy,
} from './boards.ts'
import type { BoardsContext } from './context.ts'
import { effectiveAccess } from './effective-access.ts'
import { issueTicket } from './join-board.ts'
import { createLink, joinByLink, listLinks, previewLink, revokeLink } from './links.ts'
import type { Refusal } from './refusal.ts'
import { createTicketIssuer } from './tickets.ts'

const SECRET = 'a secret of the server that is long enough'
const HOUR = 3_600_000

let store: Store
let remove: () => Promise<void>
let now: number
let context: BoardsContext
let events: AccessEvent[]
let owner: string
let other: string

beforeAll(async () => {
  const temporary = await openSqliteTestStore()
  store = temporary.store
  remove = temporary.close
})
afterAll(() => remove())

beforeEach(async () => {
  now = Date.now()
  events = []
  const accessEvents = createAccessEvents()
  accessEvents.subscribe((event) => events.push(event))
  const tickets = createTicketIssuer(SECRET, () => now)
  context = { store, accessEvents, tickets, secret: SECRET, now: () => new Date(now) }
  owner = (await store.people.createGuest('Owner')).id
  other = (await store.people.createGuest('Other')).id
})

const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Refusal) => `${error.code}: ${error.message}`,
  )

const codeOf = async (work: Promise<unknown>): Promise<string> => (await refusal(work)).split(':')[0] ?? ''

const ticketOf = async (personId: string, boardId: string, link?: string) => {
  const person = await store.people.find(personId)
  if (!person) throw new Error(`${personId} is not there`)
  const { ticket } = await issueTicket(context, { ...person, sessionId: newId() }, boardId, link)
  const claims = await context.tickets.redeem(ticket)
  if ('refused' in claims) throw new Error(claims.refused)
  return claims
}

describe('boards', () => {
  it("AP1: another's board, one in the bin and none at all are answered alike, whatever is asked", async () => {
    const { id: theirs } = await createBoard(context, owner)
    const { id: binned } = await createBoard(context, owner)
    await deleteBoard(context, owner, binned)
    const person = await store.people.find(other)
    if (!person) throw new Error('The other person is not there')
    const asks = [
      (id: string) => getBoard(context, other, id),
      (id: string) => renameBoard(context, other, id, 'Mine'),
      (id: string) => deleteBoard(context, other, id),
      (id: string) => restoreBoard(context, other, id),
      (id: string) => duplicateBoard(context, other, id),
      (id: string) => createLink(context, other, id, { role: 'editor' }),
      (id: string) => listLinks(context, other, id),
      (id: string) => revokeLink(context, other, id, 'x'),
      (id: string) => issueTicket(context, { ...person, sessionId: 'session' }, id),
    ]
    for (const ask of asks) {
      const answers = await Promise.all([theirs, binned, 'no-such-board'].map((id) => refusal(ask(id))))
      expect(new Set(answers).size).toBe(1)
      expect(answers[0]).toMatch(/^not-found: /)
    }
    expect((await getBoard(context, owner, theirs)).title).toBe('Untitled board')
  })

  it('have a title of 1 to 200 characters on one line', async () => {
    const { id, title } = await createBoard(context, owner, '  Road\u0000\n map\u202e ')
    expect(title).toBe('Road map')
    expect((await renameBoard(context, owner, id, '🦦'.repeat(200))).title).toBe('🦦'.repeat(200))
    expect(await codeOf(renameBoard(context, owner, id, 'x'.repeat(201)))).toBe('invalid')
    expect(await codeOf(createBoard(context, owner, ' \t '))).toBe('invalid')
    expect(titleOfCopy('x'.repeat(200))).toHaveLength(200)
  })

  it('come back from the bin for their owner, and open sockets hear of both', async () => {
    const { id } = await createBoard(context, owner, 'Plan')
    await deleteBoard(context, owner, id)
    expect(await codeOf(getBoard(context, owner, id))).toBe('not-found')
    expect((await listBoards(context, owner)).boards).toEqual([])
    expect((await restoreBoard(context, owner, id)).title).toBe('Plan')
    expect(events).toEqual([
      { type: 'board', boardId: id },
      { type: 'board', boardId: id },
    ])
    expect((await restoreBoard(context, owner, id)).title).toBe('Plan')
  })

  it('are duplicated with all that is stored of them', async () => {
    const { id } = await createBoard(context, owner, 'Plan')
    const document = new Y.Doc()
    const updates: Uint8Array[] = []
    document.on('update', (update: Uint8Array) => updates.push(update))
    document.getMap('elements').set('a', 1)
    document.getMap('elements').set('b', 2)
    await store.rooms.append(updates.slice(0, 1).map((data) => ({ boardId: id, data })))
    const { entries } = await store.rooms.load(id)
    const covers = entries.map(({ seq }) => seq)
    await store.rooms.compact(id, { basedOn: null, covers, state: updates[0] ?? new Uint8Array() })
    await store.rooms.append(updates.slice(1).map((data) => ({ boardId: id, data })))
    const copy = await duplicateBoard(context, owner, id)
    expect(copy.title).toBe('Plan (copy)')
    const read = documentOf(await store.rooms.load(copy.id))
    expect(read.getMap('elements').toJSON()).toEqual({ a: 1, b: 2 })
    expect((await duplicateBoard(context, owner, (await createBoard(context, owner)).id)).title).toBe(
      'Untitled board (copy)',
    )
  })

  it('are duplicated without what was deleted: who may only look at a board is not shown its history', async () => {
    const { id } = await createBoard(context, owner, 'Plan')
    const document = new Y.Doc()
    const updates: Uint8Array[] = []
    document.on('update', (update: Uint8Array) => updates.push(update))
    document.getMap('elements').set('a', new Y.Text('a secret'))
    document.getMap('elements').delete('a')
    document.getMap('elements').set('b', 1)
    await store.rooms.append(updates.map((data) => ({ boardId: id, data })))
    const copy = await store.rooms.load((await duplicateBoard(context, owner, id)).id)
    expect(documentOf(copy).getMap('elements').toJSON()).toEqual({ b: 1 })
    expect(Buffer.concat(partsOf(copy)).toString()).not.toContain('secret')
  })

  it('are listed page by page, each once, newest first, with what the person may do', async () => {
    const mine: string[] = []
    for (let n = 0; n < 7; n += 1) mine.push((await createBoard(context, owner, `Board ${n}`)).id)
    const { id: shared } = await createBoard(context, other, 'Shared')
    const { secret } = await createLink(context, other, shared, { role: 'viewer' })
    await joinByLink(context, owner, secret)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listBoards(context, owner, { limit: 3, cursor })
      seen.push(...page.boards.map(({ title, role }) => `${title} ${role}`))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(8)
    expect(seen).toContain('Shared viewer')
    expect(seen.filter((line) => line.endsWith('owner'))).toHaveLength(mine.length)
  })

  it("AP5: are listed for nobody else by another's cursor, and not at all by a made-up one", async () => {
    for (let n = 0; n < 3; n += 1) await createBoard(context, owner)
    const { nextCursor } = await listBoards(context, owner, { limit: 1 })
    expect((await listBoards(context, other, { cursor: nextCursor ?? '' })).boards).toEqual([])
    for (const cursor of ['', 'x', 'AAAA', Buffer.from('1 ').toString('base64url'), 'é'.repeat(99)]) {
      expect(await codeOf(listBoards(context, owner, { cursor }))).toBe('invalid')
    }
    for (const limit of [0, -1, 1e9]) {
      expect((await listBoards(context, owner, { limit })).boards.length).toBeGreaterThan(0)
    }
  })
})

describe('share links', () => {
  it('let people do what their role says and no more', async () => {
    const { id } = await createBoard(context, owner, 'Plan')
    const viewer = await createLink(context, owner, id, { role: 'viewer' })
    expect(await previewLink(context, viewer.secret)).toEqual({
      boardId: id,
      title: 'Plan',
      role: 'viewer',
      ownerName: 'Owner',
    })
    expect(await joinByLink(context, other, viewer.secret)).toEqual({
      boardId: id,
      role: 'viewer',
      title: 'Plan',
    })
    expect(await codeOf(renameBoard(context, other, id, 'Mine'))).toBe('not-allowed')
    const editor = await createLink(context, owner, id, { role: 'editor' })
    expect(await joinByLink(context, other, editor.secret)).toMatchObject({ role: 'editor' })
    expect((await renameBoard(context, other, id, 'Ours')).role).toBe('editor')
    // The weaker link, opened later, takes nothing away.
    expect(await joinByLink(context, other, viewer.secret)).toMatchObject({ role: 'editor' })
    for (const work of [deleteBoard(context, other, id), listLinks(context, other, id)]) {
      expect(await codeOf(work)).toBe('not-allowed')
    }
    expect(await joinByLink(context, owner, viewer.secret)).toMatchObject({ role: 'owner' })
  })

  it('AP11: dead and unknown ones look alike', async () => {
    const { id } = await createBoard(context, owner)
    const { id: gone } = await createBoard(context, owner)
    const expired = await createLink(context, owner, id, { role: 'viewer', expiresAt: new Date(now + HOUR) })
    const revoked = await createLink(context, owner, id, { role: 'viewer' })
    const ofGone = await createLink(context, owner, gone, { role: 'editor' })
    await revokeLink(context, owner, id, revoked.id)
    await deleteBoard(context, owner, gone)
    now += HOUR
    const secrets = [expired.secret, revoked.secret, ofGone.secret, 'made.up', '']
    const answers = await Promise.all(secrets.map((secret) => refusal(joinByLink(context, other, secret))))
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toMatch(/^link-dead: /)
    for (const secret of secrets) expect(await previewLink(context, secret)).toBeNull()
    expect(await listLinks(context, owner, id)).toEqual([])
  })

  it('cannot be made to expire in the past, nor revoked on another board', async () => {
    const { id } = await createBoard(context, owner)
    const { id: second } = await createBoard(context, owner)
    const past = createLink(context, owner, id, { role: 'viewer', expiresAt: new Date(now) })
    expect(await codeOf(past)).toBe('invalid')
    const link = await createLink(context, owner, id, { role: 'viewer' })
    expect(await codeOf(revokeLink(context, owner, second, link.id))).toBe('not-found')
    expect(await joinByLink(context, other, link.secret)).toMatchObject({ boardId: id })
  })
})

describe('tickets for a board', () => {
  it('carry the role that the person has, or that a shown link gives', async () => {
    const { id } = await createBoard(context, owner)
    const viewer = await createLink(context, owner, id, { role: 'viewer' })
    expect((await ticketOf(owner, id)).role).toBe('editor')
    expect(await ticketOf(other, id, viewer.secret)).toMatchObject({ role: 'viewer', linkId: viewer.id })
    expect((await ticketOf(owner, id, 'dead.link')).role).toBe('editor')
  })

  it('WS5: a link to one board opens no other', async () => {
    const { id } = await createBoard(context, owner)
    const { id: second } = await createBoard(context, owner)
    const { secret } = await createLink(context, owner, id, { role: 'editor' })
    expect(await refusal(ticketOf(other, second, secret))).toMatch(/^link-dead/)
    expect(await refusal(ticketOf(other, 'no-such-board', secret))).toMatch(/^link-dead/)
  })

  it('WS7: the lower of ticket and database counts', async () => {
    const { id } = await createBoard(context, owner)
    const editor = await createLink(context, owner, id, { role: 'editor' })
    const viewer = await createLink(context, owner, id, { role: 'viewer' })
    await joinByLink(context, other, viewer.secret)
    const asViewer = await ticketOf(other, id)
    await joinByLink(context, other, editor.secret)
    const asEditor = await ticketOf(other, id)
    expect(await effectiveAccess(store, asViewer)).toEqual({ access: 'viewer', until: null })
    expect(await effectiveAccess(store, asEditor)).toEqual({ access: 'editor', until: null })
    await revokeLink(context, owner, id, editor.id)
    expect(await effectiveAccess(store, asEditor)).toEqual({ access: 'viewer', until: null })
    await revokeLink(context, owner, id, viewer.id)
    expect(await effectiveAccess(store, asEditor)).toEqual({ denied: 'access-removed' })
    expect(events).toEqual([
      { type: 'board', boardId: id },
      { type: 'board', boardId: id },
    ])
  })

  it('WS10: open nothing once the link expired, the board is gone or the session ended', async () => {
    const { id } = await createBoard(context, owner)
    const link = await createLink(context, owner, id, { role: 'editor', expiresAt: new Date(now + HOUR) })
    const claims = await ticketOf(other, id, link.secret)
    const later = new Date(now + HOUR)
    expect(await effectiveAccess(store, claims, new Date(now))).toEqual({
      access: 'editor',
      until: now + HOUR,
    })
    expect(await effectiveAccess(store, claims, later)).toEqual({ denied: 'access-removed' })
    expect(await effectiveAccess(store, { ...claims, sessionVersion: 7 })).toEqual({
      denied: 'session-ended',
    })
    expect(await effectiveAccess(store, { ...claims, personId: 'gone' })).toEqual({ denied: 'session-ended' })
    const elsewhere = await ticketOf(other, id, link.secret)
    await store.sessions.end(elsewhere.sessionId, new Date(now + HOUR))
    expect(await effectiveAccess(store, elsewhere, new Date(now))).toEqual({ denied: 'session-ended' })
    expect(await effectiveAccess(store, claims, new Date(now))).toEqual({
      access: 'editor',
      until: now + HOUR,
    })
    // AP8, S28: a session that is over by itself, whichever of the two ends first.
    const [soon, late] = [now + HOUR / 2, now + 2 * HOUR].map((end) => ({ ...claims, sessionEndsAt: end }))
    for (const [each, until] of [
      [soon, now + HOUR / 2],
      [late, now + HOUR],
    ] as const) {
      const answer = await effectiveAccess(store, { ...claims, ...each }, new Date(now))
      expect(answer).toEqual({ access: 'editor', until })
      const then = await effectiveAccess(store, { ...claims, ...each }, new Date(until))
      expect(then).toEqual({ denied: each === soon ? 'session-ended' : 'access-removed' })
    }
    await deleteBoard(context, owner, id)
    expect(await effectiveAccess(store, claims, new Date(now))).toEqual({ denied: 'board-gone' })
    expect(await effectiveAccess(store, { ...claims, boardId: 'none' })).toEqual({ denied: 'board-gone' })
  })
})
