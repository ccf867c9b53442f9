import { describe, expect, it } from 'vitest'
import type { AssetId } from '../model/surface.ts'
import { type Decode, type Decoded, Pictures } from './pictures.ts'

const asset = (letter: string): AssetId => letter.repeat(64) as AssetId
const A = asset('a')

/** Lets everything happen that waits for nothing but its turn. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}

const setUp = ({ budget = 1e9, side = 800 } = {}) => {
  const stored = new Map<AssetId, string>()
  const timers: { work: () => void; delay: number }[] = []
  const asked: AssetId[] = []
  const open = new Set<Decoded>()
  let offline = false
  const decode: Decode = async (source, size) => {
    if (source instanceof Blob && (await source.text()) === 'broken') throw new Error('no picture')
    const [width, height] = size ?? [side, side]
    const decoded: Decoded = {
      image: {} as CanvasImageSource,
      width,
      height,
      close: () => open.delete(decoded),
    }
    open.add(decoded)
    return decoded
  }
  const pictures = new Pictures({
    source: {
      load: async (id) => {
        asked.push(id)
        if (offline) throw new Error('offline')
        const found = stored.get(id)
        return found === undefined ? null : new Blob([found])
      },
    },
    decode,
    budget,
    after: (delay, work) => {
      const timer = { work, delay }
      timers.push(timer)
      return () => {
        if (timers.includes(timer)) timers.splice(timers.indexOf(timer), 1)
      }
    },
  })
  const told: string[] = []
  pictures.subscribe((assets) => told.push([...assets].map((id) => id[0]).join('')))
  return {
    pictures,
    stored,
    timers,
    asked,
    open,
    told,
    setOffline: (value: boolean) => {
      offline = value
    },
    /** Until nothing is fetched or decoded any more. */
    done: async () => {
      await settle()
      while (pictures.busy) await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

describe('Pictures', () => {
  it('fetch what is asked for once, and tell when it is there', async () => {
    const { pictures, stored, asked, told, done } = setUp()
    stored.set(A, 'picture')
    expect(pictures.find(A, 1)).toBeNull()
    expect(pictures.find(A, 1)).toBeNull()
    expect(pictures.busy).toBe(true)
    await done()
    expect(asked).toEqual([A])
    expect(told).toEqual(['a'])
    expect(pictures.find(A, 1)).toMatchObject({ width: 800, height: 800, ratio: 1 })
  })

  it('keep no more of a picture than is shown, and a sharper version once it is asked for', async () => {
    const { pictures, stored, open, told, done } = setUp()
    stored.set(A, 'picture')
    pictures.find(A, 0.2)
    await done()
    expect([...open].map(({ width }) => width)).toEqual([200])
    expect(pictures.find(A, 0.2)).toMatchObject({ width: 800, ratio: 0.25 })
    expect(pictures.find(A, 1)).toMatchObject({ ratio: 0.25 })
    await done()
    expect(pictures.find(A, 1)).toMatchObject({ ratio: 1 })
    expect(pictures.find(A, 0.2)).toMatchObject({ ratio: 0.25 })
    expect(told).toEqual(['a', 'a'])
  })

  it('ask again for what is not there yet, less and less often, or at once when told to', async () => {
    const { pictures, stored, timers, asked, done, setOffline } = setUp()
    pictures.find(A, 1)
    await done()
    expect(pictures.busy).toBe(false)
    const delays: number[] = []
    setOffline(true)
    for (let turn = 0; turn < 7; turn++) {
      const timer = timers.shift()
      delays.push(timer?.delay ?? 0)
      timer?.work()
      await done()
    }
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    setOffline(false)
    stored.set(A, 'picture')
    const before = asked.length
    pictures.retry([A])
    expect(timers).toEqual([])
    await done()
    expect(asked.length).toBe(before + 1)
    expect(pictures.find(A, 1)).not.toBeNull()
  })

  it('do not go on about what is no picture', async () => {
    const { pictures, stored, timers, done } = setUp()
    stored.set(A, 'broken')
    pictures.find(A, 1)
    await done()
    expect(pictures.find(A, 1)).toBeNull()
    expect(timers).toEqual([])
  })

  it('stay within their memory, and fetch nothing twice for it', async () => {
    const { pictures, stored, asked, open, done } = setUp({ budget: 800 * 800 * 2 })
    const letters = ['a', 'b', 'c', 'd', 'e', 'f'].map(asset)
    for (const id of letters) stored.set(id, 'picture')
    for (const id of letters) {
      pictures.find(id, 1)
      await done()
    }
    expect(open.size).toBe(2)
    const [first] = letters
    expect(pictures.find(first ?? A, 1)).toBeNull()
    await done()
    expect(pictures.find(first ?? A, 1)).toMatchObject({ ratio: 1 })
    expect(asked).toHaveLength(6)
  })

  it('let go of everything at the end, what comes later included', async () => {
    const { pictures, stored, open, told, done } = setUp()
    stored.set(A, 'picture')
    pictures.find(A, 1)
    pictures.dispose()
    await done()
    expect(open.size).toBe(0)
    expect(told).toEqual([])
  })

  it('CT8: asks no faster for thousands that are nowhere than a server minds', async () => {
    const { pictures, timers } = setUp()
    for (let n = 0; n < 1_000; n++) pictures.find(n.toString(16).padStart(64, '0') as AssetId, 1)
    for (let turn = 0; turn < 400; turn++) await settle()
    expect(timers).toHaveLength(1_000)
    const perSecond = timers.filter(({ delay }) => delay <= 10_000).length / 10
    expect(perSecond).toBeLessThan(10)
  })
})
