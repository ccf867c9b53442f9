import { describe, expect, test } from 'vitest'
import { saveSentence } from './save-sentence.ts'
import { saveWords } from './save-words.ts'

describe('the small state of the board', () => {
  test('says saved only when nothing is outstanding and the server can write', () => {
    expect(saveWords({ state: 'online', unsaved: 0, storageFailing: false }, true, true).kind).toBe('saved')
    expect(saveWords({ state: 'online', unsaved: 1, storageFailing: false }, true, true).kind).toBe('saving')
    expect(saveWords({ state: 'online', unsaved: 0, storageFailing: true }, true, true).kind).toBe(
      'not-saved',
    )
  })

  test('says nothing of saving before the board is seen', () => {
    const kindOf = (unsaved: number) =>
      saveWords({ state: 'online', unsaved, storageFailing: false }, true, false).kind
    expect([kindOf(0), kindOf(1)]).toEqual(['connecting', 'saving'])
  })

  test('counts what is only on this device', () => {
    const short = (unsaved: number) =>
      saveWords({ state: 'offline', unsaved, retryAt: null, cause: 'unreachable' }, true, true).short
    expect(short(0)).toBe('Offline')
    expect(short(1)).toBe('Offline, 1 change only on this device')
    expect(short(12)).toBe('Offline, 12 changes only on this device')
  })

  test('LD7 says that a board is nearly full, and full, where the work is, and what to do', () => {
    const status = (size: 'nearly-full' | 'full', unsaved: number) =>
      ({ state: 'online', unsaved, storageFailing: false, size }) as const
    expect(saveWords(status('nearly-full', 0), true, true)).toEqual({
      kind: 'saved',
      short: 'Saved, nearly full',
    })
    expect(saveSentence(status('nearly-full', 0), true, true)).toContain('nearly reached its largest size')
    expect(saveWords(status('nearly-full', 1), true, true).kind).toBe('saving')
    expect(saveWords(status('full', 2), true, true)).toEqual({ kind: 'not-saved', short: 'Board full' })
    expect(saveSentence(status('full', 2), true, true)).toMatch(/2 changes are only on this device.*Delete/)
  })

  test('says that the server cannot write, and counts only what there is', () => {
    const sentence = (unsaved: number, deviceCopy = true) =>
      saveSentence({ state: 'online', unsaved, storageFailing: true }, deviceCopy, true)
    expect(sentence(0)).toMatch(/keeps trying\. Go on drawing/)
    expect(sentence(1)).toContain('1 change is only on this device')
    expect(sentence(2, false)).toMatch(/2 changes are only in this tab.*leave this tab open/)
    for (const unsaved of [0, 1, 2]) expect(sentence(unsaved)).not.toContain('0 changes')
  })

  test('warns when the browser keeps no copy', () => {
    const status = { state: 'offline', unsaved: 2, retryAt: null, cause: 'unreachable' } as const
    expect(saveWords(status, false, true).short).toContain('only in this tab')
    expect(saveSentence(status, false, true)).toContain('leave this tab open')
  })

  test.each([
    ['unreachable', 'Offline', 'cannot be reached'],
    ['no-network', 'Offline', 'no network'],
    ['restarting', 'Reconnecting', 'restarting'],
    ['overloaded', 'Reconnecting', 'too much to do'],
    ['too-fast', 'Reconnecting', 'More was sent'],
  ] as const)('says why (%s) and what to do, with and without work of one’s own', (cause, short, why) => {
    const status = (unsaved: number) => ({ state: 'offline', unsaved, retryAt: null, cause }) as const
    expect(saveWords(status(0), true, true).short).toBe(short)
    expect(saveWords(status(2), true, true).short).toBe(`${short}, 2 changes only on this device`)
    expect(saveSentence(status(0), true, true)).toContain('Go on drawing')
    expect(saveSentence(status(2), true, true)).toContain('It is kept here')
    for (const unsaved of [0, 2]) expect(saveSentence(status(unsaved), true, true)).toContain(why)
  })
})
