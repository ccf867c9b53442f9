import { describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { kinds } from '../elements/index.ts'
import { elementToWorld } from '../geometry/transform.ts'
import { localPoint, type Vec, worldPoint } from '../geometry/types.ts'
import { applyDraft } from '../model/apply-draft.ts'
import type { Element, ElementId } from '../model/element.ts'

const arrowOf = (person: EditorDriver): Element => {
  const arrow = person.elements.find(({ type }) => type === 'arrow')
  if (!arrow) throw new Error('There is no arrow.')
  return arrow
}

const pointsOf = (element: Element): Vec[] =>
  (element.points as readonly Vec[]).map(([x, y]) => {
    const [worldX, worldY] = elementToWorld(element, localPoint(x, y))
    return [Math.round(worldX), Math.round(worldY)]
  })

/** Two shapes and an arrow that was drawn from the middle of one to the middle of the other. */
const connected = () => {
  const person = new EditorDriver()
  const [left, right] = person.place([100, 100, 100, 60], [400, 100, 100, 60]) as [ElementId, ElementId]
  person.tool('arrow').drag(150, 130, 450, 130)
  return { person, left, right, arrow: arrowOf(person) }
}

describe('an arrow drawn between two shapes', () => {
  it('is bound to both', () => {
    const { arrow, left, right } = connected()
    expect(arrow).toMatchObject({
      start: { element: left, anchor: [0.5, 0.5], mode: 'outline' },
      end: { element: right, anchor: [0.5, 0.5], mode: 'outline' },
    })
    expect(pointsOf(arrow)).toEqual([
      [206, 130],
      [394, 130],
    ])
  })

  it('follows what is moved, resized and turned, without a write of its own', () => {
    const { person, right, arrow } = connected()
    const stored = () => JSON.stringify(person.doc.getMap('elements').get(arrow.id))
    const before = stored()
    person.editor.update([{ id: right, position: worldPoint(400, 300) }])
    expect(pointsOf(arrowOf(person)).at(-1)?.[1]).toBeGreaterThan(280)
    person.editor.update([{ id: right, size: [100, 200] }])
    person.editor.update([{ id: right, rotation: 1 as Element['rotation'] }])
    expect(stored()).toBe(before)
    const entry = person.doc.getMap('elements').get(arrow.id) as Y.Map<unknown>
    expect([...entry.keys()]).toEqual(['base'])
  })

  it('follows while somebody else drags its target', () => {
    const { person, right, arrow } = connected()
    const draft = {
      type: 'change',
      patches: new Map([[right, { position: worldPoint(400, 400) }]]),
    } as const
    const { changed } = applyDraft(draft, person.board, kinds, { heal: true })
    const shown = changed.get(arrow.id)
    expect(shown && pointsOf(shown).at(-1)?.[1]).toBeGreaterThan(380)
    expect(pointsOf(arrowOf(person)).at(-1)).toEqual([394, 130])
  })

  it('comes and goes as one step', () => {
    const { person } = connected()
    person.press('Ctrl+Z')
    expect(person.elements).toHaveLength(2)
    person.press('Ctrl+Shift+Z')
    expect(arrowOf(person).start).not.toBeNull()
  })

  it('stays where it is drawn when a target goes, and follows again when that comes back', () => {
    const { person, right } = connected()
    person.editor.update([{ id: right, position: worldPoint(400, 300) }])
    const before = pointsOf(arrowOf(person))
    person.editor.select([right])
    person.press('Delete')
    expect(pointsOf(arrowOf(person))).toEqual(before)
    person.press('Ctrl+Z')
    person.editor.update([{ id: right, position: worldPoint(400, 100) }])
    expect(pointsOf(arrowOf(person)).at(-1)).toEqual([394, 130])
  })

  it('becomes free when it is moved alone, and stays bound when a target goes with it', () => {
    const { person, left, right, arrow } = connected()
    person.editor.select([arrow.id, right])
    person.press('ArrowDown')
    expect(arrowOf(person)).toMatchObject({ start: { element: left }, end: { element: right } })
    person.editor.select([arrow.id])
    const before = pointsOf(arrowOf(person))
    person.press('Shift+ArrowDown')
    expect(arrowOf(person)).toMatchObject({ start: null, end: null })
    expect(pointsOf(arrowOf(person))).toEqual(before.map(([x, y]) => [x, y + 10]))
  })

  it('leads from copy to copy when all are copied', () => {
    const { person, left } = connected()
    person.press('Ctrl+A').press('Ctrl+D')
    const copy = person.elements.filter(({ type }) => type === 'arrow').at(-1)
    const start = copy?.start as { element: ElementId } | null
    expect(start?.element).toBeDefined()
    expect(start?.element).not.toBe(left)
    expect(start && person.board.get(start.element)).toBeDefined()
  })
})

describe('the end of an arrow', () => {
  it('is bound to nothing with Ctrl', () => {
    const person = new EditorDriver()
    person.place([100, 100, 100, 60])
    person.hold('ctrl').tool('arrow').drag(300, 300, 150, 130)
    expect(arrowOf(person)).toMatchObject({ start: null, end: null })
    expect(pointsOf(arrowOf(person)).at(-1)).toEqual([150, 130])
  })

  it('stays at the very point inside with Alt', () => {
    const person = new EditorDriver()
    person.place([100, 100, 100, 60])
    person.tool('arrow').down(300, 300).move(125, 115).hold('alt').up()
    expect(arrowOf(person).end).toMatchObject({ anchor: [0.25, 0.25], mode: 'inside' })
    expect(pointsOf(arrowOf(person)).at(-1)).toEqual([125, 115])
  })

  it('takes the middle of a side that it comes near, also of a hollow shape, and shows it while it is drawn', () => {
    const person = new EditorDriver()
    const [id] = person.place([100, 100, 100, 60])
    if (id) person.editor.update([{ id, fillStyle: 'none' }])
    person.tool('arrow').down(300, 300).move(206, 126).up()
    expect(arrowOf(person).end).toMatchObject({ element: id, anchor: [1, 0.5], mode: 'outline' })
  })

  it('shows what it would start at before it is drawn', () => {
    const person = new EditorDriver()
    const [id] = person.place([100, 100, 100, 60])
    person.tool('arrow').move(300, 300).move(150, 130)
    expect(person.editor.scene.hints?.binding).toEqual({ element: id, at: [150, 130] })
    person.move(300, 300)
    expect(person.editor.scene.hints).toBeNull()
    person.move(150, 130).tool('select')
    expect(person.editor.scene.hints).toBeNull()
  })

  it('is on the other side when all is turned over', () => {
    const { person, right } = connected()
    person.editor.update([
      { id: arrowOf(person).id, end: { element: right, anchor: [1, 0.5], mode: 'outline' } },
    ])
    person.press('Ctrl+A').press('Shift+H')
    expect(arrowOf(person).end).toMatchObject({ element: right, anchor: [0, 0.5] })
  })

  it('is let go by dragging it away, and bound by dragging it onto something', () => {
    const { person, right } = connected()
    const [third] = person.place([400, 400, 100, 60])
    person.editor.select([arrowOf(person).id])
    person.drag(394, 130, 300, 250)
    expect(arrowOf(person).end).toBeNull()
    expect(pointsOf(arrowOf(person)).at(-1)).toEqual([300, 250])
    person.drag(300, 250, 450, 430)
    expect(arrowOf(person).end).toMatchObject({ element: third })
    person.press('Ctrl+Z').press('Ctrl+Z')
    expect(arrowOf(person).end).toMatchObject({ element: right })
  })

  it('means the smaller of two hollow shapes over each other, and what is filled before what is below it', () => {
    const person = new EditorDriver()
    const [small, large] = person.place([200, 200, 60, 60], [100, 100, 300, 300]) as [ElementId, ElementId]
    person.editor.update([{ id: large, fillStyle: 'none' }])
    person.tool('arrow').drag(600, 230, 230, 230)
    expect(arrowOf(person).end).toMatchObject({ element: small })
    person.press('Ctrl+Z')
    person.editor.update([{ id: large, fillStyle: 'solid' }])
    person.tool('arrow').drag(600, 230, 230, 230)
    expect(arrowOf(person).end).toMatchObject({ element: large })
  })

  it('is not bound to a shape that it is drawn inside of', () => {
    const person = new EditorDriver()
    person.place([100, 100, 400, 400])
    person.tool('arrow').drag(180, 200, 400, 420)
    expect(arrowOf(person)).toMatchObject({ start: null, end: null })
  })
})

describe('a line of several points', () => {
  it('is drawn click by click and ends with a double click, Enter or Escape', () => {
    for (const end of ['Enter', 'Escape', null]) {
      const person = new EditorDriver().tool('line').click(100, 100).click(200, 100).click(200, 200)
      expect(person.path).toBe('line/draw')
      if (end) person.press(end)
      else person.doubleClick(300, 200)
      expect(pointsOf(person.only)).toHaveLength(end ? 3 : 4)
      expect(person.path).toBe('select')
    }
  })

  it('gives back its last point with Backspace', () => {
    const person = new EditorDriver().tool('line').click(100, 100).click(200, 100).click(200, 200)
    person.press('Backspace').press('Enter')
    expect(pointsOf(person.only)).toEqual([
      [100, 100],
      [200, 100],
    ])
  })

  it('is given up by Escape before it has two points', () => {
    const person = new EditorDriver().tool('line').click(100, 100).move(200, 200).press('Escape')
    expect(person.elements).toHaveLength(0)
    expect(person.presence?.draft ?? null).toBeNull()
  })

  it('becomes an area by a click on its first point', () => {
    const person = new EditorDriver()
      .tool('line')
      .click(100, 100)
      .click(200, 100)
      .click(200, 200)
      .click(103, 102)
    expect(person.only).toMatchObject({ closed: true, size: [100, 100] })
    expect(pointsOf(person.only)).toHaveLength(3)
    expect(person.path).toBe('select')
    person.editor.update([{ id: person.only.id, fillStyle: 'solid' }])
    expect(person.board.hit(worldPoint(170, 130), 2)?.id).toBe(person.only.id)
  })

  it('ends, as an arrow, at the shape that is clicked', () => {
    const person = new EditorDriver()
    const [target] = person.place([400, 100, 100, 60])
    person.tool('arrow').click(100, 100).click(200, 300).click(450, 130)
    expect(person.path).toBe('select')
    expect(arrowOf(person)).toMatchObject({ start: null, end: { element: target } })
    expect(pointsOf(arrowOf(person))).toHaveLength(3)
  })

  it('gets a corner where it is double clicked, as an arrow does with Ctrl', () => {
    const person = new EditorDriver().tool('line').drag(100, 100, 300, 100)
    person.doubleClick(160, 100)
    expect(pointsOf(person.only)[1]).toEqual([160, 100])
    const other = new EditorDriver().tool('arrow').drag(100, 100, 300, 100)
    other.hold('ctrl').doubleClick(160, 100)
    expect(pointsOf(other.only)[1]).toEqual([160, 100])
    expect(other.editor.state.editing).toBeNull()
  })

  it('is written on by a double click, as an arrow', () => {
    const person = new EditorDriver().tool('arrow').drag(100, 100, 300, 100)
    person.doubleClick(200, 100).type('yes').press('Escape')
    expect(person.only.text).toBe('yes')
    person.doubleClick(160, 100).type('!').press('Escape')
    expect(person.only.text).toBe('yes!')
  })

  it('loses a corner by a double click on it, and gets one where its middle is pulled', () => {
    const person = new EditorDriver()
      .tool('line')
      .click(100, 100)
      .click(200, 100)
      .click(200, 200)
      .press('Enter')
    person.editor.update([{ id: person.only.id, route: 'straight' }])
    person.drag(150, 100, 150, 50)
    expect(pointsOf(person.only)).toEqual([
      [100, 100],
      [150, 50],
      [200, 100],
      [200, 200],
    ])
    person.doubleClick(150, 50)
    expect(pointsOf(person.only)).toHaveLength(3)
  })
})

describe('an arrow at right angles', () => {
  const elbow = () => {
    const { person, left, right, arrow } = connected()
    person.editor.update([
      { id: right, position: worldPoint(400, 300) },
      { id: arrow.id, route: 'elbow', start: { element: left, anchor: [1, 0.5], mode: 'outline' } },
      { id: arrow.id, end: { element: right, anchor: [0, 0.5], mode: 'outline' } },
    ])
    person.editor.select([arrow.id])
    return { person, right }
  }

  it('is one straight line when it is to be straight', () => {
    const { person } = elbow()
    person.drag(300, 230, 240, 230)
    person.editor.setStyle('route', 'straight')
    expect(pointsOf(arrowOf(person))).toHaveLength(2)
    expect(arrowOf(person)).toMatchObject({ fixed: [], end: { mode: 'outline' } })
    person.editor.setStyle('route', 'elbow')
    expect(pointsOf(arrowOf(person))).toHaveLength(4)
    person.press('Ctrl+Z').press('Ctrl+Z')
    expect(arrowOf(person).fixed).toHaveLength(1)
  })

  it('keeps a piece where it is dragged to, while its target moves, until a double click frees it', () => {
    const { person, right } = elbow()
    expect(pointsOf(arrowOf(person))[1]).toEqual([300, 130])
    person.drag(300, 230, 240, 230)
    expect(arrowOf(person).fixed).toHaveLength(1)
    person.editor.update([{ id: right, position: worldPoint(500, 400) }])
    const upright = pointsOf(arrowOf(person)).filter(([x]) => x === 240)
    expect(upright).toHaveLength(2)
    const middle = ((upright[0]?.[1] ?? 0) + (upright[1]?.[1] ?? 0)) / 2
    person.editor.select([arrowOf(person).id])
    person.doubleClick(240, middle)
    expect(arrowOf(person).fixed).toEqual([])
    expect(pointsOf(arrowOf(person))[1]).toEqual([350, 130])
  })
})

describe('a flowchart', () => {
  const node = () => {
    const person = new EditorDriver()
    const [id] = person.place([300, 300, 120, 60]) as [ElementId]
    person.editor.update([{ id, fill: '#ffd6a5', text: 'Start' }])
    person.editor.select([id])
    return { person, id }
  }
  const shapes = (person: EditorDriver): readonly Element[] =>
    person.elements.filter(({ type }) => type === 'rectangle')

  it('grows by an empty element of the same look and an arrow at right angles, and selects it', () => {
    const { person, id } = node()
    person.press('Alt+ArrowRight')
    const next = shapes(person).at(-1)
    expect(next).toMatchObject({ size: [120, 60], fill: '#ffd6a5', text: '', position: [516, 300] })
    expect(person.selection).toEqual([next?.id])
    expect(arrowOf(person)).toMatchObject({
      route: 'elbow',
      start: { element: id, anchor: [1, 0.5] },
      end: { element: next?.id, anchor: [0, 0.5] },
    })
    expect(person.editor.state.editing).toBeNull()
    person.press('Enter').type('Next').press('Escape')
    expect(shapes(person).at(-1)?.text).toBe('Next')
    person.press('Ctrl+Z').press('Ctrl+Z')
    expect(person.elements).toHaveLength(1)
  })

  it('spreads what grows on one side, so that nothing lies on another', () => {
    const { person, id } = node()
    for (let count = 0; count < 5; count++) {
      person.editor.select([id])
      person.press('Alt+ArrowDown')
    }
    const places = shapes(person).map(({ position }) => [...position])
    expect(places.slice(1)).toEqual([
      [300, 456],
      [456, 456],
      [144, 456],
      [612, 456],
      [-12, 456],
    ])
  })

  it('grows by the buttons at the sides of a shape, which opens for typing', () => {
    const { person } = node()
    person.click(360, 300 + 60 + 4 + 26)
    expect(shapes(person)).toHaveLength(2)
    expect(person.editor.state.editing).toBe(shapes(person).at(-1)?.id)
  })

  it('lets an arrow be pulled out of a button', () => {
    const { person, id } = node()
    const [other] = person.place([700, 500, 100, 100])
    person.editor.select([id])
    person.drag(300 + 120 + 4 + 26, 330, 705, 550)
    expect(shapes(person)).toHaveLength(2)
    expect(arrowOf(person)).toMatchObject({
      route: 'elbow',
      start: { element: id, anchor: [1, 0.5] },
      end: { element: other, anchor: [0, 0.5] },
    })
  })

  it('has no buttons on what holds no text or is locked, and none that lead nowhere', () => {
    const { person, id } = node()
    person.press('Ctrl+Shift+L')
    person.press('Alt+ArrowRight')
    person.editor.select([])
    person.press('Alt+ArrowRight')
    expect(person.elements).toHaveLength(1)
    expect(person.board.get(id)?.locked).toBe(true)
  })
})
