import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AssetId } from '../../model/surface.ts'
import type { UploadAnswer } from './transport.ts'
import { createUploadDatabase, moveUploads, type UploadDatabase } from './upload-database.ts'
import { Uploads } from './uploads.ts'

const asset = (letter: string): AssetId => letter.repeat(64) as AssetId
const [A, B, C] = [asset('a'), asset('b'), asset('c')] as const
const picture = (text: string): Blob => new Blob([text], { type: 'image/png' })

let factory: IDBFactory
beforeEach(() => {
  factory = new IDBFactory()
})
const databaseOf = (person = 'ada', board = 'plan'): UploadDatabase =>
  createUploadDatabase(person, board, factory, IDBKeyRange)

/** Until all that is under way has come to rest; databases take turns of the event loop. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** A server that answers when it is told to. */
const setUp = (database: UploadDatabase | null = databaseOf()) => {
  const asked: { picture: Blob; answer: (answer: UploadAnswer) => void; progress: (part: number) => void }[] =
    []
  const timers: { delay: number; work: () => void }[] = []
  const stored: [AssetId, AssetId][] = []
  const refused: string[] = []
  const uploads = new Uploads({
    transport: {
      upload: (sent, progress) =>
        new Promise((answer) => {
          asked.push({ picture: sent, answer, progress })
        }),
    },
    database,
    onChange: () => undefined,
    onStored: (from, to) => stored.push([from, to]),
    onRefused: (_asset, message) => refused.push(message),
    after: (delay, work) => {
      const timer = { delay, work }
      timers.push(timer)
      return () => {
        timers.splice(timers.indexOf(timer), 1)
      }
    },
  })
  return { uploads, asked, timers, stored, refused }
}

describe('uploads', () => {
  it('count until the server has the picture, and are kept on the device until then', async () => {
    const { uploads, asked, stored } = setUp()
    await uploads.add(A, picture('one'))
    expect([uploads.pending, await databaseOf().count()]).toEqual([1, 1])
    asked[0]?.progress(0.5)
    expect(uploads.progress).toEqual(new Map([[A, 0.5]]))
    asked[0]?.answer({ type: 'stored', asset: A })
    await settled()
    expect([uploads.pending, await databaseOf().count()]).toEqual([0, 0])
    expect(stored).toEqual([[A, A]])
  })

  it('go on where a page that was closed left them, for the same person and board alone', async () => {
    const closed = setUp()
    await closed.uploads.add(A, picture('left behind'))
    closed.uploads.dispose()
    for (const [person, board] of [
      ['bob', 'plan'],
      ['ada', 'other'],
    ] as const) {
      const { uploads } = setUp(databaseOf(person, board))
      await uploads.restore()
      expect(uploads.pending).toBe(0)
    }
    const next = setUp()
    await next.uploads.restore()
    expect(next.uploads.pending).toBe(1)
    expect(await next.uploads.picture(A)?.text()).toBe('left behind')
    expect(next.asked[0]?.picture.type).toBe('image/png')
  })

  it('are tried again, less and less often, or at once when the server is back', async () => {
    const { uploads, asked, timers } = setUp(null)
    await uploads.add(A, picture('one'))
    const delays: number[] = []
    for (let turn = 0; turn < 8; turn++) {
      asked.at(-1)?.answer({ type: 'later' })
      await settled()
      const timer = timers.shift()
      delays.push(timer?.delay ?? 0)
      timer?.work()
    }
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
    asked.at(-1)?.answer({ type: 'later' })
    await settled()
    const before = asked.length
    uploads.wake()
    expect([asked.length, timers.length]).toEqual([before + 1, 0])
  })

  it('end with a final no, which is said', async () => {
    const { uploads, asked, refused } = setUp()
    await uploads.add(A, picture('one'))
    asked[0]?.answer({ type: 'refused', message: 'This board is full.' })
    await settled()
    expect([uploads.pending, await databaseOf().count(), refused]).toEqual([0, 0, ['This board is full.']])
  })

  it('go two at a time, and each picture once', async () => {
    const { uploads, asked } = setUp()
    for (const id of [A, B, C, A]) await uploads.add(id, picture(id))
    expect([uploads.pending, asked.length]).toEqual([3, 2])
    asked[0]?.answer({ type: 'stored', asset: A })
    await settled()
    expect([uploads.pending, asked.length]).toEqual([2, 3])
  })

  it('work without a database, and with one that fails', async () => {
    const failing: UploadDatabase = {
      all: () => Promise.reject(new Error('forbidden')),
      count: () => Promise.reject(new Error('forbidden')),
      put: () => Promise.reject(new Error('forbidden')),
      delete: () => Promise.reject(new Error('forbidden')),
    }
    for (const database of [null, failing]) {
      const { uploads, asked, stored } = setUp(database)
      await uploads.restore()
      await uploads.add(A, picture('one'))
      asked[0]?.answer({ type: 'stored', asset: A })
      await settled()
      expect([stored.length, uploads.pending, await uploads.left()]).toEqual([1, 0, 0])
    }
  })
})

describe('pictures that wait', () => {
  const place = () => ({ factory, range: IDBKeyRange })

  it('are sent by the account that a guest has become part of, beside its own', async () => {
    await databaseOf('guest', 'plan').put({ asset: A, picture: picture('a') })
    await databaseOf('guest', 'map').put({ asset: B, picture: picture('b') })
    await databaseOf('ada', 'plan').put({ asset: C, picture: picture('c') })
    expect(await moveUploads('guest', 'ada', place())).toEqual(new Set(['map', 'plan']))
    expect((await databaseOf('ada', 'plan').all()).map(({ asset }) => asset)).toEqual([A, C])
    expect(await databaseOf('ada', 'map').count()).toBe(1)
    expect(await databaseOf('guest', 'plan').count()).toBe(0)
    expect(await moveUploads('guest', 'ada', place())).toEqual(new Set())
  })

  it('are forgotten with who put them there, and those of others are not', async () => {
    await databaseOf('ada', 'plan').put({ asset: A, picture: picture('a') })
    await databaseOf('ben', 'plan').put({ asset: B, picture: picture('b') })
    expect(await moveUploads('ada', null, place())).toEqual(new Set(['plan']))
    expect([await databaseOf('ada').count(), await databaseOf('ben').count()]).toEqual([0, 1])
  })
})
