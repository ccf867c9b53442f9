import { describe, expect, it } from 'vitest'
import { watchFirstLoad } from './first-load.ts'

const never = () => () => {}

describe('the first load', () => {
  it('is over when the document is here and shown, and what comes in slices later does not begin it anew', () => {
    const sync = { loaded: false, subscribe: never }
    const board = { loading: true, subscribe: never }
    const load = watchFirstLoad(sync, board)
    expect(load.loaded).toBe(false)
    sync.loaded = true
    expect(load.loaded).toBe(false)
    board.loading = false
    expect(load.loaded).toBe(true)
    board.loading = true
    expect(load.loaded).toBe(true)
  })

  it('tells of changes of either until it is called off', () => {
    const listeners = new Set<() => void>()
    const subscribe = (listener: () => void) => {
      const mine = () => listener()
      listeners.add(mine)
      return () => listeners.delete(mine)
    }
    const load = watchFirstLoad({ loaded: true, subscribe }, { loading: false, subscribe })
    let told = 0
    const end = load.watch(() => told++)
    for (const listener of listeners) listener()
    expect(told).toBe(2)
    end()
    expect(listeners.size).toBe(0)
  })
})
