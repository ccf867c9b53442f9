import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createAccessEvents } from '../../server/boards/access-events.ts'
import { BIN_TIME, listBin, removeFromBin } from '../../server/boards/bin.ts'
import { createBoard, deleteBoard, restoreBoard, wholeState } from '../../server/boards/boards.ts'
import type { BoardsContext } from '../../server/boards/context.ts'
import { keepHouse } from '../../server/boards/housekeeping.ts'
import { createLink, joinByLink } from '../../server/boards/links.ts'
import { createTicketIssuer } from '../../server/boards/tickets.ts'
import { createVersionKeeper, keeperTimes } from '../../server/boards/version-keeper.ts'
import { unpackState } from '../../server/boards/version-state.ts'
import { versionLimits } from '../../server/boards/version-thinning.ts'
import {
  copyVersion,
  keepBeforeRestore,
  listVersions,
  nameCurrent,
  removeVersion,
  renameVersion,
  versionState,
} from '../../server/boards/versions.ts'
import type { PersonRow, Store } from '../../server/store/types.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { openPostgresTestStore, openSqliteTestStore, silentLog, type TestStore } from '../support/stores.ts'

const SECRET = 'a secret of the server that is long enough'
const DAY = 24 * 3_600_000

describe.each([
  ['SQLite', openSqliteTestStore],
  ['PostgreSQL', openPostgresTestStore],
])('versions on %s', (_, open) => {
  let test: TestStore
  let store: Store
  let ada: PersonRow
  let ben: PersonRow
  let vera: PersonRow
  let eve: PersonRow
  let boardId: string
  let time: number
  let context: BoardsContext

  beforeAll(async () => {
    test = await open()
    store = test.store
    ;[ada, ben, vera, eve] = (await Promise.all(
      ['Ada', 'Ben', 'Vera', 'Eve'].map((name) => store.people.createGuest(name)),
    )) as [PersonRow, PersonRow, PersonRow, PersonRow]
  })
  afterAll(() => test?.close())

  const shareWith = async (person: PersonRow, role: 'editor' | 'viewer') => {
    const { secret } = await createLink(context, ada.id, boardId, { role })
    await joinByLink(context, person.id, secret)
  }

  beforeEach(async () => {
    time = Date.now()
    context = {
      store,
      accessEvents: createAccessEvents(),
      tickets: createTicketIssuer(SECRET),
      secret: SECRET,
      now: () => new Date(time),
    }
    boardId = (await createBoard(context, ada.id, 'Plan')).id
    await shareWith(ben, 'editor')
    await shareWith(vera, 'viewer')
  })

  /** Stores so many elements, each as an update of its own. */
  const draw = async (names: readonly string[], board = boardId): Promise<number> => {
    const updates = names.map((name) => {
      const doc = new Y.Doc()
      doc.getMap('elements').set(name, new Y.Map([['base', { type: 'rectangle' }]]))
      return { boardId: board, data: Y.encodeStateAsUpdate(doc) }
    })
    return Math.max(...(await store.rooms.append(updates)))
  }

  const namesIn = (updates: readonly Uint8Array[]): string[] => {
    const doc = new Y.Doc()
    for (const update of updates) Y.applyUpdate(doc, update)
    return [...doc.getMap('elements').keys()].sort()
  }
  const namesOf = async (versionId: string, board = boardId): Promise<string[]> =>
    namesIn(await unpackState(board, await versionState(context, ada.id, board, versionId)))

  const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code })

  it('V8 keeps what is stored now under a name, whatever is drawn after', async () => {
    await draw(['a', 'b'])
    const version = await nameCurrent(context, ben.id, boardId, '  First\n idea ')
    expect(version).toMatchObject({ name: 'First idea', reason: 'named', createdBy: ben.id, elements: 2 })
    await draw(['c'])
    expect(await namesOf(version.id)).toEqual(['a', 'b'])
    for (const name of ['', ' \u0007 ', 'x'.repeat(101)]) {
      await expect(nameCurrent(context, ada.id, boardId, name)).rejects.toEqual(refused('invalid'))
    }
  })

  it('V8 makes no version of a board that nobody has drawn on', async () => {
    await expect(nameCurrent(context, ada.id, boardId, 'Nothing')).rejects.toEqual(refused('invalid'))
    expect((await listVersions(context, ada.id, boardId)).versions).toEqual([])
  })

  it('V7 is for those who may change the board: viewers may not, strangers find nothing', async () => {
    await draw(['a'])
    const { id } = await nameCurrent(context, ada.id, boardId, 'One')
    const calls = (person: string) => [
      () => listVersions(context, person, boardId),
      () => nameCurrent(context, person, boardId, 'Two'),
      () => renameVersion(context, person, boardId, id, 'Three'),
      () => versionState(context, person, boardId, id),
      () => keepBeforeRestore(context, person, boardId, id),
      () => copyVersion(context, person, boardId, id),
      () => removeVersion(context, person, boardId, id),
    ]
    for (const call of calls(vera.id)) await expect(call()).rejects.toEqual(refused('not-allowed'))
    for (const call of calls(eve.id)) await expect(call()).rejects.toEqual(refused('not-found'))
    await expect(removeVersion(context, ben.id, boardId, id)).rejects.toEqual(refused('not-allowed'))
    await removeVersion(context, ada.id, boardId, id)
    await expect(versionState(context, ada.id, boardId, id)).rejects.toEqual(refused('not-found'))
  })

  it('V7 finds a version on its own board only', async () => {
    await draw(['a'])
    const { id } = await nameCurrent(context, ada.id, boardId, 'One')
    const other = (await createBoard(context, ada.id)).id
    await draw(['b'], other)
    for (const versionId of [id, 'nothing', '../x', '\u0000']) {
      await expect(versionState(context, ada.id, other, versionId)).rejects.toEqual(refused('not-found'))
      await expect(renameVersion(context, ada.id, other, versionId, 'x')).rejects.toEqual(
        refused('not-found'),
      )
      await expect(copyVersion(context, ada.id, other, versionId)).rejects.toEqual(refused('not-found'))
      await expect(removeVersion(context, ada.id, other, versionId)).rejects.toEqual(refused('not-found'))
    }
  })

  it('V16 lists the newest first, page by page, all or those with a name', async () => {
    await draw(['a'])
    for (let index = 0; index < 5; index++) {
      time += 1000
      const { id } = await nameCurrent(context, ada.id, boardId, `Version ${index}`)
      if (index % 2 === 1) await renameVersion(context, ben.id, boardId, id, null)
    }
    const seen: (string | null)[] = []
    let cursor: string | undefined
    do {
      const page = await listVersions(context, ada.id, boardId, { limit: 2, cursor })
      seen.push(...page.versions.map(({ name }) => name))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(['Version 4', null, 'Version 2', null, 'Version 0'])
    const named = await listVersions(context, ada.id, boardId, { namedOnly: true })
    expect(named.versions.map(({ name }) => name)).toEqual(['Version 4', 'Version 2', 'Version 0'])
    await expect(listVersions(context, ada.id, boardId, { cursor: 'AAAA' })).rejects.toEqual(
      refused('invalid'),
    )
  })

  it('V5 takes only so many names on a board', async () => {
    await draw(['a'])
    const made = Array.from({ length: versionLimits.named }, (_, index) => ({
      id: `${boardId}-${index}`,
      boardId,
      name: `Version ${index}`,
      reason: 'named',
      elements: 1,
      data: new Uint8Array([1]),
      checksum: '',
    }))
    await test.client.boardVersion.createMany({ data: made })
    await expect(nameCurrent(context, ada.id, boardId, 'More')).rejects.toEqual(refused('full'))
    await renameVersion(context, ada.id, boardId, `${boardId}-0`, 'Still fine')
    await renameVersion(context, ada.id, boardId, `${boardId}-0`, null)
    await nameCurrent(context, ada.id, boardId, 'More')
  })

  it('V6 PE5 says that a version is damaged rather than show something else', async () => {
    await draw(['a'])
    const { id } = await nameCurrent(context, ada.id, boardId, 'One')
    const { data } = await test.client.boardVersion.findUniqueOrThrow({ where: { id } })
    for (const damaged of [
      data.slice(0, -1),
      new Uint8Array(),
      data.map((byte, at) => (at === 9 ? byte ^ 1 : byte)),
    ]) {
      await test.client.boardVersion.update({ where: { id }, data: { data: damaged } })
      await expect(versionState(context, ada.id, boardId, id)).rejects.toThrow('damaged')
      await expect(copyVersion(context, ada.id, boardId, id)).rejects.toThrow('damaged')
    }
    expect((await listVersions(context, ada.id, boardId)).versions).toHaveLength(1)
  })

  it('V9 keeps the board as it is before somebody goes back', async () => {
    await draw(['a'])
    const { id } = await nameCurrent(context, ada.id, boardId, 'One')
    await draw(['b'])
    const kept = await keepBeforeRestore(context, ben.id, boardId, id)
    expect(kept).toMatchObject({
      reason: 'before-restore',
      name: null,
      createdBy: ben.id,
      createdByName: 'Ben',
    })
    expect(await namesOf(kept?.id ?? '')).toEqual(['a', 'b'])
  })

  it('V14 copies a version to a board of the person’s own, with the pictures', async () => {
    await draw(['a'])
    const hash = 'f'.repeat(64)
    const picture = { boardId, hash, type: 'image/png', bytes: 10, width: 1, height: 1, createdBy: ada.id }
    await store.assets.add(picture, { board: 100, person: 100 })
    const { id } = await nameCurrent(context, ada.id, boardId, 'One')
    await draw(['b'])
    const copy = await copyVersion(context, ben.id, boardId, id)
    expect(copy).toMatchObject({ ownerId: ben.id, title: 'Plan (copy)' })
    const state = await wholeState(await store.rooms.load(copy.id))
    expect(namesIn(state ? [state] : [])).toEqual(['a'])
    expect(await store.assets.find(copy.id, hash)).toMatchObject({ hash })
    await draw(['c'], copy.id)
    expect(await namesOf(id)).toEqual(['a'])
  })

  describe('made by themselves', () => {
    const setUp = () => {
      const clock = createManualClock()
      const keeper = createVersionKeeper({ store, clock, log: silentLog, countElements: () => 7 })
      const made = async () => (await listVersions(context, ada.id, boardId)).versions
      const work = (...personIds: string[]) => keeper.worked([{ boardId, personIds }], new Date(clock.now()))
      /** Lets time pass, with turns for what is waiting. */
      const pass = async (milliseconds: number, each: () => void = () => {}) => {
        for (let left = milliseconds; left > 0; left -= keeperTimes.look) {
          clock.advance(keeperTimes.look)
          await keeper.idle()
          each()
        }
      }
      return { clock, keeper, made, work, pass }
    }

    it('V1 V2 are made every ten minutes of work, with those who wrote since the last', async () => {
      const { keeper, made, work, pass } = setUp()
      await draw(['a'])
      work(ada.id)
      await pass(9 * 60_000, () => work(ben.id, 'somebody-gone'))
      expect(await made()).toEqual([])
      await pass(60_000, () => work())
      const [first, ...none] = await made()
      expect(none).toEqual([])
      expect(first).toMatchObject({ reason: 'worked', name: null, createdBy: null, elements: 7 })
      expect(first?.authors.map(({ name }) => name).sort()).toEqual(['Ada', 'Ben'])
      work(ben.id)
      await pass(10 * 60_000, () => work())
      expect((await made()).map(({ authors }) => authors.length)).toEqual([1, 2])
      await keeper.stop()
    })

    it('V1 are dated by the time of day', async () => {
      const keeper = createVersionKeeper({ store, log: silentLog, countElements: () => 7 })
      await draw(['a'])
      const before = Date.now()
      keeper.worked([{ boardId, personIds: [ada.id] }], new Date())
      keeper.left(boardId, 1)
      await keeper.stop()
      const [made] = (await listVersions(context, ada.id, boardId)).versions
      expect(made?.createdAt.getTime()).toBeGreaterThanOrEqual(before)
    })

    it('V1 makes one when work rests, and none of a board that nobody works on', async () => {
      const { keeper, made, work, pass } = setUp()
      await pass(60 * 60_000)
      expect(await made()).toEqual([])
      await draw(['a'])
      work(ada.id)
      await pass(keeperTimes.resting)
      expect(await made()).toHaveLength(1)
      await pass(60 * 60_000)
      expect(await made()).toHaveLength(1)
      await keeper.stop()
    })

    it('V1 makes one when everybody has left, but not twice within five minutes', async () => {
      const { keeper, made, work, pass } = setUp()
      await draw(['a'])
      keeper.left(boardId, 1)
      await keeper.idle()
      expect(await made()).toEqual([])
      work(ada.id)
      keeper.left(boardId, 12)
      await keeper.idle()
      expect((await made()).map(({ elements }) => elements)).toEqual([12])
      await draw(['b'])
      work(ben.id)
      keeper.left(boardId, 13)
      await keeper.idle()
      expect(await made()).toHaveLength(1)
      await pass(keeperTimes.apart)
      expect((await made()).map(({ elements }) => elements)).toEqual([13, 12])
      await keeper.stop()
    })

    it('V1 keeps what no version holds when the server stops', async () => {
      const { keeper, made, work } = setUp()
      await draw(['a'])
      work(ada.id)
      await keeper.stop()
      expect(await made()).toHaveLength(1)
    })

    it('V1 makes what failed later, with its authors', async () => {
      const { keeper, made, work, pass } = setUp()
      const { load } = store.rooms
      await draw(['a'])
      work(ada.id)
      Object.assign(store.rooms, { load: () => Promise.reject(new Error('down')) })
      await pass(keeperTimes.resting).finally(() => Object.assign(store.rooms, { load }))
      expect(await made()).toEqual([])
      work(ben.id)
      await pass(keeperTimes.resting)
      expect((await made()).map(({ authors }) => authors.length)).toEqual([2])
      await keeper.stop()
    })

    it('V3 keeps the state before a clearing, as it was on disk', async () => {
      const { keeper, made, work } = setUp()
      const seq = await draw(['a', 'b', 'c'])
      work(ada.id)
      keeper.cleared({ boardId, seq })
      await draw(['after'])
      await keeper.idle()
      const [version] = await made()
      expect(version).toMatchObject({ reason: 'before-clearing', elements: 3 })
      expect(version?.authors.map(({ name }) => name)).toEqual(['Ada'])
      expect(await namesOf(version?.id ?? '')).toEqual(['a', 'b', 'c'])
      keeper.cleared({ boardId, seq })
      await keeper.idle()
      expect(await made()).toHaveLength(1)
      await keeper.stop()
    })
  })

  it('V2 leaves what a guest wrote and named to the account that takes the guest over', async () => {
    const guest = await store.people.createGuest('Guest')
    await draw(['a'])
    const wish = { boardId, name: 'x', reason: 'named' as const, createdAt: new Date(time), elements: 1 }
    const data = new Uint8Array([1])
    await store.versions.create({ ...wish, createdBy: guest.id, authors: [guest.id], data })
    await store.versions.create({ ...wish, createdBy: guest.id, authors: [guest.id, ben.id], data })
    await store.people.mergeGuest(guest.id, ben.id)
    for (const { createdBy, authors } of (await listVersions(context, ada.id, boardId)).versions) {
      expect([createdBy, authors.map(({ id }) => id)]).toEqual([ben.id, [ben.id]])
    }
  })

  it('V4 thins the versions of all boards in the background', async () => {
    await draw(['a'])
    const at = (age: number) => ({
      boardId,
      name: null,
      reason: 'worked' as const,
      createdAt: new Date(time - age),
      createdBy: null,
      authors: [ada.id],
      elements: 1,
      data: new Uint8Array([1]),
    })
    for (const age of [0, 10 * DAY, 10 * DAY + 1000, 91 * DAY]) await store.versions.create(at(age))
    await keepHouse(store, silentLog, new Date(time))
    const left = (await listVersions(context, ada.id, boardId)).versions
    expect(left.map(({ createdAt }) => time - createdAt.getTime())).toEqual([0, 10 * DAY])
  })

  it('V15 lists the bin to its owner, who may bring back or remove for good', async () => {
    await draw(['a'])
    await nameCurrent(context, ada.id, boardId, 'One')
    await deleteBoard(context, ada.id, boardId)
    expect((await listBin(context, ada.id)).find(({ id }) => id === boardId)).toEqual({
      id: boardId,
      title: 'Plan',
      updatedAt: expect.any(Date),
      deletedAt: new Date(time),
      removedAt: new Date(time + BIN_TIME),
    })
    expect(await listBin(context, ben.id)).toEqual([])
    await expect(listVersions(context, ada.id, boardId)).rejects.toEqual(refused('not-found'))
    await expect(removeFromBin(context, ben.id, boardId)).rejects.toEqual(refused('not-found'))
    await restoreBoard(context, ada.id, boardId)
    expect((await listVersions(context, ada.id, boardId)).versions).toHaveLength(1)
    await expect(removeFromBin(context, ada.id, boardId)).rejects.toEqual(refused('not-found'))
    await deleteBoard(context, ada.id, boardId)
    await removeFromBin(context, ada.id, boardId)
    expect(await store.boards.find(boardId)).toBeNull()
    await expect(restoreBoard(context, ada.id, boardId)).rejects.toEqual(refused('not-found'))
  })

  it('V15 PE12 empties the bin of boards after 30 days; nothing written to one brings it back', async () => {
    await draw(['a'])
    await deleteBoard(context, ada.id, boardId)
    await keepHouse(store, silentLog, new Date(time + BIN_TIME - 1000))
    expect(await store.boards.find(boardId)).not.toBeNull()
    await keepHouse(store, silentLog, new Date(time + BIN_TIME + 1000))
    expect(await store.boards.find(boardId)).toBeNull()
    expect(await draw(['b'])).toBe(0)
    expect(await nameCurrent(context, ada.id, boardId, 'x').catch(({ code }) => code)).toBe('not-found')
    const wish = { boardId, name: null, reason: 'worked' as const, createdBy: null, authors: [], elements: 1 }
    expect(
      await store.versions.create({ ...wish, createdAt: new Date(), data: new Uint8Array([1]) }),
    ).toBeNull()
  })
})
