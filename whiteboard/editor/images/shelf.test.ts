import { expect, it, vi } from 'vitest'
import type { AssetId } from '../../model/surface.ts'
import { PictureShelf } from './shelf.ts'

const asset = (letter: string): AssetId => letter.repeat(64) as AssetId

it('fetches nothing before a picture is asked for, then has all that were asked for drawn again', async () => {
  const asked: AssetId[] = []
  const shelf = new PictureShelf({
    load: async (id) => {
      asked.push(id)
      return null
    },
  })
  const told: AssetId[] = []
  shelf.subscribe((assets) => told.push(...assets))
  expect(shelf.busy).toBe(false)
  expect([shelf.find(asset('a'), 1), shelf.find(asset('b'), 1)]).toEqual([null, null])
  expect(shelf.busy).toBe(true)
  // However long its code takes to load.
  await import('./open-shelf.ts')
  await vi.waitFor(() => expect(told).toEqual([asset('a'), asset('b')]))
  expect(asked).toEqual([])
  shelf.find(asset('a'), 1)
  expect(asked).toEqual([asset('a')])
  shelf.dispose()
})

it('tells nobody any more once it is disposed of', async () => {
  const shelf = new PictureShelf({ load: async () => null })
  const told: unknown[] = []
  shelf.subscribe((assets) => told.push(assets))
  shelf.find(asset('a'), 1)
  shelf.dispose()
  await import('./open-shelf.ts')
  await new Promise((resolve) => setImmediate(resolve))
  expect(told).toEqual([])
})
