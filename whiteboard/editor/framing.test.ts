import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { kinds } from '../elements/index.ts'
import { type Size, worldPoint } from '../geometry/types.ts'
import { applyDraft } from '../model/apply-draft.ts'
import type { Element, ElementId } from '../model/element.ts'

type Place = readonly [x: number, y: number, width: number, height: number]

/** A person before a board with a frame from (100, 100) to (500, 400). */
class Framer extends EditorDriver {
  readonly frame: ElementId

  constructor() {
    super()
    this.editor.setSnapping(false)
    this.frame = this.addFrame([100, 100, 400, 300])
  }

  addFrame([x, y, width, height]: Place, fields: Partial<Element> = {}): ElementId {
    const size: Size = [width, height]
    const [id] = this.editor.create([{ type: 'frame', position: worldPoint(x, y), size, ...fields }])
    if (!id) throw new Error('No frame was made')
    return id
  }

  box(...place: Place): ElementId {
    const [id] = this.place(place)
    if (!id) throw new Error('No rectangle was made')
    return id
  }

  at(id: ElementId): Element {
    const element = this.board.get(id)
    if (!element) throw new Error(`${id} is gone`)
    return element
  }

  carrier(id: ElementId): ElementId | null {
    return this.at(id).frame
  }

  /** What the draft under way makes of an element. */
  drafted(id: ElementId): Element | undefined {
    return applyDraft(this.presence?.draft ?? null, this.board, kinds).changed.get(id)
  }
}

describe('M95: what comes into a frame', () => {
  it('joins it when it is drawn there, dragged there, written there or made there by a script', () => {
    const person = new Framer()
    const scripted = person.box(150, 150, 50, 50)
    person.tool('ellipse').drag(250, 150, 300, 200)
    const [drawn] = person.selection
    person.tool('text').click(350, 250)
    person.type('hello').press('Escape')
    person.editor.setTool('select')
    const dragged = person.box(700, 100, 60, 60)
    expect(person.carrier(dragged)).toBeNull()
    person.drag(730, 130, 330, 330)
    const written = person.elements.find(({ type }) => type === 'text')
    for (const id of [scripted, drawn, dragged, written?.id]) {
      expect(id && person.carrier(id)).toBe(person.frame)
    }
  })

  it('joins the topmost of several, by its middle', () => {
    const person = new Framer()
    const upper = person.addFrame([300, 100, 400, 300])
    expect(person.carrier(person.box(350, 200, 100, 50))).toBe(upper)
    expect(person.carrier(person.box(240, 200, 100, 50))).toBe(person.frame)
    expect(person.carrier(person.box(660, 200, 100, 50))).toBeNull()
  })

  it('is clipped already while it is dragged, and unclipped while it is dragged out', () => {
    const person = new Framer()
    const box = person.box(600, 150, 60, 60)
    person.wait(1000).down(630, 180).move(490, 180)
    expect(person.drafted(box)?.clip?.maxX).toBe(500)
    person.move(630, 180)
    expect(person.drafted(box)?.clip).toBeUndefined()
    person.move(490, 180).up()
    expect(person.carrier(box)).toBe(person.frame)
    person.wait(1000).down(480, 180).move(640, 180)
    expect(person.drafted(box)?.clip).toBeUndefined()
    person.up()
    expect(person.carrier(box)).toBeNull()
  })

  it('joins in the same step of undo as it moves', () => {
    const person = new Framer()
    const box = person.box(600, 150, 60, 60)
    person.drag(630, 180, 300, 200)
    person.press('Ctrl+Z')
    expect(person.at(box)).toMatchObject({ frame: null, position: [600, 150] })
    person.press('Ctrl+Shift+Z')
    expect(person.carrier(box)).toBe(person.frame)
  })

  it('stays together as a group, that joins by its own middle', () => {
    const person = new Framer()
    const [one, two] = [person.box(600, 150, 60, 60), person.box(900, 150, 60, 60)]
    person.editor.select([one, two])
    person.press('Ctrl+G').drag(630, 180, 230, 180)
    expect(person.at(two).position[0]).toBe(500)
    expect([person.carrier(one), person.carrier(two)]).toEqual([person.frame, person.frame])
  })

  it('leaves by keys and by alignment too', () => {
    const person = new Framer()
    const box = person.box(440, 150, 100, 50)
    person.editor.select([box])
    for (let presses = 0; presses < 3; presses++) person.press('Shift+ArrowRight')
    expect(person.carrier(box)).toBeNull()
  })

  it('comes above a filled frame that would hide it, already while it is dragged', () => {
    const person = new EditorDriver()
    person.editor.setSnapping(false)
    const [lower, upper] = person.place([700, 100, 60, 60], [700, 170, 60, 60])
    const [frame] = person.editor.create([
      { type: 'frame', position: worldPoint(100, 100), size: [400, 300], fillStyle: 'solid' },
    ])
    person.editor.select([lower as ElementId, upper as ElementId])
    person.wait(1000).down(730, 130).move(230, 130)
    const drafted = applyDraft(person.presence?.draft ?? null, person.board, kinds).changed
    const orders = [frame, lower, upper].map(
      (id) => (drafted.get(id as ElementId) ?? person.board.get(id as ElementId))?.order ?? '',
    )
    expect(orders).toEqual([...orders].sort())
    person.up()
    expect(person.elements.map(({ id }) => id)).toEqual([frame, lower, upper])
  })

  it('keeps what an edit says of its frame', () => {
    const person = new Framer()
    const box = person.box(200, 200, 50, 50)
    person.editor.update([{ id: box, frame: null }])
    expect(person.carrier(box)).toBeNull()
    person.editor.update([{ id: box, frame: person.frame, position: worldPoint(2000, 2000) }])
    expect(person.carrier(box)).toBe(person.frame)
  })
})

describe('M96–M98: a frame', () => {
  it('takes what lies wholly in it when it is drawn round, and goes below that', () => {
    const person = new EditorDriver()
    const [inside, across] = person.place([200, 200, 50, 50], [380, 200, 50, 50])
    person.tool('frame').drag(150, 150, 400, 400)
    const [frame] = person.selection
    expect(person.board.get(inside as ElementId)?.frame).toBe(frame)
    expect(person.board.get(across as ElementId)?.frame).toBeNull()
    expect(person.elements.map(({ id }) => id)).toEqual([frame, inside, across])
    expect(person.board.get(frame as ElementId)?.text).toBe('Frame 1')
    person.press('Ctrl+Z')
    expect(person.elements.map((element) => element.frame)).toEqual([null, null])
  })

  it('is dragged by its border or its name; its inside lets a marquee through', () => {
    const person = new Framer()
    const box = person.box(200, 200, 50, 50)
    person.drag(300, 100, 310, 120)
    expect(person.at(person.frame).position).toEqual([110, 120])
    person.press('Escape').drag(130, 108, 120, 88)
    expect(person.at(person.frame).position).toEqual([100, 100])
    expect(person.at(box).position).toEqual([200, 200])
    person.press('Escape').drag(150, 150, 300, 300)
    expect(person.selection).toEqual([box])
    expect(person.at(person.frame).position).toEqual([100, 100])
  })

  it('moves what it carries, and peers see that as it happens', () => {
    const person = new Framer()
    const box = person.box(200, 200, 50, 50)
    person.wait(1000).down(300, 100).move(350, 130)
    expect(person.drafted(box)?.position).toEqual([250, 230])
    expect(person.drafted(box)?.clip?.minX).toBe(150)
    person.up()
    expect(person.at(box)).toMatchObject({ position: [250, 230], frame: person.frame })
    person.press('Ctrl+Z')
    expect(person.at(box).position).toEqual([200, 200])
  })

  it('takes arrows along whose one end is free and whose other has gone elsewhere since', () => {
    const person = new Framer()
    const box = person.box(120, 300, 60, 60)
    person.tool('arrow').drag(185, 330, 400, 330)
    const arrow = person.elements.find(({ type }) => type === 'arrow')
    if (!arrow) throw new Error('No arrow was made')
    person.editor.update([{ id: box, position: worldPoint(120, 120) }])
    const before = person.at(arrow.id)
    person.editor.update([{ id: person.frame, position: worldPoint(150, 130) }])
    const after = person.at(arrow.id)
    expect(before.size[1]).toBeGreaterThan(100)
    expect(after.position).toEqual(
      before.position.map((value, axis) => expect.closeTo(value + (axis === 0 ? 50 : 30), 1)),
    )
    expect(after.size).toEqual(before.size.map((value) => expect.closeTo(value, 1)))
    expect(after).toMatchObject({ frame: person.frame, start: { element: box } })
  })

  it('that is moved together with its content moves it once', () => {
    const person = new Framer()
    const box = person.box(200, 200, 50, 50)
    person.press('Ctrl+A').drag(400, 300, 450, 330)
    expect(person.at(box)).toMatchObject({ position: [250, 230], frame: person.frame })
  })

  it('does not take what it is moved over', () => {
    const person = new Framer()
    const box = person.box(700, 200, 50, 50)
    person.drag(300, 100, 750, 100)
    expect(person.carrier(box)).toBeNull()
  })

  it('that is resized leaves its content where it is, loses what it has passed and takes what it encloses', () => {
    const person = new Framer()
    const [left, right] = [person.box(120, 200, 50, 50), person.box(440, 200, 50, 50)]
    const outside = person.box(560, 200, 50, 50)
    person.editor.update([{ id: person.frame, size: [300, 300] }])
    expect(person.at(right)).toMatchObject({ frame: null, position: [440, 200] })
    expect(person.carrier(left)).toBe(person.frame)
    person.editor.update([{ id: person.frame, size: [600, 300] }])
    expect([left, right, outside].map((id) => person.carrier(id))).toEqual(Array(3).fill(person.frame))
  })

  it('takes its content along when it is deleted, and both come back', () => {
    const person = new Framer()
    const box = person.box(200, 200, 50, 50)
    person.editor.select([person.frame])
    person.press('Delete')
    expect(person.elements).toHaveLength(0)
    person.press('Ctrl+Z')
    expect(person.carrier(box)).toBe(person.frame)
  })

  it('is not erased by a stroke across its line, and is brought to the front with its content', () => {
    const person = new Framer()
    const box = person.box(200, 200, 50, 50)
    person.tool('eraser').drag(90, 150, 140, 150)
    expect(person.elements).toHaveLength(2)
    const other = person.box(900, 200, 50, 50)
    person.editor.select([person.frame])
    person.editor.run('bring-to-front')
    expect(person.elements.map(({ id }) => id)).toEqual([other, person.frame, box])
  })

  it('never hides its content: what is sent to the back stays above it, and it is filled below that', () => {
    const person = new EditorDriver()
    const [old, other] = person.place([700, 100, 60, 60], [900, 100, 60, 60])
    const [frame] = person.editor.create([
      { type: 'frame', position: worldPoint(100, 100), size: [400, 300] },
    ]) as [ElementId]
    const [inside] = person.place([150, 150, 60, 60])
    person.drag(730, 130, 330, 330)
    const order = (): unknown[] => person.elements.map(({ id }) => id)
    person.editor.select([frame])
    person.editor.setStyle('fillStyle', 'solid')
    expect(order()).toEqual([frame, old, other, inside])
    person.press('Ctrl+Z')
    expect(order()).toEqual([old, other, frame, inside])
    person.press('Ctrl+Shift+Z')
    person.editor.select([inside as ElementId])
    person.editor.run('send-to-back')
    expect(order()).toEqual([frame, inside, old, other])
    person.editor.run('send-backward')
    expect(order()).toEqual([frame, inside, old, other])
    person.editor.select([other as ElementId])
    person.editor.run('send-to-back')
    expect(order()).toEqual([other, frame, inside, old])
  })

  it('can be removed without its content', () => {
    const person = new Framer()
    const box = person.box(200, 200, 50, 50)
    person.editor.select([person.frame])
    person.editor.run('frame-remove')
    expect(person.only).toMatchObject({ id: box, frame: null })
    person.press('Ctrl+Z').editor.select([person.frame])
    person.press('Ctrl+Shift+G')
    expect(person.only.id).toBe(box)
    expect(person.selection).toEqual([box])
  })

  it('is duplicated with its content, which goes with the copy', () => {
    const person = new Framer()
    const box = person.box(200, 200, 50, 50)
    person.editor.select([person.frame])
    person.press('Ctrl+D')
    const [copy] = person.selection
    expect(person.selection).toHaveLength(1)
    expect(person.elements).toHaveLength(4)
    const copied = person.elements.filter((element) => element.frame === copy)
    expect(copied).toMatchObject([{ position: [210, 210], type: 'rectangle' }])
    expect(person.carrier(box)).toBe(person.frame)
    person.hold('alt').drag(400, 300, 1000, 300).hold()
    expect(person.elements).toHaveLength(6)
    expect(person.elements.filter((element) => element.frame === person.selection[0])).toHaveLength(1)
  })

  it('goes round the selection, fits its content, and selects it', () => {
    const person = new EditorDriver()
    const ids = person.place([200, 200, 50, 50], [400, 300, 50, 50])
    person.editor.select(ids)
    person.editor.run('frame-selection')
    const [frame] = person.selection
    expect(person.board.get(frame as ElementId)).toMatchObject({ position: [168, 168], size: [314, 214] })
    expect(ids.map((id) => person.board.get(id)?.frame)).toEqual([frame, frame])
    person.editor.update([{ id: ids[1] as ElementId, position: worldPoint(300, 250) }])
    person.editor.run('frame-fit')
    expect(person.board.get(frame as ElementId)?.size).toEqual([214, 164])
    person.editor.run('frame-select-content')
    expect(person.selection.sort()).toEqual([...ids].sort())
  })

  it('is named by a double click on its name, or by Enter', () => {
    const person = new Framer()
    person.doubleClick(115, 88)
    expect(person.path).toBe('select/typing')
    person.type('Plan').press('Escape')
    expect(person.at(person.frame).text).toBe('Plan')
    person.editor.select([person.frame])
    person.press('Enter')
    expect(person.editor.state.editing).toBe(person.frame)
  })

  it('is not written on by a double click in its middle', () => {
    const person = new Framer()
    person.doubleClick(300, 250).type('note').press('Escape')
    expect(person.at(person.frame).text).toBe('')
    expect(person.elements.find(({ type }) => type === 'text')?.frame).toBe(person.frame)
  })

  it('is selected by a marquee only when all of it is enclosed', () => {
    const person = new Framer()
    person.drag(700, 450, 50, 350)
    expect(person.selection).toEqual([])
    person.drag(700, 450, 50, 50)
    expect(person.selection).toEqual([person.frame])
  })

  it('is never turned, and offers nothing to turn it by', () => {
    const person = new Framer()
    person.editor.update([{ id: person.frame, rotation: 1 as Element['rotation'] }])
    expect(person.at(person.frame).rotation).toBe(0)
    person.editor.select([person.frame])
    person.drag(300, 100 - 4 - 22, 500, 100)
    expect(person.at(person.frame)).toMatchObject({ rotation: 0 })
  })

  it('moved by one person and left by a child of another ends the same for both', () => {
    const [person, other] = [new Framer(), new EditorDriver()]
    person.connect(other)
    const box = person.box(200, 200, 50, 50)
    other.wait(1000).down(220, 220).move(700, 220)
    person.drag(300, 100, 350, 100)
    other.up()
    expect(other.board.get(box)).toEqual(person.at(box))
    expect(person.carrier(box)).toBeNull()
  })

  it('with thousands of children is moved, and takes them along', () => {
    const person = new Framer()
    person.editor.create(
      Array.from({ length: 5_000 }, (_, index) => ({
        type: 'rectangle',
        position: worldPoint(110 + (index % 300), 110 + Math.floor(index / 300)),
        size: [5, 5] as const,
      })),
    )
    person.editor.update([{ id: person.frame, position: worldPoint(200, 100) }])
    expect(person.board.referrers(person.frame)).toHaveLength(5_000)
    expect(Math.min(...person.elements.map(({ position }) => position[0]))).toBe(200)
  })
})
