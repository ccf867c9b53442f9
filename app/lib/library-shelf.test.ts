import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import type { LibraryEntry } from '../../whiteboard/index.ts'
import { addToShelf, loadShelf } from './library-shelf.ts'

const entry = (id: string): LibraryEntry => ({ id, name: id, elements: [] }) as unknown as LibraryEntry

it('AP8: what one person keeps is not shown to the next one in the same browser', async () => {
  await addToShelf('ada', [entry('a')])
  await addToShelf('bob', [entry('b')])
  expect(await loadShelf('ada')).toEqual([entry('a')])
  expect(await loadShelf('bob')).toEqual([entry('b')])
  expect(await loadShelf('guest')).toEqual([])
})
