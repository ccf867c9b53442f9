import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { cpuTime } from '../../test/support/cpu-time.ts'
import { openSqliteTestStore } from '../../test/support/stores.ts'
import { encodeInk } from '../../whiteboard/model/ink.ts'
import { createAccessEvents } from './access-events.ts'
import type { Artist } from './artist.ts'
import { createBoard } from './boards.ts'
import type { BoardsContext } from './context.ts'
import { drawPicture } from './picture.ts'
import { createPlaces } from './places.ts'
import { previewBoard } from './preview.ts'
import { createPreviewCache } from './preview-cache.ts'
import { estimatedWidth } from './text-width.ts'
import { createTicketIssuer } from './tickets.ts'

const SECRET = 'a secret of the server that is long enough'

/** Draws in this thread. */
const inTheOpen: Artist = {
  draw: async ({ updates, theme }) => drawPicture(updates, theme),
  stop: async () => {},
}

let context: BoardsContext & { readonly artist: Artist }
let owner: string
let remove: () => Promise<void>

beforeAll(async () => {
  const temporary = await openSqliteTestStore()
  remove = temporary.close
  const { store } = temporary
  const tickets = createTicketIssuer(SECRET)
  const now = () => new Date()
  context = { store, accessEvents: createAccessEvents(), tickets, secret: SECRET, now, artist: inTheOpen }
  owner = (await store.people.createGuest('Owner')).id
})
afterAll(() => remove())

const stored = async (write: (doc: Y.Doc) => void): Promise<string> => {
  const { id } = await createBoard(context, owner)
  const doc = new Y.Doc()
  write(doc)
  await context.store.rooms.append([{ boardId: id, data: Y.encodeStateAsUpdate(doc) }])
  return id
}

const add = (doc: Y.Doc, id: string, base: unknown): void => {
  const entry = new Y.Map<unknown>()
  entry.set('base', base)
  doc.getMap('elements').set(id, entry)
}

const rectangle = { type: 'rectangle', position: [10, 20], size: [100, 50], order: 'a0' }

describe('the picture of a board', () => {
  it('shows what is stored, and is drawn once for each state', async () => {
    const id = await stored((doc) => add(doc, 'one', rectangle))
    const cache = createPreviewCache(1e6)
    const look = (theme: 'light' | 'dark' = 'light') =>
      previewBoard(context, owner, id, theme, cache, () => 0)
    const first = await look()
    expect(first.svg).toMatch(/^<svg [^>]*>.*<path .*<\/svg>$/s)
    cache.set(`${id} light`, { ...first, svg: 'kept', freshUntil: 0 })
    expect((await look()).svg).toBe('kept')
    const doc = new Y.Doc()
    add(doc, 'two', { ...rectangle, position: [300, 20] })
    await context.store.rooms.append([{ boardId: id, data: Y.encodeStateAsUpdate(doc) }])
    const second = await look()
    expect(second.tag).not.toBe(first.tag)
    expect(second.svg.length).toBeGreaterThan(first.svg.length)
    expect((await look('dark')).svg).not.toBe(second.svg)
  })

  it('stays for a while where it took long to draw', async () => {
    const id = await stored((doc) => add(doc, 'one', rectangle))
    const cache = createPreviewCache(1e6)
    let now = 0
    const slow = () => {
      now += 50
      return now
    }
    const first = await previewBoard(context, owner, id, 'light', cache, slow)
    const doc = new Y.Doc()
    add(doc, 'two', rectangle)
    await context.store.rooms.append([{ boardId: id, data: Y.encodeStateAsUpdate(doc) }])
    now = 500
    expect(await previewBoard(context, owner, id, 'light', cache, slow)).toEqual(first)
    now = 2000
    expect((await previewBoard(context, owner, id, 'light', cache, slow)).tag).not.toBe(first.tag)
  })

  it('V17 is empty where it could not be drawn, and is tried again after a while', async () => {
    const id = await stored((doc) => add(doc, 'one', rectangle))
    const cache = createPreviewCache(1e6)
    let now = 0
    const slow = () => {
      now += 50
      return now
    }
    let draws = 0
    const draw: Artist['draw'] = async (order) => (++draws === 1 ? null : inTheOpen.draw(order))
    const look = () =>
      previewBoard({ ...context, artist: { ...inTheOpen, draw } }, owner, id, 'light', cache, slow)
    const failed = await look()
    expect(failed.svg).not.toContain('<path')
    expect(await look()).toEqual(failed)
    expect(draws).toBe(1)
    now = 5000
    const drawn = await look()
    expect(drawn.svg).toContain('<path')
    expect(drawn.tag).not.toBe(failed.tag)
  })

  it('shows a part of a board that has very many elements', async () => {
    const id = await stored((doc) =>
      doc.transact(() => {
        for (let n = 0; n < 5000; n += 1) add(doc, `e${n}`, { ...rectangle, position: [n * 200, 0] })
      }),
    )
    const { svg } = await previewBoard(context, owner, id, 'light')
    expect(svg.match(/<path /g)?.length).toBeLessThanOrEqual(2000)
    expect(svg.length).toBeGreaterThan(1000)
  })

  it('CT3: holds nobody up, whatever it would take to draw all of it', async () => {
    const points = Array.from(
      { length: 20_000 },
      (_, index) =>
        [300 + 290 * Math.sin(index * 2.1), 200 + 190 * Math.cos(index * 1.7), index % 2] as const,
    )
    const ink = encodeInk(points)
    const id = await stored((doc) => {
      for (let n = 0; n < 40; n++) add(doc, `s${n}`, { ...rectangle, type: 'ink', size: [600, 400 + n], ink })
    })
    const startedAt = cpuTime()
    const { svg } = await previewBoard(context, owner, id, 'light', createPreviewCache(1e6))
    // All of it would take minutes.
    expect(cpuTime() - startedAt).toBeLessThan(15_000)
    expect(svg).toMatch(/^<svg .*<\/svg>$/s)
  }, 60_000)

  it('is empty for a board that nobody has drawn on', async () => {
    const { id } = await createBoard(context, owner)
    expect((await previewBoard(context, owner, id, 'light')).svg).not.toContain('<path')
  })

  it('is for those who may see the board', async () => {
    const id = await stored((doc) => add(doc, 'one', rectangle))
    const other = (await context.store.people.createGuest('Other')).id
    await expect(previewBoard(context, other, id, 'light')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('CT1, CT2, CT7: holds no script, address or broken number, whatever is on the board', async () => {
    const evil = '</text><script>alert(1)</script><a href="javascript:x">'
    const id = await stored((doc) => {
      add(doc, 'good', rectangle)
      add(doc, 'text', { ...rectangle, type: 'text', order: 'a1' })
      doc.getMap<Y.Map<unknown>>('elements').get('text')?.set('text/1', new Y.Text(evil))
      add(doc, 'colour', {
        ...rectangle,
        stroke: '"/><script>1</script>',
        fill: 'url(//evil.test)',
        order: 'a2',
      })
      add(doc, 'numbers', { ...rectangle, position: [Number.NaN, 1e308], size: ['12', -5], order: 'a3' })
      add(doc, 'unknown', { type: '<script>', order: 'a4' })
      for (const [n, value] of [null, 7, 'text', [1]].entries()) add(doc, `odd${n}`, value)
      doc.getMap('elements').set('plain', 'a string')
    })
    const { svg } = await previewBoard(context, owner, id, 'light')
    expect(svg).toContain('<path')
    for (const bad of ['<script', '<a ', 'href=', 'evil.test', 'NaN', 'Infinity', '1e+']) {
      expect([bad, svg.includes(bad)]).toEqual([bad, false])
    }
  })
})

describe('the cache of pictures', () => {
  it('V18 makes a picture once for all who ask meanwhile, and again when that failed', async () => {
    const cache = createPreviewCache(100)
    const kept = { svg: 'x', tag: 'x', freshUntil: 10 }
    let finish: (value: typeof kept) => void = () => {}
    let made = 0
    const make = (): Promise<typeof kept> => {
      made++
      return new Promise((resolve) => {
        finish = resolve
      })
    }
    const asked = [cache.fresh('a', 0, make), cache.fresh('a', 0, make)]
    finish(kept)
    expect(await Promise.all(asked)).toEqual([kept, kept])
    expect(await cache.fresh('a', 9, make)).toBe(kept)
    expect(made).toBe(1)
    const failing = (): Promise<never> => Promise.reject(new Error('not now'))
    await expect(cache.fresh('a', 10, failing)).rejects.toThrow('not now')
    expect(await cache.fresh('a', 10, async (known) => ({ ...kept, tag: `${known?.tag}y` }))).toMatchObject({
      tag: 'xy',
    })
  })

  it('forgets what was not used for longest, and keeps nothing too large', () => {
    const cache = createPreviewCache(10)
    const set = (key: string, svg: string) => cache.set(key, { svg, tag: key, freshUntil: 0 })
    const has = (key: string) => cache.get(key) !== undefined
    set('a', 'xxxx')
    set('b', 'xxxx')
    cache.get('a')
    set('c', 'xxxx')
    expect(['a', 'b', 'c'].map(has)).toEqual([true, false, true])
    set('a', 'x'.repeat(11))
    expect(['a', 'c'].map(has)).toEqual([false, true])
    set('c', 'yyyy')
    set('d', 'x'.repeat(6))
    expect(['c', 'd'].map(has)).toEqual([true, true])
  })
})

it('V18 places are given in the order of asking, and none when too many wait', async () => {
  const places = createPlaces({ inside: 1, waiting: 1 })
  const leave = await places.enter()
  let entered = false
  const second = places.enter().then((left) => {
    entered = true
    return left
  })
  expect(await places.enter()).toBeNull()
  expect(entered).toBe(false)
  leave?.()
  ;(await second)?.()
  expect(await places.enter()).not.toBeNull()
})

describe('the estimated width of text', () => {
  it('grows with text and size and knows wide from narrow', () => {
    expect(estimatedWidth('', 'sans', 20)).toBe(0)
    expect(estimatedWidth('mm', 'sans', 20)).toBeGreaterThan(estimatedWidth('ii', 'sans', 20))
    expect(estimatedWidth('ab', 'hand', 40)).toBeCloseTo(2 * estimatedWidth('ab', 'hand', 20))
    expect(estimatedWidth('i'.repeat(10), 'mono', 10)).toBeCloseTo(60)
    expect(estimatedWidth('漢字', 'serif', 10)).toBeGreaterThan(estimatedWidth('ab', 'serif', 10))
  })
})
