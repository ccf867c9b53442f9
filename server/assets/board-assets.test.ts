import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gpsExif, jpegSegment, makeGif, makeJpeg, makePng } from '../../test/support/pictures.ts'
import { openSqliteTestStore, silentLog, type TestStore } from '../../test/support/stores.ts'
import { createAccessEvents } from '../boards/access-events.ts'
import { createBoard, deleteBoard, duplicateBoard } from '../boards/boards.ts'
import { createTicketIssuer } from '../boards/tickets.ts'
import { hashOf } from './asset-store.ts'
import { type AssetsContext, addPicture, openPicture } from './board-assets.ts'
import { createFileAssetStore } from './file-asset-store.ts'
import { createIntake } from './intake.ts'
import { sweepAssets } from './sweeper.ts'

const SECRET = 'a secret of the server that is long enough'

let folder: string
let database: TestStore
let context: AssetsContext
let ada: string
let bob: string
let board: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-pictures-'))
  database = await openSqliteTestStore()
  const { store } = database
  context = {
    store,
    accessEvents: createAccessEvents(),
    tickets: createTicketIssuer(SECRET),
    secret: SECRET,
    now: () => new Date(),
    assets: createFileAssetStore(join(folder, 'assets')),
    intake: createIntake(),
    quota: { board: 10_000, person: 20_000 },
  }
  ada = (await store.people.createGuest('Ada')).id
  bob = (await store.people.createGuest('Bob')).id
  board = (await createBoard(context, ada)).id
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const bodyOf = (bytes: Uint8Array) => new Response(bytes as Uint8Array<ArrayBuffer>).body
const add = (bytes: Uint8Array, person = ada, to = board, using = context) =>
  addPicture(using, person, to, { body: bodyOf(bytes), declared: bytes.length })
const fetched = async (hash: string, person = ada, from = board): Promise<Buffer> => {
  const { content } = await openPicture(context, person, from, hash)
  return Buffer.from(await new Response(content).arrayBuffer())
}
const visitAs = async (person: string, role: 'viewer' | 'editor') => {
  const link = await context.store.links.create({ boardId: board, role, expiresAt: null })
  await context.store.links.visit(link.id, board, person, new Date())
  return link
}
const fileCount = async (): Promise<number> => {
  const entries = await readdir(join(folder, 'assets'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  )
  return entries.filter((entry) => entry.isFile()).length
}

describe('bringing a picture', () => {
  it('answers with its hash, type and sides, and gives the picture back', async () => {
    const png = makePng({ width: 30, height: 20 })
    const added = await add(png)
    expect(added).toEqual({ hash: hashOf(png), type: 'image/png', width: 30, height: 20 })
    expect(await fetched(added.hash)).toEqual(png)
    expect(await add(png)).toEqual(added)
    expect(await fileCount()).toBe(1)
  })

  it('UP9: leaves its place and everything else that is not the picture behind', async () => {
    const { hash } = await add(makeJpeg({ extra: [jpegSegment(0xe1, gpsExif())] }))
    expect(await fetched(hash)).toEqual(makeJpeg())
  })

  it('UP1 UP2 UP3: refuses what is no picture, moves, or is a bomb, in words, and keeps none of it', async () => {
    const bomb = makePng({ width: 50_000, height: 50_000, pixels: false })
    const refused: [Uint8Array, RegExp][] = [
      [makeGif(), /no picture/],
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), /no picture/],
      [Buffer.alloc(0), /no picture/],
      [makePng().subarray(0, -20), /damaged/],
      [bomb, /too many pixels/],
    ]
    for (const [bytes, words] of refused) {
      await expect(add(bytes)).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringMatching(words),
      })
    }
    expect(await fileCount()).toBe(0)
  })

  it('needs the right to edit', async () => {
    await expect(add(makePng(), bob)).rejects.toMatchObject({ code: 'not-found' })
    await visitAs(bob, 'viewer')
    await expect(add(makePng(), bob)).rejects.toMatchObject({ code: 'not-allowed' })
    await visitAs(bob, 'editor')
    expect(await add(makePng(), bob)).toMatchObject({ type: 'image/png' })
  })

  it('UP6: is refused when the right is lost while the body arrives', async () => {
    await visitAs(bob, 'editor')
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        await deleteBoard(context, ada, board)
        controller.enqueue(makePng())
        controller.close()
      },
    })
    const upload = addPicture(context, bob, board, { body, declared: 0 })
    await expect(upload).rejects.toMatchObject({ code: 'not-found' })
    expect(await fileCount()).toBe(0)
  })

  it('UP7 AP15: keeps to the quota of the board with twenty at once', async () => {
    const pictures = Array.from({ length: 20 }, (_, n) => makePng({ shade: n }))
    const each = pictures[0]?.length ?? 0
    const using = {
      ...context,
      quota: { board: each * 5 + 20, person: 1_000_000 },
      intake: createIntake({
        picture: 1000,
        perPerson: 100,
        arriving: 1_000_000,
      }),
    }
    const results = await Promise.allSettled(pictures.map((bytes) => add(bytes, ada, board, using)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
    expect(new Set(reasons)).toEqual(new Set(['full']))
    expect((await context.store.assets.use(board, ada)).board).toBeLessThanOrEqual(each * 5 + 20)
  })

  it('UP7: counts what one person brings to all boards', async () => {
    const [first, second] = [makePng({ shade: 1 }), makePng({ shade: 2 })]
    const using = { ...context, quota: { board: 10_000, person: first.length + 1 } }
    const other = (await createBoard(context, ada)).id
    await add(first, ada, board, using)
    await expect(add(second, ada, other, using)).rejects.toMatchObject({
      code: 'full',
      message: expect.stringContaining('one person'),
    })
  })
})

describe('fetching a picture', () => {
  it('UP6: is for those who may see the board now; everything else is one and the same refusal', async () => {
    const { hash } = await add(makePng())
    const elsewhere = (await createBoard(context, bob)).id
    const words = async (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'let in',
        ({ code, message }) => `${code}: ${message}`,
      )
    const stranger = await words(fetched(hash, bob))
    expect(stranger).toMatch(/^not-found: /)
    expect(await words(fetched(hash, bob, elsewhere))).toBe(stranger)
    expect(await words(fetched(hash, bob, 'no-such-board'))).toBe(stranger)
    expect(await words(fetched('0'.repeat(64)))).toBe(stranger)
    expect(await words(fetched('../../secret'))).toBe(stranger)
    const link = await visitAs(bob, 'viewer')
    expect(await words(fetched(hash, bob))).toBe('let in')
    await context.store.links.revoke(board, link.id, new Date())
    expect(await words(fetched(hash, bob))).toBe(stranger)
    await deleteBoard(context, ada, board)
    expect(await words(fetched(hash))).toBe(stranger)
  })

  it('UP8: answers for a row whose bytes are gone as for none, and gets them back with the same picture', async () => {
    const { hash } = await add(makePng())
    await rm(join(folder, 'assets'), { recursive: true })
    await expect(fetched(hash)).rejects.toMatchObject({ code: 'not-found' })
    await add(makePng())
    expect(await fetched(hash)).toEqual(makePng())
  })
})

describe('copies, and what stays behind', () => {
  it('come with a copied board, and stay when the first is gone, at nobody’s charge', async () => {
    const { hash } = await add(makePng())
    await database.store.rooms.append([{ boardId: board, data: new Uint8Array([0, 0]) }])
    const before = await context.store.assets.use(board, ada)
    const copy = (await duplicateBoard(context, ada, board)).id
    await database.client.board.delete({ where: { id: board } })
    expect(await fetched(hash, ada, copy)).toEqual(makePng())
    expect(before.person).toBeGreaterThan(0)
    expect(await context.store.assets.use(copy, ada)).toEqual({ board: before.board, person: 0 })
  })

  it('UP8: bytes without a row are swept after the time of grace, those with one are not', async () => {
    const { hash } = await add(makePng())
    const orphan = await context.assets.put(makePng({ shade: 3 }))
    const tomorrow = new Date(Date.now() + 24 * 60 * 60_000)
    await sweepAssets(context.assets, context.store.assets, silentLog)
    expect(await fileCount()).toBe(2)
    await sweepAssets(context.assets, context.store.assets, silentLog, tomorrow)
    expect(await context.assets.open(orphan)).toBeNull()
    expect(await fetched(hash)).toEqual(makePng())
  })

  it('follow a guest into the account they sign in to', async () => {
    await add(makePng())
    const account = await database.store.people.createAccount({
      name: 'A',
      email: 'a@b.c',
      passwordHash: 'x',
    })
    const { person } = await context.store.assets.use(board, ada)
    await database.store.people.mergeGuest(ada, account.id)
    expect((await context.store.assets.use(board, account.id)).person).toBe(person)
  })
})
