import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { screenPoint } from '../geometry/types.ts'
import type { Element, ElementId } from '../model/element.ts'
import { decodeInk } from '../model/ink.ts'

const withBoxes = (): { person: EditorDriver; a: ElementId; b: ElementId; c: ElementId } => {
  const person = new EditorDriver()
  const [a, b, c] = person.place([100, 100, 80, 80], [300, 100, 80, 80], [500, 100, 80, 80])
  if (!a || !b || !c) throw new Error('Three boxes were expected.')
  return { person, a, b, c }
}

describe('selecting', () => {
  it('by a click, more with Shift, none on the empty board', () => {
    const { person, a, b } = withBoxes()
    expect(person.click(140, 140).selection).toEqual([a])
    expect(person.hold('shift').click(340, 140).selection).toEqual([a, b])
    expect(person.click(140, 140).selection).toEqual([b])
    expect(person.hold().click(140, 400).selection).toEqual([])
  })

  it('already at the press', () => {
    const { person, a } = withBoxes()
    expect(person.down(140, 140).selection).toEqual([a])
  })

  it('by a marquee to the left that touches, in addition with Shift, and back with Escape', () => {
    const { person, a, b, c } = withBoxes()
    person.wait(1_000).down(310, 300).move(90, 150)
    expect(person.path).toBe('select/marquee')
    person.up()
    expect(person.selection).toEqual([a, b])
    person.hold('shift').drag(510, 300, 490, 150)
    expect(person.selection).toEqual([a, b, c])
    person.hold().down(110, 300).move(90, 150)
    expect(person.selection).toEqual([a])
    expect(person.press('Escape').selection).toEqual([a, b, c])
  })

  it('by a marquee to the right that encloses', () => {
    const { person, a, b } = withBoxes()
    expect(person.drag(70, 50, 310, 190).selection).toEqual([a])
    expect(person.drag(70, 50, 390, 190).selection).toEqual([a, b])
    expect(person.drag(110, 50, 390, 190).selection).toEqual([b])
  })

  it('by a marquee inside an outline without fill does not select the outline', () => {
    const { person, a } = withBoxes()
    person.editor.update([{ id: a, fillStyle: 'none' }])
    expect(person.drag(160, 160, 120, 120).selection).toEqual([])
    expect(person.drag(200, 160, 120, 120).selection).toEqual([a])
  })

  it('costs nothing while only the pointer or the view moves, however much is selected', () => {
    const { person, a } = withBoxes()
    person.press('Ctrl+A')
    const elements = person.editor.selectedElements()
    person.move(140, 140).wheel(0, 10)
    const { selection } = person.presence ?? {}
    expect(selection).toHaveLength(3)
    person.move(340, 140).wheel(0, 10)
    expect(person.presence?.selection).toBe(selection)
    expect(person.editor.selectedElements()).toBe(elements)
    person.editor.update([{ id: a, opacity: 0.5 }])
    expect(person.editor.selectedElements().map(({ opacity }) => opacity)).toEqual([0.5, 1, 1])
  })

  it('forgets what somebody removes', () => {
    const { person, a, b } = withBoxes()
    person.editor.select([a, b])
    person.peer().transact('user', (edit) => edit.remove(a))
    expect(person.selection).toEqual([b])
  })

  it('takes locked elements by a click alone, and lets them be', () => {
    const { person, a, b, c } = withBoxes()
    person.editor.update([{ id: a, locked: true }])
    expect(person.click(140, 140).selection).toEqual([a])
    expect(person.editor.state.styles).toEqual({})
    expect(person.press('Delete').drag(140, 140, 160, 160).selection).toEqual([])
    expect(person.board.get(a)?.position).toEqual([100, 100])
    expect(person.doubleClick(140, 140).path).toBe('select/typing')
    expect(person.press('Escape').board.get(a)?.text).toBe('')
    expect(person.drag(50, 50, 700, 400).selection).toEqual([b, c])
    person.editor.selectAt(screenPoint(140, 140))
    expect(person.selection).toEqual([a])
  })

  it('steps through the elements in reading order with Tab', () => {
    const { person, a, b, c } = withBoxes()
    const seen = [1, 2, 3].map(() => person.press('Tab').selection)
    expect(seen).toEqual([[a], [b], [c]])
    expect(person.press('Shift+Tab').selection).toEqual([b])
  })
})

describe('groups', () => {
  const grouped = () => {
    const boxes = withBoxes()
    boxes.person.editor.select([boxes.a, boxes.b])
    boxes.person.press('Ctrl+G').press('Escape')
    return boxes
  }

  it('are selected as one', () => {
    const { person, a, b } = grouped()
    expect(person.click(140, 140).selection).toEqual([a, b])
  })

  it('are what a context menu is about', () => {
    const { person, a, b, c } = grouped()
    person.editor.selectAt(screenPoint(140, 140))
    expect(person.selection).toEqual([a, b])
    person.editor.selectAt(screenPoint(540, 140))
    expect(person.selection).toEqual([c])
    person.editor.selectAt(screenPoint(900, 700))
    expect(person.selection).toEqual([])
  })

  it('stay what a context menu is about inside a member without a fill', () => {
    const { person, a, b } = grouped()
    person.editor.select([a, b])
    const [first] = [person.board.get(a)]
    if (!first) throw new Error('It is gone')
    person.editor.update([{ id: a, fillStyle: 'none' }])
    const [x, y] = [first.position[0] + first.size[0] / 2, first.position[1] + first.size[1] / 2]
    person.editor.selectAt(screenPoint(x, y))
    expect(person.selection).toEqual([a, b])
  })

  it('are entered by a double click, and left by Escape after the selection', () => {
    const { person, a, b } = grouped()
    expect(person.doubleClick(140, 140).selection).toEqual([a])
    expect(person.click(340, 140).selection).toEqual([b])
    person.press('Escape')
    expect(person.click(340, 140).selection).toEqual([b])
    person.press('Escape').press('Escape')
    expect(person.click(340, 140).selection).toEqual([a, b])
  })

  it('give single elements to a Ctrl click, and are left by a click elsewhere', () => {
    const { person, a, b, c } = grouped()
    expect(person.hold('ctrl').click(140, 140).selection).toEqual([a])
    expect(person.hold().click(540, 140).selection).toEqual([c])
    expect(person.click(140, 140).selection).toEqual([a, b])
  })

  it('nest, and come apart from the outside', () => {
    const { person, a, b, c } = grouped()
    person.editor.select([a, b, c])
    person.press('Ctrl+G').press('Escape')
    expect(person.click(140, 140).selection).toEqual([a, b, c])
    person.press('Ctrl+Shift+G').press('Escape')
    expect(person.click(140, 140).selection).toEqual([a, b])
  })

  it('are stepped into, added to and left by clicks on outlines, where the sides of the selection lie by then', () => {
    const { person, a, b } = grouped()
    expect(person.doubleClick(120, 100).selection).toEqual([a])
    person.press('Escape').press('Escape')
    person.click(120, 100).hold('ctrl').click(120, 100)
    expect(person.selection).toEqual([a])
    person.hold('shift').click(340, 100).click(120, 100)
    expect(person.selection).toEqual([b])
  })

  it('copied, are groups of their own', () => {
    const { person, a, b } = grouped()
    person.click(140, 140).press('Ctrl+D')
    expect(person.elements).toHaveLength(5)
    const copies = person.selection
    expect(copies).toHaveLength(2)
    expect(person.press('Escape').wait(1_000).hold('ctrl').click(105, 105).selection).toEqual([a])
    expect(person.board.get(a)?.groups).not.toEqual(person.board.get(copies[0] as ElementId)?.groups)
    expect(person.board.get(a)?.groups).toEqual(person.board.get(b)?.groups)
  })
})

describe('moving', () => {
  it('what was pressed, selected or not, in one step of undo', () => {
    const { person, a } = withBoxes()
    person.down(140, 140).move(160, 170)
    expect(person.path).toBe('select/translate')
    expect(person.board.get(a)?.position).toEqual([100, 100])
    person.up()
    expect(person.board.get(a)?.position).toEqual([120, 130])
    person.press('Ctrl+Z')
    expect(person.board.get(a)?.position).toEqual([100, 100])
  })

  it('all that is selected, also by the space between', () => {
    const { person, a, b } = withBoxes()
    person.editor.select([a, b])
    person.drag(240, 140, 250, 150)
    expect(person.board.get(a)?.position).toEqual([110, 110])
    expect(person.board.get(b)?.position).toEqual([310, 110])
  })

  it('along one axis with Shift', () => {
    const { person, a } = withBoxes()
    person.down(140, 140).move(200, 150).hold('shift').up()
    expect(person.board.get(a)?.position).toEqual([160, 100])
  })

  it('a copy with Alt, as long as it is held', () => {
    const { person, a } = withBoxes()
    person.down(140, 140).move(200, 240).hold('alt')
    expect(person.presence?.draft).toMatchObject({ type: 'create' })
    person.hold()
    expect(person.presence?.draft).toMatchObject({ type: 'change' })
    person.hold('alt').up()
    expect(person.elements).toHaveLength(4)
    expect(person.board.get(a)?.position).toEqual([100, 100])
    expect(person.elements.at(-1)?.position).toEqual([160, 200])
    expect(person.selection).toEqual([person.elements.at(-1)?.id])
  })

  it('by arrow keys, ten with Shift, never what is locked', () => {
    const { person, a, b } = withBoxes()
    person.editor.update([{ id: b, locked: true }])
    person.editor.select([a, b])
    person.press('ArrowRight').press('Shift+ArrowDown')
    expect(person.board.get(a)?.position).toEqual([101, 110])
    expect(person.board.get(b)?.position).toEqual([300, 100])
  })

  it('of many elements is shown to peers as a shift from where they stand', () => {
    const { person } = withBoxes()
    person.place(...Array.from({ length: 80 }, (_, index) => [index * 10, 400, 5, 5] as const))
    person.press('Ctrl+A').down(140, 140).move(150, 160)
    const [first] = person.elements
    expect(person.presence?.draft).toMatchObject({ delta: [10, 20], from: first?.position })
    person.up()
    expect(person.presence?.draft).toBeNull()
  })

  it('is all that an undo in the middle of it takes back', () => {
    const { person, a } = withBoxes()
    person.drag(140, 140, 160, 160).wait(1_000).down(170, 170).move(300, 300).press('Ctrl+Z').up()
    expect(person.board.get(a)?.position).toEqual([120, 120])
  })

  it('goes on when the view moves underneath', () => {
    const { person, a } = withBoxes()
    person.down(140, 140).move(150, 150).wheel(100, 0).up()
    expect(person.board.get(a)?.position).toEqual([210, 110])
  })

  it('ends when a peer deletes what is dragged, and goes on with the rest', () => {
    const { person, a, b } = withBoxes()
    const peer = person.peer()
    person.editor.select([a, b])
    person.down(140, 140).move(160, 160)
    peer.transact('user', (edit) => edit.remove(a))
    expect(person.path).toBe('select/translate')
    peer.transact('user', (edit) => edit.remove(b))
    expect(person.path).toBe('select')
    expect(person.presence?.draft).toBeNull()
    person.up()
    expect(person.board.get(a)).toBeUndefined()
  })
})

describe('resizing and turning', () => {
  it('by a corner, in proportion with Shift, from the middle with Alt', () => {
    const { person, a } = withBoxes()
    person.click(140, 140).down(184, 184)
    person.move(224, 204)
    expect(person.path).toBe('select/resize')
    person.up()
    expect(person.board.get(a)).toMatchObject({ position: [100, 100], size: [120, 100] })
    person.press('Ctrl+Z').hold('shift').drag(184, 184, 224, 194)
    expect(person.board.get(a)?.size).toEqual([120, 120])
    person.press('Ctrl+Z').hold('alt').drag(184, 184, 194, 194)
    expect(person.board.get(a)).toMatchObject({ position: [90, 90], size: [100, 100] })
  })

  it('several together', () => {
    const { person, a, b } = withBoxes()
    person.editor.select([a, b])
    person.drag(384, 184, 664, 264)
    expect(person.board.get(a)).toMatchObject({ position: [100, 100], size: [160, 160] })
    expect(person.board.get(b)).toMatchObject({ position: [500, 100], size: [160, 160] })
  })

  it('by the handle above, in steps of 15 degrees with Shift', () => {
    const { person, a } = withBoxes()
    person.click(140, 140).hold('shift').down(140, 74).move(206, 142)
    expect(person.path).toBe('select/rotate')
    person.up()
    expect(person.board.get(a)?.rotation).toBeCloseTo(Math.PI / 2)
    person.press('Ctrl+Z')
    expect(person.board.get(a)?.rotation).toBe(0)
  })

  it('turns what is drawn over when it is pulled past the other side', () => {
    const person = new EditorDriver().tool('line').drag(100, 100, 200, 150)
    person.tool('pen').down(300, 100).move(310, 200).move(400, 160).up().press('V')
    const [line, ink] = person.elements
    if (!line || !ink) throw new Error('Two elements were expected.')
    person.press('Ctrl+A').drag(404, 204, -204, 204)
    expect(person.board.get(line.id)?.points).toEqual([
      [100, 0],
      [0, 50],
    ])
    const turned = decodeInk(person.board.get(ink.id)?.ink as Uint8Array)
    expect([turned[0], turned.at(-1)]).toEqual([
      [100, 0, expect.closeTo(0.5)],
      [0, 60, expect.closeTo(0.5)],
    ])
    expect(person.press('Ctrl+Z').board.get(line.id)).toMatchObject(line)
  })

  it.each([
    ['n', [180, 96], [180, 290], 300],
    ['s', [180, 304], [180, 110], 100],
    ['nw', [96, 96], [200, 290], 300],
  ] as const)('keeps the other side in place when text needs more room: %s', (_side, from, to, fixed) => {
    const person = new EditorDriver()
    const [id] = person.place([100, 100, 160, 200])
    if (!id) throw new Error('One box was expected.')
    person.editor.update([{ id, text: 'words that need several lines to be written' }])
    person.click(180, 200).drag(from[0], from[1], to[0], to[1])
    const { position, size } = person.only
    expect(size[1]).toBeGreaterThan(60)
    expect(fixed === 100 ? position[1] : position[1] + size[1]).toBeCloseTo(fixed)
  })

  it('takes a corner out of a line by a double click on it, and leaves its ends', () => {
    const person = new EditorDriver().tool('line').drag(100, 100, 300, 100).drag(200, 100, 200, 180)
    expect(person.only.points).toHaveLength(3)
    person.doubleClick(100, 100)
    expect(person.only.points).toHaveLength(3)
    person.doubleClick(200, 180)
    expect(person.only).toMatchObject({ position: [100, 100], size: [200, 0] })
    expect(person.only.points).toHaveLength(2)
  })

  it('writes on a small element by a double click, also where its handles lie over it', () => {
    const person = new EditorDriver()
    person.place([100, 100, 14, 14])
    expect(person.doubleClick(101, 101).path).toBe('select/typing')
    person.press('Escape').press('Escape').wait(1_000).click(107, 107)
    expect(person.doubleClick(107, 77).path).toBe('select')
  })

  it('does not take a click after a drag for a double click', () => {
    const { person } = withBoxes()
    person.drag(140, 140, 240, 240).wait(50).down(140, 140).up()
    expect(person.path).toBe('select')
  })

  it('drags the end of an arrow', () => {
    const person = new EditorDriver().tool('arrow').drag(100, 100, 200, 200)
    person.down(200, 200).move(300, 150)
    expect(person.path).toBe('select/point')
    person.up()
    expect(person.only).toMatchObject({ position: [100, 100], size: [200, 50] })
  })
})

describe('commands', () => {
  it('delete what is selected, except what is locked', () => {
    const { person, a, b } = withBoxes()
    person.editor.update([{ id: a, locked: true }])
    person.editor.select([a, b])
    person.press('Delete')
    expect(person.board.get(a)).toBeDefined()
    expect(person.board.get(b)).toBeUndefined()
  })

  it('bring back what was selected when an undo brings back what was deleted', () => {
    const { person, a, b } = withBoxes()
    person.editor.select([a, b])
    person.press('Delete').press('Ctrl+Z')
    expect(new Set(person.selection)).toEqual(new Set([a, b]))
  })

  it('change the order', () => {
    const { person, a, b, c } = withBoxes()
    const order = () => person.elements.map(({ id }) => id)
    person.editor.select([a])
    person.press(']')
    expect(order()).toEqual([b, c, a])
    person.press('Ctrl+Shift+[')
    expect(order()).toEqual([a, b, c])
  })

  it('flip what is selected about its common middle, and twice is as before', () => {
    const person = new EditorDriver().tool('arrow').drag(100, 100, 200, 150)
    const [box] = person.place([300, 200, 100, 40])
    if (!box) throw new Error('One box was expected.')
    person.editor.update([{ id: box, rotation: 0.3 }])
    const before = person.elements
    const arrow = before[0] as Element
    person.press('Ctrl+A').press('Shift+H')
    expect(person.board.get(arrow.id)?.points).toEqual([
      [100, 0],
      [0, 50],
    ])
    expect(person.board.get(arrow.id)?.position[0]).toBeGreaterThan(250)
    expect(person.board.get(box)?.rotation).toBeCloseTo(2 * Math.PI - 0.3)
    person.press('Shift+H').press('Shift+V').press('Shift+V')
    for (const element of before) {
      const now = person.board.get(element.id)
      expect(now?.position[0]).toBeCloseTo(element.position[0])
      expect(now?.position[1]).toBeCloseTo(element.position[1])
      expect(now?.rotation).toBeCloseTo(element.rotation)
    }
  })

  it('lock and unlock', () => {
    const { person, a } = withBoxes()
    person.editor.select([a])
    person.press('Shift+L')
    expect(person.board.get(a)?.locked).toBe(true)
    person.press('Ctrl+Shift+L')
    expect(person.board.get(a)?.locked).toBe(false)
  })

  it('copy duplicates ten units away and select them', () => {
    const { person, a } = withBoxes()
    person.editor.select([a])
    person.press('Ctrl+D')
    expect(person.elements.at(-1)?.position).toEqual([110, 110])
    expect(person.selection).toEqual([person.elements.at(-1)?.id])
  })

  it('take Escape one step at a time', () => {
    const { person, a } = withBoxes()
    person.editor.select([a])
    expect(person.press('Escape').selection).toEqual([])
    person.tool('pen').press('Escape')
    expect(person.path).toBe('select')
  })
})

describe('styles', () => {
  it('of the selection, mixed where they differ, and only those that apply', () => {
    const { person, a, b } = withBoxes()
    person.editor.update([{ id: a, stroke: '#d93a3a' }])
    person.editor.select([a, b])
    expect(person.editor.state.styles.stroke).toBe('mixed')
    expect(person.editor.state.styles).not.toHaveProperty('endHead')
    person.editor.setStyle('stroke', '#27914f')
    expect(person.board.get(a)?.stroke).toBe('#27914f')
    expect(person.editor.state.styles.stroke).toBe('#27914f')
  })

  it('are shown to peers before they are set, and set in one step of undo', () => {
    const { person, a, b } = withBoxes()
    person.editor.select([a, b])
    for (const opacity of [0.9, 0.5]) person.editor.previewStyle('opacity', opacity)
    expect(person.presence?.draft).toEqual({
      type: 'change',
      patches: new Map([a, b].map((id) => [id, { opacity: 0.5 }])),
    })
    expect(person.elements.map(({ opacity }) => opacity)).toEqual([1, 1, 1])
    person.editor.setStyle('opacity', 0.5)
    expect(person.presence?.draft).toBeNull()
    expect(person.elements.map(({ opacity }) => opacity)).toEqual([0.5, 0.5, 1])
    person.press('Ctrl+Z')
    expect(person.elements.map(({ opacity }) => opacity)).toEqual([1, 1, 1])
  })

  it.each<[string, (person: EditorDriver) => void]>([
    ['it is taken back', (person) => person.editor.previewStyle('opacity', null)],
    ['something else is selected', (person) => person.press('Escape')],
    ['the right to edit is lost', (person) => person.editor.setCanEdit(false)],
    ['a gesture begins and ends', (person) => person.tool('pen').drag(100, 400, 200, 500)],
  ])('that are only shown are gone when %s', (_, end) => {
    const { person, a } = withBoxes()
    person.editor.select([a])
    person.editor.previewStyle('opacity', 0.5)
    expect(person.presence?.draft).not.toBeNull()
    end(person)
    expect(person.presence?.draft).toBeNull()
    expect(person.board.get(a)?.opacity).toBe(1)
  })

  it('are remembered for what is drawn next, but a fill leaves the paper of notes alone', () => {
    const { person, a } = withBoxes()
    person.editor.select([a])
    person.editor.setStyle('stroke', '#27914f')
    person.editor.setStyle('fill', '#ffd9d6')
    person.tool('ellipse').drag(100, 400, 200, 500)
    expect(person.elements.at(-1)).toMatchObject({ stroke: '#27914f', fill: '#ffd9d6' })
    person.tool('sticky').click(600, 600)
    expect(person.elements.at(-1)?.fill).not.toBe('#ffd9d6')
  })

  it('keep the state object when nothing that it shows changed', () => {
    const { person } = withBoxes()
    const before = person.editor.state
    person.move(20, 20).move(200, 200)
    person.editor.setPeers([])
    expect(person.editor.state).toBe(before)
  })
})
