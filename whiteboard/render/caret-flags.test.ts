import { describe, expect, it } from 'vitest'
import type { Peer } from '../model/presence.ts'
import { CaretFlags, FLAG_SHOWN } from './caret-flags.ts'

const typing = (clientId: number, place: number | null): Peer =>
  ({ clientId, caret: place === null ? null : { element: 'a', start: place, end: place } }) as unknown as Peer

describe('names at carets', () => {
  it('are shown for a while after each move', () => {
    const flags = new CaretFlags()
    expect(flags.update([typing(1, 0)], 1000)).toBe(FLAG_SHOWN)
    expect(flags.update([typing(1, 0)], 2000)).toBe(FLAG_SHOWN - 1000)
    expect(flags.isShown(1, 2000)).toBe(true)
    expect(flags.update([typing(1, 0)], 1000 + FLAG_SHOWN)).toBeNull()
    expect(flags.isShown(1, 1000 + FLAG_SHOWN)).toBe(false)
    expect(flags.update([typing(1, 5)], 9000)).toBe(FLAG_SHOWN)
    expect(flags.isShown(1, 9000)).toBe(true)
  })

  it('say when the next one goes, and forget who left', () => {
    const flags = new CaretFlags()
    flags.update([typing(1, 0)], 0)
    expect(flags.update([typing(1, 0), typing(2, 0)], 1000)).toBe(FLAG_SHOWN - 1000)
    expect(flags.update([typing(1, null), typing(2, 0)], 1000)).toBe(FLAG_SHOWN)
    expect(flags.isShown(1, 1000)).toBe(false)
  })
})
