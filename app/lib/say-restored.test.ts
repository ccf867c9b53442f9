import { beforeEach, describe, expect, it, vi } from 'vitest'
import { peer } from '../../test/support/presence.ts'
import { sayRestored } from './say-restored.ts'

const notify = vi.hoisted(() => vi.fn())
vi.mock('../components/ui/toasts.tsx', () => ({ notify }))

describe('telling that somebody restored a version', () => {
  beforeEach(() => void vi.useFakeTimers())

  it('says it once of a person, however often they show it, and nothing of the others', () => {
    const peers = [peer({ personId: 'a', name: 'Ada', restored: true }), peer({ personId: 'b', name: 'Ben' })]
    for (let times = 0; times < 5; times++) sayRestored(peers, 'editor')
    expect(notify.mock.calls.map(([{ text }]) => text)).toEqual([
      'Ada restored an earlier version of this board. What was here before is in the version history.',
    ])
    vi.advanceTimersByTime(31_000)
    sayRestored(peers, 'viewer')
    expect(notify.mock.calls.at(-1)?.[0].text).toBe('Ada restored an earlier version of this board.')
  })
})
