import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { testKinds } from '../../test/support/kinds.ts'
import { worldPoint } from '../geometry/types.ts'
import type { BoardStore } from './board.ts'
import { createBoardStore } from './board-store.ts'
import type { ChangeSet } from './changes.ts'
import { deriveAll, deriveElement } from './derive.ts'
import { ELEMENTS } from './document.ts'
import type { Element, ElementId } from './element.ts'
import { createHistory } from './history.ts'
import type { ElementKind, KindRegistry } from './kind.ts'
import { healElement } from './parse-element.ts'
import { DEFAULT_SETTINGS } from './settings.ts'

const id = (name: string): ElementId => name as ElementId

/** Stands ten units right of its target, for as long as that is there. */
const follower: ElementKind = {
  ...testKinds.get('rectangle'),
  type: 'follower',
  defaults: { target: null },
  parse: ({ target }) => ({ target: typeof target === 'string' ? target : null }),
  references: ({ target }) => (typeof target === 'string' ? [id(target)] : []),
  derived: (element, others) => {
    const target = others.get(id(String(element.target)))
    if (!target || target.id === element.id) return element
    const [x, y] = target.position
    return { ...element, position: worldPoint(x + target.size[0] + 10, y) }
  },
}

const kinds: KindRegistry = {
  get: (type) => (type === 'follower' ? follower : testKinds.get(type)),
  has: (type) => type === 'follower' || testKinds.has(type),
  types: [...testKinds.types, 'follower'],
}

const make = (name: string, fields: Readonly<Record<string, unknown>> = {}): Element => {
  const element = healElement(
    { id: name, type: 'rectangle', position: [0, 0], size: [100, 100], ...fields },
    kinds,
  )
  if (!element) throw new Error(`${name} cannot be read`)
  return element
}

interface Open {
  readonly doc: Y.Doc
  readonly board: BoardStore
  readonly told: ChangeSet[]
}

const open = (...elements: readonly Element[]): Open => {
  const doc = new Y.Doc()
  const board = createBoardStore(doc, kinds)
  const told: ChangeSet[] = []
  board.transact('user', (edit) => {
    for (const element of elements) edit.create(element)
  })
  board.subscribe((changes) => told.push(changes))
  return { doc, board, told }
}

const storedKeys = ({ doc }: Open, name: string): string[] => {
  const entry = doc.getMap(ELEMENTS).get(name)
  return entry instanceof Y.Map ? [...entry.keys()] : []
}

const move = ({ board }: Open, name: string, x: number, y: number): void =>
  board.transact('user', (edit) => edit.update(id(name), { position: worldPoint(x, y) }))

describe('following', () => {
  it('M13: what follows a moved element is drawn elsewhere, told as updated, and written nowhere', () => {
    const opened = open(make('target'), make('follower', { type: 'follower', target: 'target' }))
    expect(opened.board.get(id('follower'))?.position).toEqual([110, 0])
    move(opened, 'target', 500, 200)
    expect(opened.board.get(id('follower'))?.position).toEqual([610, 200])
    expect(opened.board.hit(worldPoint(650, 250), 0)?.id).toBe('follower')
    expect(opened.board.ordered.find((element) => element.id === 'follower')?.position).toEqual([610, 200])
    expect([...(opened.told.at(-1)?.updated ?? [])].sort()).toEqual(['follower', 'target'])
    expect(storedKeys(opened, 'follower')).toEqual(['base'])
  })

  it('M13: derived again, an element stays the same', () => {
    const { board } = open(make('target'), make('follower', { type: 'follower', target: 'target' }))
    const derived = board.get(id('follower'))
    if (!derived) throw new Error('The follower is missing')
    expect(deriveElement(derived, (other) => board.get(other), kinds)).toEqual(derived)
  })

  it('M13: a new place of what follows is meant of how it is drawn, and all of that is written', () => {
    const opened = open(make('target'), make('follower', { type: 'follower', target: 'target' }))
    move(opened, 'target', 500, 200)
    opened.board.transact('user', (edit) => edit.update(id('follower'), { size: [50, 50] }))
    expect(storedKeys(opened, 'follower').sort()).toEqual(['base', 'position', 'size'])
    opened.board.transact('user', (edit) => edit.update(id('follower'), { target: null }))
    expect(opened.board.get(id('follower'))?.position).toEqual([610, 200])
  })

  it('M13: what follows comes into its place when its target arrives later', () => {
    const opened = open(make('follower', { type: 'follower', target: 'late', position: [7, 7] }))
    expect(opened.board.get(id('follower'))?.position).toEqual([7, 7])
    opened.board.transact('user', (edit) => edit.create(make('late')))
    expect(opened.board.get(id('follower'))?.position).toEqual([110, 0])
    expect(opened.board.referrers(id('late'))).toEqual(['follower'])
  })

  it('M14: removing a target writes into its followers where they were drawn last, and one undo takes both back', () => {
    const opened = open(make('target'), make('follower', { type: 'follower', target: 'target' }))
    const history = createHistory(opened.board)
    move(opened, 'target', 500, 200)
    opened.board.transact('user', (edit) => edit.remove(id('target')))
    expect(opened.board.get(id('follower'))?.position).toEqual([610, 200])
    expect(storedKeys(opened, 'follower')).toContain('position')
    history.undo()
    expect(opened.board.get(id('target'))?.position).toEqual([500, 200])
    expect(storedKeys(opened, 'follower')).not.toContain('position')
  })

  it('M14: a follower that is removed together with its target is simply gone', () => {
    const { board } = open(make('target'), make('follower', { type: 'follower', target: 'target' }))
    board.transact('user', (edit) => {
      edit.remove(id('target'))
      edit.remove(id('follower'))
    })
    expect(board.size).toBe(0)
  })
})

describe('clipping by frames', () => {
  const frame = make('frame', { type: 'frame', position: [0, 0], size: [200, 200] })
  const child = make('child', { position: [150, 150], frame: 'frame' })

  it('M15: nothing outside of the frame is found or hit', () => {
    const { board } = open(frame, child)
    expect(board.get(id('child'))?.clip).toEqual({ minX: 0, minY: 0, maxX: 200, maxY: 200 })
    expect(board.hit(worldPoint(180, 180), 0, ({ type }) => type !== 'frame')?.id).toBe('child')
    expect(board.hit(worldPoint(230, 230), 0)).toBeUndefined()
    expect(board.query({ minX: 210, minY: 210, maxX: 260, maxY: 260 })).toEqual([])
  })

  it('M15: the clip goes with the frame, and its content is told as updated', () => {
    const opened = open(frame, child)
    move(opened, 'frame', 100, 100)
    expect(opened.board.get(id('child'))?.clip).toEqual({ minX: 100, minY: 100, maxX: 300, maxY: 300 })
    expect(opened.told.at(-1)?.updated.has(id('child'))).toBe(true)
    expect(storedKeys(opened, 'child')).toEqual(['base'])
  })

  it.each([
    ['is gone', 'nowhere', []],
    ['is no frame', 'box', [make('box')]],
    ['contains itself', 'self', [make('self', { type: 'frame', frame: 'self' })]],
  ])('M15: a frame that %s clips nothing', (_name, carrier, others) => {
    const { board } = open(...others, make('child', { frame: carrier }))
    const clipped = board.ordered.filter((element) => element.clip !== undefined)
    expect(clipped.map((element) => element.id)).toEqual(carrier === 'self' ? ['child'] : [])
    expect(board.get(id('self'))?.frame ?? null).toBeNull()
  })

  it('M15: frames in frames are not carried', () => {
    const { board } = open(frame, make('inner', { type: 'frame', frame: 'frame' }))
    expect(board.get(id('inner'))?.clip).toBeUndefined()
    expect(board.get(id('inner'))?.frame).toBeNull()
  })

  it('M15, CT5: two frames that claim each other, and a crowd of children, are harmless', () => {
    const crowd = Array.from({ length: 50_000 }, (_, index) => make(`c${index}`, { frame: 'a' }))
    const opened = open(
      make('a', { type: 'frame', frame: 'b' }),
      make('b', { type: 'frame', frame: 'a' }),
      ...crowd,
    )
    expect(opened.board.frames.map((each) => each.id)).toEqual(['a', 'b'])
    move(opened, 'a', 5, 5)
    expect(opened.board.get(id('c49999'))?.clip?.minX).toBe(5)
    expect(opened.told.at(-1)?.updated.size).toBe(50_001)
  }, 60_000)

  it('M15: an array of elements is clipped the same as a board', () => {
    const [, derived] = deriveAll([frame, child], kinds)
    expect(derived?.clip).toEqual({ minX: 0, minY: 0, maxX: 200, maxY: 200 })
  })

  it('frames are listed in drawing order, and the list stays while none changes', () => {
    const opened = open(
      make('upper', { type: 'frame', order: 'a2' }),
      make('lower', { type: 'frame', order: 'a1' }),
    )
    const { frames } = opened.board
    expect(frames.map((each) => each.id)).toEqual(['lower', 'upper'])
    opened.board.transact('user', (edit) => edit.create(make('box')))
    expect(opened.board.frames).toBe(frames)
    opened.board.transact('user', (edit) => edit.remove(id('lower')))
    expect(opened.board.frames.map((each) => each.id)).toEqual(['upper'])
  })
})

describe('settings of the board', () => {
  it('M16: are the defaults until somebody sets them, are told, and are part of undo', () => {
    const { board, told } = open()
    const history = createHistory(board)
    expect(board.settings).toEqual(DEFAULT_SETTINGS)
    board.transact('user', (edit) => edit.configure({ pattern: 'grid', gridStep: 40 }))
    expect(board.settings).toEqual({ ...DEFAULT_SETTINGS, pattern: 'grid', gridStep: 40 })
    expect(told.at(-1)).toMatchObject({ settings: true, origin: 'user' })
    history.undo()
    expect(board.settings).toEqual(DEFAULT_SETTINGS)
    history.redo()
    expect(board.settings.pattern).toBe('grid')
  })

  it('M16: the version of the format is no setting, and is not told as one', () => {
    const { board, told } = open()
    board.transact('user', (edit) => edit.create(make('box')))
    expect(told.every(({ settings }) => !settings)).toBe(true)
  })

  it.each([
    ['pattern', 'stripes', 'dots'],
    ['pattern', 7, 'dots'],
    ['background', 'red;background:url(//x)', null],
    ['background', '#ABCDEF', '#abcdef'],
    ['gridStep', Number.NaN, 20],
    ['gridStep', -5, 4],
    ['gridStep', 1e308, 500],
  ] as const)('M16: %s %j is read as %j', (key, value, expected) => {
    const { doc, board } = open()
    doc.getMap('meta').set(key, value)
    expect(board.settings[key]).toBe(expected)
  })

  it('M16: anything else in meta is harmless', () => {
    const { doc, board } = open()
    const meta = doc.getMap<unknown>('meta')
    meta.set('__proto__', { pattern: 'grid' })
    meta.set('pattern', new Y.Text('grid'))
    meta.set('background', new Y.Map())
    expect(board.settings).toEqual({ ...DEFAULT_SETTINGS, pattern: 'grid' })
    expect(({} as { pattern?: string }).pattern).toBeUndefined()
  })
})
