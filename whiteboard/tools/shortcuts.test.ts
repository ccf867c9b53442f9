import { describe, expect, it } from 'vitest'
import { type KeyInput, matchShortcut, shortcuts } from './shortcuts.ts'

const key = (key: string, code: string, held: Partial<KeyInput> = {}): KeyInput => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

const action = (input: KeyInput): unknown => matchShortcut(input)?.action

describe('shortcuts', () => {
  it('go by the letter, with CapsLock or without, wherever it is on the keyboard', () => {
    expect(action(key('v', 'KeyV'))).toEqual({ type: 'tool', tool: 'select' })
    expect(action(key('V', 'KeyV'))).toEqual({ type: 'tool', tool: 'select' })
    expect(action(key('a', 'KeyQ'))).toEqual({ type: 'tool', tool: 'arrow' })
  })

  it('go by the place of the key where letters are not Latin', () => {
    expect(action(key('к', 'KeyR'))).toEqual({ type: 'tool', tool: 'rectangle' })
    expect(action(key('я', 'KeyZ', { ctrlKey: true }))).toEqual({ type: 'command', command: 'undo' })
  })

  it('tell Shift, Ctrl and Cmd apart from their absence', () => {
    expect(action(key('z', 'KeyZ', { metaKey: true }))).toEqual({ type: 'command', command: 'undo' })
    expect(action(key('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }))).toEqual({
      type: 'command',
      command: 'redo',
    })
    expect(action(key('z', 'KeyZ'))).toBeUndefined()
    expect(action(key('R', 'KeyR', { ctrlKey: true }))).toBeUndefined()
  })

  it('know digits and brackets under Shift', () => {
    expect(action(key('!', 'Digit1', { shiftKey: true }))).toEqual({
      type: 'command',
      command: 'zoom-to-fit',
    })
    expect(action(key('1', 'Digit1'))).toEqual({ type: 'tool', tool: 'select' })
    expect(action(key('}', 'BracketRight', { ctrlKey: true, shiftKey: true }))).toEqual({
      type: 'command',
      command: 'bring-to-front',
    })
    expect(action(key('?', 'Slash', { shiftKey: true }))).toEqual({ type: 'interface', name: 'help' })
    expect(action(key('+', 'Equal', { ctrlKey: true, shiftKey: true }))).toEqual({
      type: 'command',
      command: 'zoom-in',
    })
  })

  it('mean one thing each', () => {
    const keys = shortcuts
      .filter(({ action }) => action.type !== 'gesture')
      .flatMap((shortcut) => shortcut.keys)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
