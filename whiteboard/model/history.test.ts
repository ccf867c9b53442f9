import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { testKinds } from '../../test/support/kinds.ts'
import { generateScene } from '../../test/support/scene-generator.ts'
import type { BoardStore } from './board.ts'
import { createBoardStore } from './board-store.ts'
import type { Element, ElementId } from './element.ts'
import { createHistory, type StepMemory } from './history.ts'

const A = 'a' as ElementId
const B = 'b' as ElementId

const shape = (fields: Partial<Element> = {}): Element => {
  const [element] = generateScene({ count: 1 })
  if (!element) throw new Error('empty scene')
  return { ...element, id: A, stroke: '#1e1e1e', ...fields }
}

const person = (memory?: StepMemory) => {
  const clock = { now: 1_000_000 }
  const store = createBoardStore(new Y.Doc(), testKinds)
  const history = createHistory(store, memory, () => clock.now)
  const type = (letters: string): void => {
    store.transact('user', () => store.text(A).insert(store.text(A).length, letters))
  }
  return { store, history, clock, type }
}

const textsOf = (store: BoardStore): string[] =>
  [...(store.doc.getMap<Y.Map<unknown>>('elements').get(A)?.keys() ?? [])].filter((key) => key !== 'base')

const exchange = (one: { store: { doc: Y.Doc } }, two: { store: { doc: Y.Doc } }): void => {
  Y.applyUpdate(two.store.doc, Y.encodeStateAsUpdate(one.store.doc), one)
  Y.applyUpdate(one.store.doc, Y.encodeStateAsUpdate(two.store.doc), two)
}

describe('undo', () => {
  it('M40: takes back one transaction at a time, and does it again', () => {
    const { store, history } = person()
    store.transact('user', (edit) => edit.create(shape()))
    store.transact('user', (edit) => {
      edit.update(A, { stroke: '#ff0000' })
      edit.update(A, { locked: true })
    })
    history.undo()
    expect(store.get(A)).toMatchObject({ stroke: '#1e1e1e', locked: false })
    history.undo()
    expect(store.size).toBe(0)
    expect(history.canUndo).toBe(false)
    history.redo()
    history.redo()
    expect(store.get(A)).toMatchObject({ stroke: '#ff0000', locked: true })
    expect(history.canRedo).toBe(false)
    expect(store.doc.getMap('meta').get('schema')).toBe(1)
  })

  it('M41: takes back nothing that others did', () => {
    const one = person()
    const two = person()
    one.store.transact('user', (edit) => edit.create(shape()))
    exchange(one, two)
    one.store.transact('user', (edit) => edit.update(A, { position: [1, 1] }))
    exchange(one, two)
    two.store.transact('user', (edit) => edit.update(A, { stroke: '#00ff00' }))
    exchange(one, two)
    one.history.undo()
    expect(one.store.get(A)).toMatchObject({ stroke: '#00ff00' })
    expect(one.store.get(A)?.position).toEqual(shape().position)
    two.history.undo()
    exchange(one, two)
    expect(one.store.get(A)).toMatchObject({ stroke: '#1e1e1e' })
  })

  it('M41: leaves a field that another person has changed since', () => {
    const one = person()
    const two = person()
    one.store.transact('user', (edit) => edit.create(shape()))
    one.store.transact('user', (edit) => edit.update(A, { position: [1, 1], locked: true }))
    exchange(one, two)
    two.store.transact('user', (edit) => edit.update(A, { position: [2, 2] }))
    exchange(one, two)
    one.history.undo()
    expect(one.store.get(A)).toMatchObject({ position: [2, 2], locked: false })
  })

  it('M42: brings back a removed element with its later edits and all letters that were there', () => {
    const one = person()
    const two = person()
    one.store.transact('user', (edit) => edit.create(shape({ text: 'hello' })))
    one.store.transact('user', (edit) => edit.update(A, { locked: true }))
    exchange(one, two)
    two.type(' there')
    exchange(one, two)
    one.store.transact('user', (edit) => edit.remove(A))
    exchange(one, two)
    expect(two.store.size).toBe(0)
    one.history.undo()
    exchange(one, two)
    expect(one.store.get(A)).toMatchObject({ text: 'hello there', locked: true })
    expect(two.store.get(A)).toEqual(one.store.get(A))
    two.type('!')
    exchange(one, two)
    expect(one.store.get(A)?.text).toBe('hello there!')
    one.history.redo()
    exchange(one, two)
    expect(two.store.size).toBe(0)
    one.history.undo()
    exchange(one, two)
    expect(two.store.get(A)?.text).toBe('hello there!')
  })

  it('M42: letters typed elsewhere before the removal was heard of are lost with it, the rest comes back', () => {
    const one = person()
    const two = person()
    one.store.transact('user', (edit) => edit.create(shape({ text: 'hello' })))
    exchange(one, two)
    one.store.transact('user', (edit) => edit.remove(A))
    two.type(' there')
    exchange(one, two)
    expect(two.store.size).toBe(0)
    one.history.undo()
    exchange(one, two)
    expect(one.store.get(A)?.text).toBe('hello')
    expect(two.store.get(A)).toEqual(one.store.get(A))
  })

  it('M42: an element that two people removed and both brought back is there once', () => {
    const one = person()
    const two = person()
    one.store.transact('user', (edit) => edit.create(shape({ text: 'hello' })))
    exchange(one, two)
    for (const { store } of [one, two]) store.transact('user', (edit) => edit.remove(A))
    exchange(one, two)
    one.history.undo()
    two.history.undo()
    exchange(one, two)
    expect(one.store.get(A)?.text).toBe('hello')
    expect(two.store.get(A)).toEqual(one.store.get(A))
  })

  it('M42: what was written in both texts of one label comes back in its order', () => {
    const one = person()
    const two = person()
    one.store.transact('user', (edit) => edit.create(shape()))
    exchange(one, two)
    one.type('left')
    two.type('right')
    exchange(one, two)
    const before = one.store.get(A)?.text
    expect(before).toHaveLength(9)
    two.store.transact('user', (edit) => edit.remove(A))
    exchange(one, two)
    two.history.undo()
    exchange(one, two)
    expect(one.store.get(A)?.text).toBe(before)
    expect(two.store.get(A)?.text).toBe(before)
  })

  it('M45: undo of typing takes own letters only, also from a text that others type into', () => {
    const one = person()
    const two = person()
    one.store.transact('user', (edit) => edit.create(shape()))
    one.type('mine')
    exchange(one, two)
    two.type(' yours')
    exchange(one, two)
    one.history.undo()
    exchange(one, two)
    expect(two.store.get(A)?.text).toBe(' yours')
    one.history.redo()
    exchange(one, two)
    expect(two.store.get(A)?.text).toBe('mine yours')
    two.history.undo()
    one.history.undo()
    exchange(one, two)
    expect(one.store.get(A)?.text).toBe('')
    one.type('again')
    exchange(one, two)
    expect(two.store.get(A)?.text).toBe('again')
    expect(textsOf(two.store)).toHaveLength(1)
  })

  it('M45: undo of typing takes nothing from the text that another person began at the same time', () => {
    const one = person()
    const two = person()
    one.store.transact('user', (edit) => edit.create(shape()))
    exchange(one, two)
    one.type('left')
    two.type('right')
    exchange(one, two)
    one.type('!')
    one.history.undo()
    one.history.redo()
    one.history.undo()
    exchange(one, two)
    expect(one.store.get(A)?.text).toBe('right')
    expect(two.store.get(A)?.text).toBe('right')
  })

  it('M43: typing without a pause is one step, after a pause another', () => {
    const { store, history, clock, type } = person()
    store.transact('user', (edit) => edit.create(shape()))
    for (const letter of 'first') {
      clock.now += 400
      type(letter)
    }
    clock.now += 501
    type(' second')
    history.undo()
    expect(store.get(A)?.text).toBe('first')
    history.undo()
    expect(store.get(A)?.text).toBe('')
    expect(store.size).toBe(1)
  })

  it('M43: other changes, other texts and barriers end a step of typing', () => {
    const { store, history, type } = person()
    store.transact('user', (edit) => {
      edit.create(shape())
      edit.create(shape({ id: B }))
    })
    type('a')
    store.transact('user', (edit) => edit.update(A, { locked: true }))
    type('b')
    history.barrier()
    type('c')
    store.transact('user', () => store.text(B).insert(0, 'x'))
    history.undo()
    expect(store.get(A)?.text).toBe('abc')
    history.undo()
    expect(store.get(A)?.text).toBe('ab')
    history.undo()
    expect(store.get(A)).toMatchObject({ text: 'a', locked: true })
    history.undo()
    expect(store.get(A)).toMatchObject({ text: 'a', locked: false })
  })

  it('M43: typing goes on in the step that made the element with its first letter', () => {
    const { store, history, type } = person()
    store.transact('user', (edit) => edit.create(shape({ text: 'a' })))
    type('b')
    type('c')
    expect(store.get(A)?.text).toBe('abc')
    history.undo()
    expect(store.size).toBe(0)
    expect(history.canUndo).toBe(false)
  })

  it('M43: a field that follows from the text belongs to the step of typing', () => {
    const { store, history } = person()
    store.transact('user', (edit) => edit.create(shape({ size: [10, 10] })))
    for (const width of [20, 30]) {
      store.transact('user', (edit) => {
        store.text(A).insert(0, 'x')
        edit.update(A, { size: [width, 10] })
      })
    }
    history.undo()
    expect(store.get(A)).toMatchObject({ text: '', size: [10, 10] })
    expect(store.size).toBe(1)
  })

  it('M44: what is remembered with a step comes back with it', () => {
    let selection = 'nothing'
    const { store, history } = person({
      save: () => selection,
      restore: (saved) => (selection = String(saved)),
    })
    store.transact('user', (edit) => edit.create(shape()))
    selection = 'the shape'
    store.transact('user', (edit) => edit.update(A, { locked: true }))
    selection = 'something else'
    history.undo()
    expect(selection).toBe('the shape')
    history.undo()
    expect(selection).toBe('nothing')
    history.redo()
    history.redo()
    expect(selection).toBe('something else')
  })

  it('M40: tells when what can be undone changes, until disposed of', () => {
    const { store, history } = person()
    const seen: boolean[] = []
    history.subscribe(() => seen.push(history.canUndo))
    store.transact('user', (edit) => edit.create(shape()))
    history.undo()
    expect(seen[0]).toBe(true)
    expect(seen.at(-1)).toBe(false)
    const count = seen.length
    history.dispose()
    store.transact('user', (edit) => edit.create(shape()))
    expect(seen).toHaveLength(count)
  })

  describe('brings back nothing that another removed', () => {
    const both = () => {
      const [one, two] = [person(), person()]
      const meet = () => exchange(one, two)
      one.store.transact('user', (edit) => edit.create(shape({ text: 'hello' })))
      meet()
      return { one, two, meet }
    }
    const remove = ({ store }: ReturnType<typeof person>) => store.transact('user', (edit) => edit.remove(A))
    const drain = ({ history }: ReturnType<typeof person>, way: 'undo' | 'redo') => {
      for (let step = 0; step < 20; step++) history[way]()
    }

    /** However often one person goes back and forth, nothing comes back to either. */
    const expectGone = (
      { one, two, meet }: Pick<ReturnType<typeof both>, 'one' | 'two' | 'meet'>,
      ways: readonly ('undo' | 'redo')[],
    ) => {
      for (const way of ways) {
        drain(one, way)
        meet()
        expect(one.store.size, way).toBe(0)
        expect(two.store.size, way).toBe(0)
      }
    }

    it('M47: not the element that one had edited, by undo or redo', () => {
      const { one, two, meet } = both()
      one.store.transact('user', (edit) => edit.update(A, { locked: true }))
      one.store.transact('user', (edit) => edit.update(A, { locked: false, stroke: '#ff0000' }))
      one.type(' there')
      one.history.undo()
      meet()
      remove(two)
      meet()
      expectGone({ one, two, meet }, ['redo', 'undo', 'redo', 'undo'])
    })

    it('M47: not the element that one had made, nor one that was made, taken back and made again', () => {
      const { one, two, meet } = both()
      one.history.undo()
      one.history.redo()
      meet()
      expect(two.store.get(A)?.text).toBe('hello')
      remove(two)
      meet()
      drain(one, 'undo')
      drain(one, 'redo')
      meet()
      expect(one.store.size).toBe(0)
      expect(two.store.size).toBe(0)
    })

    it('M47: not the element that one had removed and brought back before', () => {
      const { one, two, meet } = both()
      one.store.transact('user', (edit) => edit.update(A, { position: [5, 5] }))
      one.store.transact('user', (edit) => edit.update(A, { position: [6, 6] }))
      remove(one)
      one.history.undo()
      meet()
      remove(two)
      meet()
      expectGone({ one, two, meet }, ['undo', 'redo', 'undo', 'redo'])
    })

    it('M47: of a step that removed several, only those that nobody else removed since', () => {
      const { one, two, meet } = both()
      one.store.transact('user', (edit) => edit.create(shape({ id: B })))
      one.store.transact('user', (edit) => {
        edit.remove(A)
        edit.remove(B)
      })
      one.history.undo()
      meet()
      remove(two)
      meet()
      one.history.redo()
      one.history.undo()
      meet()
      expect(two.store.ordered.map(({ id }) => id)).toEqual([B])
      expect(one.store.ordered.map(({ id }) => id)).toEqual([B])
    })

    it('M47: not letters that another deleted', () => {
      const { one, two, meet } = both()
      one.history.barrier()
      one.type(' there')
      meet()
      two.store.transact('user', () => two.store.text(A).delete(5, 6))
      meet()
      one.history.undo()
      one.history.redo()
      meet()
      expect(one.store.get(A)?.text ?? '').not.toContain('there')
    })

    it('M47: what another edited after the removal was taken back stays edited', () => {
      const { one, two, meet } = both()
      remove(one)
      one.history.undo()
      meet()
      two.store.transact('user', (edit) => edit.update(A, { stroke: '#00ff00' }))
      meet()
      one.history.redo()
      one.history.undo()
      meet()
      expect(two.store.get(A)).toMatchObject({ stroke: '#00ff00', text: 'hello' })
    })
  })

  it('M48: what changes nothing is no step, and what was undone can still be done again', () => {
    const { store, history } = person()
    store.transact('user', (edit) => edit.create(shape()))
    store.transact('user', (edit) => edit.update(A, { locked: true }))
    history.undo()
    store.transact('user', () => {})
    store.transact('user', (edit) => edit.update(A, { locked: false }))
    expect(history.canRedo).toBe(true)
    history.redo()
    expect(store.get(A)?.locked).toBe(true)
    history.undo()
    history.undo()
    expect(store.size).toBe(0)
    expect(history.canUndo).toBe(false)
  })

  it('M48: steps of which nothing is left are gone, and that is told', () => {
    const one = person()
    const two = person()
    one.store.transact('user', (edit) => edit.create(shape()))
    exchange(one, two)
    two.store.transact('user', (edit) => edit.remove(A))
    exchange(one, two)
    let told = false
    one.history.subscribe(() => {
      told = one.history.canUndo
    })
    told = true
    one.history.undo()
    expect(one.history.canUndo).toBe(false)
    expect(told).toBe(false)
  })
})
