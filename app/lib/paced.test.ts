import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paced } from './paced.ts'

describe('a paced subscription', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const pacing = () => {
    const listeners = new Set<() => void>()
    const heard = vi.fn()
    const end = paced((listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }, 100)(heard)
    const happen = () => {
      for (const listener of listeners) listener()
    }
    return { heard, happen, end, listeners }
  }

  it('tells at once, then at most once in its time, and of the last', () => {
    const { heard, happen } = pacing()
    happen()
    expect(heard).toHaveBeenCalledTimes(1)
    for (let count = 0; count < 9; count++) {
      happen()
      vi.advanceTimersByTime(10)
    }
    expect(heard).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(10)
    expect(heard).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(1000)
    expect(heard).toHaveBeenCalledTimes(2)
    happen()
    expect(heard).toHaveBeenCalledTimes(3)
  })

  it('tells nothing after its end', () => {
    const { heard, happen, end, listeners } = pacing()
    happen()
    happen()
    end()
    vi.runAllTimers()
    expect(heard).toHaveBeenCalledTimes(1)
    expect(listeners.size).toBe(0)
  })
})
