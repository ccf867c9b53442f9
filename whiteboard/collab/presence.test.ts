import { describe, expect, it } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { testKinds } from '../../test/support/kinds.ts'
import { createManualClock } from '../../test/support/manual-clock.ts'
import { nothingShown } from '../../test/support/presence.ts'
import { worldPoint } from '../geometry/types.ts'
import type { ElementId } from '../model/element.ts'
import type { LocalPresence } from '../model/presence.ts'
import { jsonBytes } from './fitting.ts'
import { encodePresence, PRESENCE_BYTES, parsePeer } from './peers.ts'
import { createPresence } from './presence.ts'

const at = (x: number, y = 0): LocalPresence => ({ ...nothingShown, cursor: worldPoint(x, y) })
const user = { id: 'bob', name: 'Bob', color: '#aabbcc' }

const setUp = () => {
  const clock = createManualClock()
  const awareness = new Awareness(new Y.Doc())
  const states: unknown[] = []
  awareness.on('update', () => states.push(awareness.getLocalState()))
  const presence = createPresence({ awareness, kinds: testKinds, clock })
  /** What the server would send of another client. */
  const receive = (clientId: number, ...history: (object | null)[]): void => {
    const other = new Awareness(new Y.Doc())
    other.clientID = clientId
    // As in a real client, whose first state says nothing.
    for (const state of [{}, ...history]) other.setLocalState(state)
    applyAwarenessUpdate(awareness, encodeAwarenessUpdate(other, [clientId]), 'server')
    other.destroy()
  }
  return { clock, awareness, states, presence, receive }
}

/** The same with somebody there to see it. */
const setUpWithBob = () => {
  const all = setUp()
  all.receive(2, { user })
  all.clock.advance(100)
  all.states.splice(0)
  return all
}

describe('Showing oneself', () => {
  it('says that somebody went back to a version, and only that', () => {
    const { states, presence } = setUpWithBob()
    presence.show({ ...nothingShown, restored: true })
    expect(states.at(-1)).toEqual({ restored: true })
    const read = (restored: unknown) => parsePeer(2, { user, restored }, testKinds)?.restored
    expect([true, false, 'Eve', 1, null, undefined].map(read)).toEqual([true, ...Array(5).fill(undefined)])
  })

  it('sends at once when idle, then 30 times a second, and always the last', () => {
    const { clock, states, presence } = setUpWithBob()
    presence.show(at(0))
    expect(states).toEqual([{ cursor: [0, 0] }])
    for (let x = 1; x <= 100; x++) {
      presence.show(at(x))
      clock.advance(1)
    }
    expect(states.length).toBeLessThanOrEqual(5)
    clock.advance(100)
    expect(states.at(-1)).toEqual({ cursor: [100, 0] })
    const before = states.length
    clock.advance(1000)
    presence.show(at(7))
    expect(states.length).toBe(before + 1)
  })

  it('sends the end of a draft at once: the change that it led to is on its way', () => {
    const { clock, states, presence } = setUpWithBob()
    const draft = { type: 'erase', ids: ['a' as ElementId] } as const
    presence.show({ ...at(1), draft })
    presence.show({ ...at(2), draft })
    presence.show(at(3))
    expect(states.at(-1)).toEqual({ cursor: [3, 0] })
    presence.show(at(4))
    expect(states.at(-1)).toEqual({ cursor: [3, 0] })
    clock.advance(33)
    expect(states.at(-1)).toEqual({ cursor: [4, 0] })
  })

  it('sends seldom while nobody is there, and at once to whoever comes', () => {
    const { clock, states, presence, receive } = setUp()
    for (let x = 0; x <= 100; x++) {
      presence.show(at(x))
      clock.advance(10)
    }
    expect(states.length).toBeLessThanOrEqual(3)
    presence.show(at(500))
    receive(2, { user })
    expect(states.at(-1)).toEqual({ cursor: [500, 0] })
    const before = states.length
    for (let x = 0; x < 10; x++) {
      clock.advance(34)
      presence.show(at(x))
    }
    expect(states.length - before).toBeGreaterThanOrEqual(9)
  })

  it('does not send the same twice', () => {
    const { clock, states, presence } = setUp()
    presence.show(at(1.001))
    clock.advance(100)
    presence.show(at(1.002))
    expect(states.length).toBe(1)
  })

  it('is compact: rounded, without what is not there', () => {
    const view = { center: worldPoint(1 / 3, 2), zoom: 1.23456789, width: 1440.4, height: 900 }
    expect(encodePresence({ ...at(12.345678, -0.001), view }, testKinds)).toEqual({
      cursor: [12.35, 0],
      view: [0.33, 2, 1.2346, 1440, 900],
    })
  })

  it('never takes more than its bytes, with the selection and the draft cut', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `element-${index}` as ElementId)
    const state = encodePresence(
      {
        ...nothingShown,
        cursor: worldPoint(1, 2),
        selection: ids,
        draft: { type: 'translate', ids, delta: [3, 4] },
        view: { center: worldPoint(0, 0), zoom: 1, width: 100, height: 100 },
      },
      testKinds,
    )
    expect(jsonBytes(state)).toBeLessThanOrEqual(PRESENCE_BYTES)
    expect(jsonBytes(state)).toBeGreaterThan(PRESENCE_BYTES * 0.9)
    const peer = parsePeer(1, { ...state, user }, testKinds)
    expect(peer?.selection.length).toBeGreaterThan(100)
    expect(peer?.draft?.type === 'translate' && peer.draft.ids.length).toBeGreaterThan(500)
  })
})

describe('Seeing peers', () => {
  it('shows who they are as the server says, and what they show', () => {
    const { presence, receive } = setUp()
    const state = encodePresence(
      {
        ...at(5, 6),
        selection: ['a' as ElementId],
        draft: { type: 'erase', ids: ['b' as ElementId] },
        view: { center: worldPoint(1, 2), zoom: 2, width: 800, height: 600 },
      },
      testKinds,
    )
    receive(42, { ...state, user })
    expect(presence.peers).toEqual([
      {
        ...nothingShown,
        clientId: 42,
        personId: 'bob',
        name: 'Bob',
        color: '#aabbcc',
        cursor: [5, 6],
        selection: ['a'],
        draft: { type: 'erase', ids: ['b'] },
        view: { center: [1, 2], zoom: 2, width: 800, height: 600 },
      },
    ])
  })

  it('tells the end of a draft at once', () => {
    const { presence, receive } = setUp()
    const draft = { type: 'erase', ids: ['b'] }
    receive(1, { user, draft })
    receive(1, { user, draft }, { user })
    expect(presence.peers[0]?.draft).toBeNull()
  })

  it('keeps the object of a peer who did not change, and tells at most once a frame', () => {
    const { clock, presence, receive } = setUp()
    let told = 0
    presence.subscribe(() => told++)
    receive(1, { user })
    const [first] = presence.peers
    for (let x = 0; x < 10; x++)
      receive(2, ...Array.from({ length: x + 1 }, () => ({ user, cursor: [x, 0] })))
    expect(told).toBe(1)
    clock.advance(16)
    expect(told).toBe(2)
    expect(presence.peers[0]).toBe(first)
    expect(presence.peers[1]?.cursor).toEqual([9, 0])
  })

  it('loses those who leave', () => {
    const { clock, presence, receive } = setUp()
    receive(1, { user })
    receive(1, { user }, null)
    clock.advance(16)
    expect(presence.peers).toEqual([])
  })

  it('stops when it is disposed', () => {
    const { clock, states, presence, receive } = setUp()
    let told = 0
    presence.subscribe(() => told++)
    presence.show(at(1))
    presence.show(at(2))
    presence.dispose()
    receive(1, { user })
    const before = states.length
    clock.advance(1000)
    expect(clock.waiting).toBe(0)
    expect(states.length).toBe(before)
    expect(told).toBe(0)
  })
})

describe('A hostile presence state', () => {
  it.each([
    'state',
    7,
    [],
    {},
    { user: 'Bob' },
    { user: null },
    { user: { id: 7, name: 'Bob' } },
    { user: { id: '', name: 'Bob' } },
    { user: { id: 'x'.repeat(1000), name: 'Bob' } },
    { user: { id: 'bob', name: { toString: 'evil' } } },
  ])('without a person is nobody: %j', (state) => {
    expect(parsePeer(1, state, testKinds)).toBeNull()
  })

  it.each([
    ['cursor', 'here'],
    ['cursor', [Number.NaN, 1]],
    ['cursor', [1]],
    ['cursor', [1e308, 1]],
    ['cursor', { 0: 1, 1: 2 }],
    ['view', [0, 0, 0, 100, 100]],
    ['view', [0, 0, -1, 100, 100]],
    ['view', [0, 0, 1e9, 100, 100]],
    ['view', [0, 0, 1, Number.POSITIVE_INFINITY, 100]],
    ['view', [0, 0, 1]],
    ['draft', { type: 'create' }],
    ['draft', 'drag'],
  ])('has no %s when it is %j', (field, value) => {
    const peer = parsePeer(1, { user, [field]: value }, testKinds)
    expect(peer).toMatchObject({ name: 'Bob', cursor: null, view: null, draft: null, selection: [] })
  })

  it('keeps only ids in a selection, and not without end', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `e${index}`)
    expect(parsePeer(1, { user, selection: many }, testKinds)?.selection.length).toBe(2000)
    expect(parsePeer(1, { user, selection: [1, null, 'a', {}, 'a'] }, testKinds)?.selection).toEqual(['a'])
    expect(parsePeer(1, { user, selection: 'abc' }, testKinds)?.selection).toEqual([])
  })

  it('cannot smuggle markup characters, lines or a colour that is none into what is shown', () => {
    const name = `A\u202Edmin\n\u0000${'x'.repeat(500)}`
    const peer = parsePeer(1, { user: { id: 'bob', name, color: 'red;background:url(//evil)' } }, testKinds)
    expect(peer?.name).toMatch(/^Adminx+$/)
    expect(peer?.name.length).toBeLessThanOrEqual(80)
    expect(peer?.color).toMatch(/^#[0-9a-f]{6}$/)
  })

  it('does not throw out of the list of peers', () => {
    const { presence, awareness, clock } = setUp()
    const states = awareness.states as Map<number, unknown>
    states.set(1, 'a string')
    states.set(2, null)
    states.set(3, 7)
    states.set(4, { user })
    awareness.emit('change', [{ added: [1, 2, 3, 4], updated: [], removed: [] }, 'server'])
    clock.advance(16)
    expect(presence.peers.map(({ clientId }) => clientId)).toEqual([4])
  })
})
