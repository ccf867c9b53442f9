import { describe, expect, it } from 'vitest'
import type { SyncClient, SyncStatus } from '../../whiteboard/index.ts'
import { countingPictures } from './saving.ts'

const setUp = () => {
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }
  const sync = {
    status: { state: 'online', unsaved: 0, storageFailing: false } as SyncStatus,
    subscribe,
    whenSaved: () => Promise.resolve(),
  }
  let sent = (): void => {}
  const images = {
    pending: 0,
    subscribe,
    whenSent: () =>
      new Promise<void>((resolve) => {
        sent = resolve
      }),
  }
  const counted = countingPictures(sync as unknown as SyncClient, images)
  return { sync, images, counted, listeners, finish: () => sent() }
}

describe('the state of saving', () => {
  it('counts pictures that are not on the server as changes that are not saved', () => {
    const { sync, images, counted } = setUp()
    expect(counted.status).toBe(sync.status)
    images.pending = 2
    expect(counted.status).toEqual({ state: 'online', unsaved: 2, storageFailing: false })
    expect(counted.status).toBe(counted.status)
    sync.status = { state: 'offline', unsaved: 3, retryAt: null, cause: 'unreachable' }
    expect(counted.status).toEqual({ state: 'offline', unsaved: 5, retryAt: null, cause: 'unreachable' })
    images.pending = 0
    expect(counted.status).toBe(sync.status)
  })

  it('is saved only once the pictures are', async () => {
    const { counted, finish } = setUp()
    let saved = false
    const waiting = counted.whenSaved().then(() => {
      saved = true
    })
    await Promise.resolve()
    expect(saved).toBe(false)
    finish()
    await waiting
    expect(saved).toBe(true)
  })

  it('tells of both, and of neither once it is no longer asked', () => {
    const { counted, listeners } = setUp()
    let told = 0
    const end = counted.subscribe(() => {
      told += 1
    })
    for (const listener of listeners) listener()
    expect(told).toBeGreaterThan(0)
    end()
    expect(listeners.size).toBe(0)
  })
})
