import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AssetStore, hashOf } from '../../server/assets/asset-store.ts'

export interface AssetStoreHarness {
  readonly store: AssetStore
  /** Another store over the same contents, as after a restart. */
  reopen(): AssetStore
  /** Leaves behind what a put does that a crash cut short. */
  breakOffPut(): Promise<void>
  /** How many things are kept in all, whole or not. */
  count(): Promise<number>
  close(): Promise<void>
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const later = (): Date => new Date(Date.now() + 60_000)
const earlier = (): Date => new Date(Date.now() - 60_000)
const none = async (): Promise<ReadonlySet<string>> => new Set()

const contentOf = async (store: AssetStore, hash: string): Promise<string | null> => {
  const opened = await store.open(hash)
  if (!opened) return null
  const content = await new Response(opened.content).text()
  expect(opened.bytes).toBe(new TextEncoder().encode(content).length)
  return content
}

/** What every store of pictures' bytes does. */
export const assetStoreContract = (name: string, open: () => Promise<AssetStoreHarness>): void => {
  describe(`AssetStore: ${name}`, () => {
    let harness: AssetStoreHarness
    let store: AssetStore
    beforeEach(async () => {
      harness = await open()
      store = harness.store
    })
    afterEach(() => harness.close())

    it('gives back what was put, by the hash of its content, also after a restart', async () => {
      const hash = await store.put(bytes('a picture'))
      expect(hash).toBe(hashOf(bytes('a picture')))
      expect(await contentOf(store, hash)).toBe('a picture')
      expect(await contentOf(harness.reopen(), hash)).toBe('a picture')
    })

    it('keeps the same content once, however often and however much at once it is put', async () => {
      const hashes = await Promise.all(Array.from({ length: 20 }, () => store.put(bytes('the same'))))
      expect(new Set(hashes).size).toBe(1)
      expect(await harness.count()).toBe(1)
      expect(await contentOf(store, hashes[0] ?? '')).toBe('the same')
    })

    it('UP5: has nothing under names that are no hash', async () => {
      const hash = await store.put(bytes('a picture'))
      const names = [
        '',
        '../secret',
        `../assets/${hash}`,
        `${hash}\0`,
        hash.toUpperCase(),
        `${hash}/..`,
        'CON',
      ]
      for (const wrong of [...names, hash.slice(1), 'f'.repeat(64)]) {
        expect([wrong, await store.open(wrong)]).toEqual([wrong, null])
      }
    })

    it('can be told to stop reading', async () => {
      const hash = await store.put(new Uint8Array(3_000_000).fill(7))
      const opened = await store.open(hash)
      await opened?.content.cancel()
      expect((await contentOf(store, hash))?.length).toBe(3_000_000)
    })

    it('UP8: sweeps what is old and not needed, and nothing else', async () => {
      const [kept, gone] = [await store.put(bytes('kept')), await store.put(bytes('gone'))]
      const removed = await store.sweep(later(), async (hashes) => new Set(hashes.filter((h) => h === kept)))
      expect(removed).toBe(1)
      expect(await contentOf(store, kept)).toBe('kept')
      expect(await contentOf(store, gone)).toBeNull()
      expect(await store.put(bytes('gone'))).toBe(gone)
      expect(await contentOf(store, gone)).toBe('gone')
    })

    it('UP8: leaves alone what is young, for its row may be on the way', async () => {
      const hash = await store.put(bytes('young'))
      expect(await store.sweep(earlier(), none)).toBe(0)
      expect(await contentOf(store, hash)).toBe('young')
    })

    it('UP8: leaves alone what is put again while it is being swept', async () => {
      const hash = await store.put(bytes('wanted again'))
      // Old when the sweep begins, put again while it asks what is needed.
      const before = new Date()
      await store.sweep(before, async () => {
        while (Date.now() <= before.getTime() + 10) await new Promise((resolve) => setImmediate(resolve))
        await store.put(bytes('wanted again'))
        return new Set()
      })
      expect(await contentOf(store, hash)).toBe('wanted again')
    })

    it('UP8: clears away what a crash in the middle of a put left behind', async () => {
      await harness.breakOffPut()
      expect(await harness.count()).toBe(1)
      await store.sweep(earlier(), none)
      expect(await harness.count()).toBe(1)
      await store.sweep(later(), none)
      expect(await harness.count()).toBe(0)
    })

    it('has nothing to sweep before anything was put', async () => {
      expect(await store.sweep(later(), none)).toBe(0)
    })
  })
}
