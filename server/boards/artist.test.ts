import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createManualClock } from '../../test/support/manual-clock.ts'
import { silentLog } from '../../test/support/stores.ts'
import { type Artist, artistTimes, createArtist, type Order, startPictureWorker } from './artist.ts'
import { drawPicture } from './picture.ts'

const boardOf = (...positions: number[]): Order => {
  const doc = new Y.Doc()
  for (const at of positions) {
    const base = { type: 'rectangle', position: [at, 0], size: [100, 50], order: 'a0' }
    doc.getMap('elements').set(`e${at}`, new Y.Map([['base', base]]))
  }
  return { updates: [Y.encodeStateAsUpdate(doc)], theme: 'light' }
}

/** What goes wrong in a thread, by what it is ordered to draw. */
const troubled = `
  const { parentPort } = require('node:worker_threads')
  let orders = 0
  parentPort.on('message', ({ theme }) => {
    orders++
    if (theme === 'hangs') for (;;);
    if (theme === 'throws') throw new Error('not to be drawn')
    if (theme === 'hoards') for (const held = []; ; ) held.push(new Array(100_000).fill(orders))
    if (theme === 'exits') process.exit(1)
    parentPort.postMessage(theme + ' ' + orders)
  })`

const open: Artist[] = []
const hire = (start: () => Worker) => {
  const clock = createManualClock()
  const artist = createArtist({ start, log: silentLog, clock })
  open.push(artist)
  return { artist, clock }
}

const hireTroubled = () => {
  const threads: Worker[] = []
  const start = (): Worker => {
    const limits = { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 8 }
    const thread = new Worker(troubled, { eval: true, resourceLimits: limits })
    threads.push(thread)
    return thread
  }
  const { artist, clock } = hire(start)
  const order = (theme: string) => artist.draw({ updates: [], theme: theme as Order['theme'] })
  return { artist, clock, order, threads }
}

afterEach(async () => {
  for (const artist of open.splice(0)) await artist.stop()
})

describe('the thread that draws pictures of boards', () => {
  it('V17 draws what the main thread would, and leaves the bytes of the order with who gave it', async () => {
    const { artist } = hire(() => startPictureWorker(join(import.meta.dirname, '..', 'main.ts')))
    const [one, two] = [boardOf(10), boardOf(10, 300)]
    const drawn = await Promise.all([artist.draw(one), artist.draw(two)])
    expect(drawn).toEqual([one, two].map(({ updates, theme }) => drawPicture(updates, theme)))
    expect(one.updates[0]?.length).toBeGreaterThan(10)
    expect(await artist.draw({ updates: [Uint8Array.of(9, 9, 9)], theme: 'light' })).toBeNull()
    expect(await artist.draw(one)).toBe(drawn[0])
  })

  it.each(['throws', 'hoards', 'exits'])(
    'V17 CT3 is replaced when it %s, and draws what comes after',
    async (trouble) => {
      const { order, threads } = hireTroubled()
      expect(await Promise.all([order('a'), order(trouble), order('b')])).toEqual(['a 1', null, 'b 1'])
      expect(threads).toHaveLength(2)
    },
  )

  it('V17 CT3 is ended when it hangs, however busy it is', async () => {
    const { order, clock, threads } = hireTroubled()
    expect(await order('a')).toBe('a 1')
    const hanging = order('hangs')
    const next = order('b')
    await Promise.resolve()
    clock.advance(artistTimes.picture)
    expect([await hanging, await next]).toEqual([null, 'b 1'])
    expect(threads).toHaveLength(2)
  })

  it('V17 draws one picture at a time, and goes when it has nothing to draw for a while', async () => {
    const { artist, order, clock, threads } = hireTroubled()
    expect(await Promise.all(['a', 'b', 'c'].map(order))).toEqual(['a 1', 'b 2', 'c 3'])
    const [thread] = threads
    const gone = new Promise((resolve) => thread?.once('exit', resolve))
    clock.advance(artistTimes.rest)
    await gone
    expect(await order('d')).toBe('d 1')
    await artist.stop()
    expect(await order('e')).toBeNull()
  })
  it('V17 leaves nothing behind when it is stopped while it draws', async () => {
    const { artist, order, clock } = hireTroubled()
    const hanging = order('hangs')
    await Promise.resolve()
    await artist.stop()
    expect(await hanging).toBeNull()
    expect(clock.waiting).toBe(0)
  })
})
