import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import type { ToolId } from '../tools/contract.ts'

const TOOLS: readonly ToolId[] = [
  'select',
  'select',
  'select',
  'hand',
  'rectangle',
  'diamond',
  'ellipse',
  'line',
  'arrow',
  'pen',
  'text',
  'sticky',
  'eraser',
]
const KEYS = [
  'Escape',
  'Delete',
  'Ctrl+D',
  'Ctrl+A',
  'Ctrl+G',
  'Ctrl+Shift+G',
  'Ctrl+]',
  'Ctrl+[',
  'Shift+L',
  'ArrowLeft',
  'Shift+ArrowDown',
  'Enter',
  'Tab',
  'Q',
  'Ctrl+Z',
  'Ctrl+Y',
]
const HELD = ['shift', 'alt', 'ctrl'] as const

/** A linear congruential generator: the same seed makes the same person. */
const randomOf = (seed: number): ((below: number) => number) => {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const act = (person: EditorDriver, random: (below: number) => number): void => {
  const place = (): [number, number] => [random(800), random(600)]
  const held = HELD.filter(() => random(6) === 0)
  switch (random(9)) {
    case 0:
    case 1:
      person.tool(TOOLS[random(TOOLS.length)] ?? 'select')
      break
    case 2:
      person.press(KEYS[random(KEYS.length)] ?? 'Escape')
      break
    case 3:
      person.hold(...held).click(...place())
      break
    case 4:
      person.doubleClick(...place())
      break
    case 5:
      person.type('ab ')
      break
    case 6:
      person
        .down(...place())
        .move(...place())
        .press(random(2) === 0 ? 'Escape' : 'Ctrl+Z')
      person.up()
      break
    default:
      person.hold(...held).drag(...place(), ...place())
  }
  person.hold()
}

const repeat = (person: EditorDriver, command: 'undo' | 'redo'): void => {
  for (let step = 0; step < 2_000 && person.editor.can(command); step++) person.editor.run(command)
}

const contentOf = (person: EditorDriver): string => JSON.stringify(person.elements)

describe('a person who does anything at all', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('can take all of it back, and do it again (seed %i)', (seed) => {
    const person = new EditorDriver()
    const random = randomOf(seed)
    for (let step = 0; step < 150; step++) act(person, random)
    person.press('Escape').press('Escape').press('Escape').press('Escape')
    repeat(person, 'redo')
    const content = contentOf(person)
    repeat(person, 'undo')
    expect(person.elements).toEqual([])
    repeat(person, 'redo')
    expect(contentOf(person) === content, 'the board as it was').toBe(true)
    expect(person.presence?.draft ?? null).toBeNull()
  })

  it.each([11, 12, 13, 14])(
    'gets on with a peer who does the same, and both see one board (seed %i)',
    (seed) => {
      const person = new EditorDriver()
      const other = new EditorDriver()
      person.connect(other)
      const random = randomOf(seed)
      for (let step = 0; step < 200; step++) act(random(2) === 0 ? person : other, random)
      expect(contentOf(person)).toBe(contentOf(other))
    },
  )
})
