import { beforeAll, describe, expect, it, vi } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { plainElement } from '../../test/support/plain-element.ts'
import { peer } from '../../test/support/presence.ts'
import { createRandom } from '../../test/support/random.ts'
import { encodeDraft, parseDraft } from '../collab/drafts.ts'
import { kinds } from '../elements/index.ts'
import { type Vec, worldPoint } from '../geometry/types.ts'
import type { Draft } from '../model/draft.ts'
import type { Element, ElementId, GroupId } from '../model/element.ts'
import { keysBetween } from '../model/order.ts'
import { draftedElements, shownElement } from '../render/drafted.ts'
import { shifting } from '../render/late-shifting.ts'

const COUNT = 120
const ROOM = 2_000

/** A board with frames, some of them filled, groups, and arrows between whatever there is. */
const crowd = (random: () => number): Element[] => {
  const order = keysBetween(null, null, COUNT)
  const number = (most: number): number => Math.round(random() * most)
  const pick = (): ElementId => `element-${number(COUNT * 1.1)}` as ElementId
  const fields = (): Partial<Element> => {
    const kind = random()
    if (kind < 0.06) {
      return {
        type: 'frame',
        size: [300 + number(300), 200 + number(300)],
        fillStyle: random() < 0.5 ? 'solid' : 'none',
      }
    }
    if (kind > 0.3)
      return { type: kind > 0.7 ? 'ellipse' : 'rectangle', size: [20 + number(90), 20 + number(90)] }
    const bound = () =>
      random() < 0.7 ? { element: pick(), anchor: [random(), random()], mode: 'outline' } : null
    const route = random() < 0.3 ? 'elbow' : 'straight'
    const size: [number, number] = [50 + number(200), 50 + number(200)]
    return { type: 'arrow', size, points: [[0, 0], size], start: bound(), end: bound(), route }
  }
  const elements = order.map(
    (key, index): Element =>
      plainElement({
        id: `element-${index}` as ElementId,
        order: key,
        position: worldPoint(number(ROOM), number(ROOM)),
        groups: random() < 0.2 ? [`group-${number(6)}` as GroupId] : [],
        locked: random() < 0.05,
        ...fields(),
      }),
  )
  const frames = elements.filter(({ type }) => type === 'frame')
  return elements.map((element) =>
    element.type !== 'frame' && random() < 0.3
      ? { ...element, frame: frames[number(frames.length - 1)]?.id ?? null }
      : element,
  )
}

const PLACED = ['type', 'frame', 'order'] as const

const compare = (shown: Element | undefined, written: Element | undefined, seed: number): void => {
  const told = `seed ${seed}, ${written?.type} ${written?.id}`
  for (const key of PLACED) expect(shown?.[key], `${told} ${key}`).toEqual(written?.[key])
  const numbers = (element: Element | undefined): number[] =>
    element ? [...element.position, ...element.size, ...Object.values(element.clip ?? {})] : []
  const [before, after] = [numbers(shown), numbers(written)]
  expect(before.length, told).toBe(after.length)
  for (const [index, value] of before.entries())
    expect(value, told).toBeCloseTo(after[index] ?? Number.NaN, 3)
}

describe('moving many elements at once', () => {
  beforeAll(() => shifting.prepare())

  it('M90: shows at every moment what the release would leave', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = createRandom(seed)
      const person = new EditorDriver()
      person.board.transact('load', (edit) => {
        for (const element of crowd(random)) edit.create(element)
      })
      const share = seed % 4 === 0 ? 1 : 0.6 + random() * 0.3
      const chosen = person.board.ordered.filter(({ locked }) => !locked && random() < share)
      person.editor.select(chosen.map(({ id }) => id))
      const held = chosen.find(({ type, rotation }) => type === 'rectangle' && rotation === 0)
      if (!held) throw new Error(`Nothing to hold on to, seed ${seed}`)
      const from: Vec = [held.position[0] + held.size[0] / 2, held.position[1] + held.size[1] / 2]
      person.down(from[0], from[1])
      for (let step = 0; step < 3; step++) {
        person.move(from[0] + random() * 1_200 - 600, from[1] + random() * 1_200 - 600)
      }
      if (person.path !== 'select/translate') continue
      const drafted = draftedElements(person.scene, person.board, kinds)
      expect(drafted.shift, `seed ${seed}`).not.toBeNull()
      const shown = person.board.ordered.map(({ id }) => shownElement(drafted, person.board, id))
      person.up()
      for (const element of shown) if (element) compare(element, person.board.get(element.id), seed)
    }
  })

  it('M90: moves a frame with many elements in it as one, those of them included that are bound to others', () => {
    const person = new EditorDriver()
    const inside = Array.from(
      { length: 80 },
      (_, index) => [120 + (index % 10) * 50, 120 + index, 30, 20] as const,
    )
    const [target] = person.place([900, 100, 50, 50])
    const [first, ...others] = person.place(...inside)
    const [frame] = person.editor.create([
      { type: 'frame', position: worldPoint(100, 100), size: [600, 400] },
    ])
    if (!frame || !first || !target) throw new Error('Not made')
    const end = { anchor: [0.5, 0.5], mode: 'outline' }
    const size: [number, number] = [10, 10]
    const [arrow] = person.editor.create([
      { type: 'arrow', size, start: { ...end, element: first }, end: { ...end, element: target } },
    ])
    person.editor.update([first, ...others].map((id) => ({ id, frame })))
    person.editor.select([frame])
    person.wait(1_000).down(400, 350).move(430, 420)
    expect(person.path).toBe('select/translate')
    expect(person.presence?.draft).toMatchObject({ type: 'translate', ids: [frame] })
    const drafted = draftedElements(person.scene, person.board, kinds)
    expect(drafted.shift?.ids.size).toBe(81)
    expect([...drafted.changed.keys()]).toEqual([arrow])
    const shown = person.board.ordered.map(({ id }) => shownElement(drafted, person.board, id))
    person.up()
    for (const element of shown) if (element) compare(element, person.board.get(element.id), 0)
  })

  it('M91: peers see all of a board move although they are told only one id, and what they have locked stay', () => {
    const person = new EditorDriver()
    const boxes = Array.from({ length: 100 }, (_, index) => [index * 40, 0, 30, 20] as const)
    const [locked, ...ids] = person.place(...boxes)
    if (!locked) throw new Error('Not made')
    person.editor.update([{ id: locked, locked: true }])
    const other = new EditorDriver()
    person.connect(other)
    person.press('Ctrl+A').down(55, 10).move(155, 60)
    const wire = person.presence?.draft ? encodeDraft(person.presence.draft, 16_384, kinds) : null
    expect(JSON.stringify(wire).length).toBeLessThan(200)
    other.editor.setPeers([peer({ draft: parseDraft(JSON.parse(JSON.stringify(wire)), kinds) })])
    const drafted = draftedElements(other.scene, other.board, kinds)
    const shown = other.board.ordered.map(({ id }) => shownElement(drafted, other.board, id))
    expect(drafted.shift?.ids).toEqual(new Set(ids))
    person.up()
    for (const element of shown) if (element) compare(element, other.board.get(element.id), 0)
    const after = draftedElements(other.scene, other.board, kinds)
    expect(after.shift).toBeNull()
    expect(after.changed.size).toBe(0)
  })
})

describe('changing very many elements at once', () => {
  const crowded = (): EditorDriver => {
    const person = new EditorDriver()
    const boxes = Array.from(
      { length: 1_050 },
      (_, at) => [(at % 35) * 20, Math.floor(at / 35) * 20, 20, 20] as const,
    )
    person.place(...boxes)
    return person.press('Ctrl+A')
  }

  it('shows where the frame round them goes while they are resized, and resizes them on release', () => {
    const person = crowded()
    person.down(704, 604).move(1_404, 1_204)
    expect(person.path).toBe('select/resize')
    expect(person.scene.draft).toBeNull()
    expect(person.scene.hints?.frame?.[2]).toEqual([1_400, 1_200])
    person.up()
    expect(person.scene.hints).toBeNull()
    expect(new Set(person.elements.map(({ size }) => size.join(' ')))).toEqual(new Set(['40 40']))
    person.press('Ctrl+Z')
    expect(new Set(person.elements.map(({ size }) => size.join(' ')))).toEqual(new Set(['20 20']))
  })

  it('shows where the frame round copies goes, and makes them on release', () => {
    const person = crowded()
    person.down(310, 310).move(360, 330).hold('alt').move(410, 330)
    expect(person.scene.draft).toBeNull()
    expect(person.scene.hints?.frame?.[0]).toEqual([100, 20])
    person.hold()
    expect(person.scene.draft).toMatchObject({ type: 'translate', delta: [100, 20], all: true })
    expect(person.scene.hints?.frame).toBeUndefined()
    person.hold('alt').up()
    expect(person.elements).toHaveLength(2_100)
    expect(person.selection).toHaveLength(1_050)
    expect(person.board.get(person.selection[0] as ElementId)?.position).toEqual([100, 20])
  })
})

describe('moving many elements before what shows them as a whole is here', () => {
  it('shows them one by one, and of peers only what they tell in full', async () => {
    vi.resetModules()
    const { draftedElements, shownElement } = await import('../render/drafted.ts')
    const { shifting } = await import('../render/late-shifting.ts')
    const person = new EditorDriver()
    person.place(...Array.from({ length: 100 }, (_, index) => [index * 40, 0, 30, 20] as const))
    person.press('Ctrl+A').down(55, 10).move(155, 60)
    const { draft } = person.scene
    const told = { ...(draft as Draft & { type: 'translate' }), ids: person.selection.slice(0, 1) }
    const theirs = { ...person.scene, draft: null, peers: [peer({ draft: told })] }
    const places = (scene: typeof person.scene) => {
      const drafted = draftedElements(scene, person.board, kinds)
      return person.board.ordered.map(({ id }) => shownElement(drafted, person.board, id)?.position)
    }
    const [before, own] = [places(theirs), places(person.scene)]
    expect(before).toEqual(person.board.ordered.map(({ position }) => position))
    expect(own).toEqual(person.board.ordered.map(({ position: [x, y] }) => [x + 100, y + 50]))
    await shifting.prepare()
    expect(places(theirs)).toEqual(own)
    expect(places(person.scene)).toEqual(own)
  })
})
