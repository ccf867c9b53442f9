import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import type { ElementId } from '../model/element.ts'

const loop = (person: EditorDriver, ...points: readonly (readonly [number, number])[]): EditorDriver => {
  const [[x, y] = [0, 0], ...rest] = points
  person.wait(1_000).down(x, y)
  for (const [toX, toY] of rest) person.move(toX, toY)
  return person
}

const withBoxes = (): { person: EditorDriver; ids: readonly ElementId[] } => {
  const person = new EditorDriver()
  return { person, ids: person.place([100, 100, 80, 80], [300, 100, 80, 80], [300, 300, 80, 80]) }
}

describe('the lasso', () => {
  it('selects what it encloses, shows its loop, and gives way to the select tool', () => {
    const { person, ids } = withBoxes()
    person.tool('lasso')
    loop(person, [50, 50], [420, 60], [400, 400], [280, 400], [250, 80], [60, 60])
    expect(person.path).toBe('lasso/lasso')
    expect(person.scene.hints?.lasso?.length).toBeGreaterThan(5)
    expect(person.selection).toEqual([ids[1], ids[2]])
    person.up()
    expect(person.path).toBe('select')
    expect(person.selection).toEqual([ids[1], ids[2]])
    expect(person.scene.hints).toBeNull()
  })

  it('goes by the shape: the corner of a box that nothing is drawn in need not be enclosed', () => {
    const { person } = withBoxes()
    const [ellipse, box] = person.editor.create([
      { type: 'ellipse', position: [500, 500] as never, size: [100, 100] },
      { type: 'rectangle', position: [500, 500] as never, size: [100, 100] },
    ])
    const octagon = [
      [470, 556],
      [470, 554],
      [554, 470],
      [565, 470],
      [630, 535],
      [630, 565],
      [565, 630],
      [535, 630],
      [470, 565],
    ] as const
    expect(loop(person.hold('alt'), ...octagon).selection).toEqual([ellipse])
    person.hold().up()
    expect(box).toBeDefined()
  })

  it('encloses ink and lines by where they are drawn', () => {
    const person = new EditorDriver()
    person.tool('pen').wait(1_000).down(100, 100).move(200, 200).move(300, 100).up()
    person.tool('select').press('Escape')
    loop(person.hold('alt'), [80, 80], [120, 80], [200, 160], [280, 80], [330, 90], [200, 230], [70, 110])
    expect(person.selection).toHaveLength(1)
    person.hold().press('Escape').up()
    loop(person.hold('alt'), [80, 80], [120, 80], [200, 240], [70, 110])
    expect(person.selection).toHaveLength(0)
  })

  it('adds with Shift, and Escape takes it back', () => {
    const { person, ids } = withBoxes()
    person.click(140, 140).tool('select')
    loop(person.hold('alt', 'shift'), [250, 50], [420, 60], [400, 250], [260, 250])
    expect(person.selection).toEqual([ids[0], ids[1]])
    person.press('Escape')
    expect(person.selection).toEqual([ids[0]])
    expect(person.path).toBe('select')
  })

  it('selects by a tap, too, and for who may only look', () => {
    const { person, ids } = withBoxes()
    person.editor.setCanEdit(false)
    expect(person.tool('lasso').click(140, 140).selection).toEqual([ids[0]])
    expect(person.tool('select').hold('alt').drag(20, 20, 60, 60).path).toBe('select')
  })
})

describe('selecting what lies beneath', () => {
  it('goes down one by one with Alt, and on from the topmost', () => {
    const person = new EditorDriver()
    const ids = person.place([100, 100, 200, 200], [110, 110, 180, 180], [120, 120, 160, 160])
    const below = () => person.hold('alt').click(200, 200).hold().selection
    expect(below()).toEqual([ids[2]])
    expect(below()).toEqual([ids[1]])
    expect(below()).toEqual([ids[0]])
    expect(below()).toEqual([ids[2]])
  })
})

describe('selecting by key and command', () => {
  it('jumps to the nearest that way', () => {
    const { person, ids } = withBoxes()
    person.click(140, 140).press('Ctrl+ArrowRight')
    expect(person.selection).toEqual([ids[1]])
    person.press('Ctrl+ArrowDown')
    expect(person.selection).toEqual([ids[2]])
    person.press('Ctrl+ArrowDown')
    expect(person.selection).toEqual([ids[2]])
    person.press('Escape').press('Ctrl+ArrowUp')
    expect(person.selection).toHaveLength(1)
  })

  it('takes all of the same type', () => {
    const { person, ids } = withBoxes()
    person.editor.create([{ type: 'ellipse' }])
    person.click(140, 140).editor.run('select-same-type')
    expect(person.selection).toEqual(ids)
  })
})

describe('groups in groups', () => {
  it('are entered one by one by double clicks and at once with Ctrl, and taken apart one level at a time', () => {
    const { person, ids } = withBoxes()
    const [a, b, c] = ids as [ElementId, ElementId, ElementId]
    person.editor.select([a, b])
    person.press('Ctrl+G')
    person.editor.select([a, b, c])
    person.press('Ctrl+G').press('Escape')
    expect(person.click(140, 140).selection).toEqual([a, b, c])
    expect(person.doubleClick(140, 140).selection).toEqual([a, b])
    expect(person.doubleClick(140, 140).selection).toEqual([a])
    expect(person.press('Escape').press('Escape').hold('ctrl').click(340, 140).hold().selection).toEqual([b])
    person.press('Escape').press('Escape').click(140, 140)
    expect(person.selection).toEqual([a, b, c])
    person.press('Ctrl+Shift+G').press('Escape')
    expect(person.click(140, 140).selection).toEqual([a, b])
    expect(person.click(340, 340).selection).toEqual([c])
  })

  it('are entered again, with what was selected, when what was done in them is taken back', () => {
    const { person, ids } = withBoxes()
    const [a, b] = ids as [ElementId, ElementId]
    person.editor.select([a, b])
    person.press('Ctrl+G').press('Escape').doubleClick(140, 140)
    expect(person.selection).toEqual([a])
    person.press('ArrowRight').press('ArrowRight').press('Escape').press('Escape').click(340, 340)
    person.press('Ctrl+Z').press('Ctrl+Z')
    expect(person.selection).toEqual([a])
    expect(person.scene.focusedGroup).not.toBeNull()
    expect(person.elements[0]?.position).toEqual([100, 100])
    person.press('Ctrl+Z')
    expect(person.selection).toEqual([a, b])
    person.press('Ctrl+Y').press('Ctrl+Y')
    expect(person.elements[0]?.position).toEqual([101, 100])
    expect(person.selection).toEqual([a])
  })

  it('lock and unlock as one with Ctrl+Shift+L', () => {
    const { person, ids } = withBoxes()
    person.press('Ctrl+A').press('Ctrl+G').press('Ctrl+Shift+L')
    expect(person.elements.every(({ locked }) => locked)).toBe(true)
    expect(person.press('Escape').click(140, 140).selection).toEqual(ids)
    person.press('Ctrl+Shift+L')
    expect(person.elements.some(({ locked }) => locked)).toBe(false)
  })
})
