import { beforeEach, describe, expect, test, vi } from 'vitest'
import { keepView, recallView } from './kept-views.ts'

const storage = new Map<string, string>()
const size = { width: 1000, height: 800 }
const camera = { x: 10, y: -20, zoom: 2 }

beforeEach(() => {
  storage.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
  })
})

describe('the view of a board', () => {
  test('is the one that was left', () => {
    keepView('ada', 'b', camera, size)
    expect(recallView('ada', 'b', size)).toEqual(camera)
  })

  test('has the same middle in a smaller window', () => {
    keepView('ada', 'b', camera, size)
    const there = recallView('ada', 'b', { width: 400, height: 600 })
    expect(there).toEqual({ x: 10 + 250 - 100, y: -20 + 200 - 150, zoom: 2 })
  })

  test('belongs to one person and one board', () => {
    keepView('ada', 'b', camera, size)
    expect(recallView('bob', 'b', size)).toBeNull()
    expect(recallView('ada', 'c', size)).toBeNull()
  })

  test('is forgotten when many other boards were looked at since', () => {
    keepView('ada', 'first', camera, size)
    for (let each = 0; each < 50; each++) keepView('ada', `b${each}`, camera, size)
    expect(recallView('ada', 'first', size)).toBeNull()
    expect(recallView('ada', 'b0', size)).toEqual(camera)
  })

  test.each(['{', '7', 'null', '[null]', '[{"board":"b","x":1,"y":2,"zoom":0}]', '[{"board":"b","x":"1"}]'])(
    'is none where %s is stored',
    (stored) => {
      storage.set('drawbridge.views.ada', stored)
      expect(recallView('ada', 'b', size)).toBeNull()
    },
  )

  test('is none where storage is forbidden', () => {
    const forbidden = () => {
      throw new Error('SecurityError')
    }
    vi.stubGlobal('localStorage', { getItem: forbidden, setItem: forbidden })
    expect(() => keepView('ada', 'b', camera, size)).not.toThrow()
    expect(recallView('ada', 'b', size)).toBeNull()
  })
})
