import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { belowOf, RandomHand } from '../../test/support/random-hand.ts'
import { seedsOf } from '../../test/support/seeds.ts'
import { varietyOf } from '../../test/support/variety.ts'
import { encodeVersionState } from '../formats/version-state.ts'
import type { Past } from './past.ts'

const contentOf = ({ elements, board }: EditorDriver): string => JSON.stringify([elements, board.settings])

const stateOf = ({ doc }: EditorDriver): Uint8Array => encodeVersionState([Y.encodeStateAsUpdate(doc)])

const pastOf = async (person: EditorDriver, state: Uint8Array): Promise<Past> => {
  const past = await person.editor.openPast(state)
  if (!past) throw new Error('The state cannot be read')
  return past
}

const idsOf = ({ elements }: EditorDriver): string[] => elements.map(({ id }) => id)

/** Two people who see the same, and what lets each have what the other did. */
const meet = (count = 12) => {
  const [ada, ben] = [new EditorDriver(), new EditorDriver()]
  ada.doc.clientID = 1
  ben.doc.clientID = 2
  ada.editor.create(varietyOf(count, belowOf(count)))
  const sync = () => {
    const [one, two] = [Y.encodeStateAsUpdate(ada.doc), Y.encodeStateAsUpdate(ben.doc)]
    Y.applyUpdate(ada.doc, two, 'wire')
    Y.applyUpdate(ben.doc, one, 'wire')
  }
  sync()
  return { ada, ben, sync }
}

describe('going back to what the board once was', () => {
  it.each(seedsOf(40))('V10, V12: reads as it was, in one step of undo (FUZZ_SEED=%i)', async (seed) => {
    const below = belowOf(seed)
    const maker = new EditorDriver()
    maker.editor.create(varietyOf(24, below))
    const [ada, ben] = [1, 2].map((client) => {
      const person = new EditorDriver({ snapping: true })
      person.doc.clientID = client
      Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(maker.doc), 'wire')
      return person
    }) as [EditorDriver, EditorDriver]
    const hands = [ada, ben].map((person) => new RandomHand(person, below))
    const act = (steps: number) => {
      for (let step = 0; step < steps; step++) hands[below(2)]?.act()
      for (const hand of hands) hand.rest()
      Y.applyUpdate(ada.doc, Y.encodeStateAsUpdate(ben.doc), 'wire')
      Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ada.doc), 'wire')
    }
    act(40)
    const then = contentOf(ada)
    const state = stateOf(ada)
    act(60)
    const before = contentOf(ada)
    const past = await pastOf(ada, state)
    const changes = past.restore()
    expect(contentOf(ada)).toBe(then)
    expect(past.missing()).toBe(0)
    if (changes === 0) return
    ada.editor.run('undo')
    expect(contentOf(ada)).toBe(before)
    ada.editor.run('redo')
    expect(contentOf(ada)).toBe(then)
    Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ada.doc), 'wire')
    expect(contentOf(ben)).toBe(then)
  })

  it('V10 writes nothing where the board is as it was', async () => {
    const { ada } = meet()
    const past = await pastOf(ada, stateOf(ada))
    const before = Y.encodeStateVector(ada.doc)
    expect([past.restore(), past.bringBack()]).toEqual([0, 0])
    expect(Y.encodeStateVector(ada.doc)).toEqual(before)
  })

  it('V10 brings back the paper and the grid', async () => {
    const { ada } = meet()
    ada.editor.configure({ background: '#ffeedd' })
    const past = await pastOf(ada, stateOf(ada))
    ada.editor.configure({ background: '#112233', pattern: 'grid', gridStep: 40 })
    past.restore()
    expect(ada.board.settings).toEqual({ background: '#ffeedd', pattern: 'dots', gridStep: 20 })
    ada.editor.run('undo')
    expect(ada.board.settings).toEqual({ background: '#112233', pattern: 'grid', gridStep: 40 })
  })

  it('V10 M22 keeps what this code cannot read, and takes away fields that were not there', async () => {
    const { ada } = meet(0)
    const entries = ada.doc.getMap('elements')
    entries.set('new', new Y.Map([['base', { type: 'from-the-future', position: [1, 2], glow: { a: [1] } }]]))
    const past = await pastOf(ada, stateOf(ada))
    const entry = entries.get('new') as Y.Map<unknown>
    entry.set('glow', 'changed')
    entry.set('sparkle', 7)
    past.restore()
    expect(ada.board.get('new' as never)).toMatchObject({ type: 'from-the-future', glow: { a: [1] } })
    expect(ada.board.get('new' as never)).not.toHaveProperty('sparkle')
    entries.delete('new')
    past.restore()
    expect(ada.board.get('new' as never)).toMatchObject({ type: 'from-the-future', glow: { a: [1] } })
  })

  it('V11 PE10 leaves what others draw meanwhile and drew offline, and merges their changes', async () => {
    const { ada, ben, sync } = meet()
    const past = await pastOf(ada, stateOf(ada))
    const then = idsOf(ada)
    ada.editor.create(varietyOf(3, belowOf(99)))
    const goesToo = idsOf(ada).filter((id) => !then.includes(id))
    sync()
    const changed = ben.elements.find(({ type, locked }) => type === 'rectangle' && !locked)
    if (!changed) throw new Error('There is no rectangle')
    ben.editor.update([{ id: changed.id, fill: '#abcdef', fillStyle: 'solid' }])
    const [drawn = ''] = ben.editor.create([{ type: 'ellipse' }])
    past.restore()
    sync()
    expect(idsOf(ada).sort()).toEqual([...then, drawn].sort())
    expect(ada.board.get(changed.id)).toMatchObject({ fill: '#abcdef' })
    expect(contentOf(ben)).toBe(contentOf(ada))
    const [later = ''] = ben.editor.create([{ type: 'diamond' }])
    sync()
    ada.editor.run('undo')
    sync()
    expect(idsOf(ada).sort()).toEqual([...then, ...goesToo, drawn, later].sort())
    expect(contentOf(ben)).toBe(contentOf(ada))
  })

  it('V11 gives two who go back at once each element once', async () => {
    const { ada, ben, sync } = meet()
    const then = contentOf(ada)
    const state = stateOf(ada)
    ada.editor.run('select-all')
    ada.editor.run('delete')
    sync()
    for (const person of [ada, ben]) (await pastOf(person, state)).restore()
    sync()
    expect(contentOf(ben)).toBe(contentOf(ada))
    expect(idsOf(ada).sort()).toEqual((JSON.parse(then) as [{ id: string }[]])[0].map(({ id }) => id).sort())
  })

  it('V11 keeps letters that somebody types while another goes back', async () => {
    const { ada, ben, sync } = meet(0)
    const [note = ''] = ada.editor.create([{ type: 'sticky', text: 'Buy milk' }])
    sync()
    const past = await pastOf(ada, stateOf(ada))
    ada.editor.update([{ id: note as never, text: 'Buy milk and bread' }])
    sync()
    ben.board.transact('user', () => ben.board.text(note as never).insert(0, 'Please! '))
    past.restore()
    sync()
    expect([ada, ben].map((person) => person.board.get(note as never)?.text)).toEqual([
      'Please! Buy milk',
      'Please! Buy milk',
    ])
  })

  it('V13 brings back what was deleted, and touches nothing else', async () => {
    const { ada } = meet()
    const past = await pastOf(ada, stateOf(ada))
    const kept = ada.elements.find(({ locked }) => !locked)
    if (!kept) throw new Error('All are locked')
    const before = contentOf(ada)
    const gone = ada.elements.filter(({ id }) => id !== kept.id)
    ada.editor.remove(gone.map(({ id }) => id))
    expect(past.missing()).toBe(gone.length)
    ada.editor.update([{ id: kept.id, opacity: 0.25 }])
    const [after = ''] = ada.editor.create([{ type: 'ellipse' }])
    expect(past.bringBack()).toBe(gone.length)
    expect(ada.board.get(kept.id)?.opacity).toBe(0.25)
    expect(past.missing()).toBe(0)
    ada.editor.remove([after as never])
    ada.editor.update([{ id: kept.id, opacity: kept.opacity }])
    expect(contentOf(ada)).toBe(before)
  })

  it('V7 changes nothing for those who may only look', async () => {
    const { ada } = meet()
    const past = await pastOf(ada, stateOf(ada))
    ada.editor.create([{ type: 'ellipse' }])
    ada.editor.setCanEdit(false)
    const before = contentOf(ada)
    expect([past.restore(), past.bringBack()]).toEqual([0, 0])
    expect(contentOf(ada)).toBe(before)
  })

  it('V6 reads no state that is cut off, has something behind it, or is none', async () => {
    const { ada } = meet()
    const state = stateOf(ada)
    const bad = [
      new Uint8Array(),
      state.subarray(0, -3),
      new Uint8Array([...state, 0]),
      new Uint8Array([2, ...state.subarray(1)]),
      new Uint8Array([1, 255, 255, 255, 255, 15]),
      encodeVersionState([new Uint8Array([5, 5, 5])]),
    ]
    for (const each of bad) expect(await ada.editor.openPast(each)).toBeNull()
  })
})
