import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'

const person = (): EditorDriver => new EditorDriver({ snapping: true })

describe('what is moved snaps', () => {
  it('to edges of what is near, shows a guide, and forgets it on release', () => {
    const ada = person()
    ada.place([100, 100, 80, 80], [400, 300, 60, 60])
    ada.down(430, 330).move(430 - 303, 330)
    expect(ada.scene.hints?.guides).toContainEqual({ from: [100, 100], to: [100, 360], kind: 'edge' })
    ada.up()
    expect(ada.elements[1]?.position).toEqual([100, 300])
    expect(ada.scene.hints).toBeNull()
  })

  it('unless Ctrl is held, and while it is held where snapping is off', () => {
    const ada = person()
    ada.place([100, 100, 80, 80], [400, 300, 60, 60])
    ada.hold('ctrl').drag(430, 330, 430 - 303, 330)
    expect(ada.elements[1]?.position).toEqual([97, 300])
    ada.hold().press('Alt+S')
    expect(ada.editor.state.snapping).toBe(false)
    ada.drag(127, 330, 129, 340).drag(129, 340, 129, 335)
    expect(ada.elements[1]?.position[0]).not.toBe(100)
    ada.press('Escape').hold('ctrl').drag(129, 335, 129, 345)
    expect(ada.elements[1]?.position[0]).toBe(100)
  })

  it('along the free axis only while Shift holds the other', () => {
    const ada = person()
    ada.place([100, 100, 80, 80], [400, 103, 80, 80])
    ada.hold('shift').drag(440, 143, 440 + 90, 150)
    expect(ada.elements[1]?.position).toEqual([490, 103])
  })

  it('as copies, which are outlined, to the originals too', () => {
    const ada = person()
    ada.place([100, 100, 80, 80])
    ada.hold('alt').down(140, 140).move(142, 300)
    expect(ada.scene.hints?.outlined).toHaveLength(1)
    expect(ada.scene.hints?.outlined).not.toContain(ada.elements[0]?.id)
    ada.up()
    expect(ada.elements.map(({ position }) => position)).toEqual([
      [100, 100],
      [100, 260],
    ])
  })

  it('not to what moves with it, nor to what is out of view', () => {
    const ada = person()
    const [, b] = ada.place([100, 100, 80, 80], [300, 105, 80, 80], [2_000, 500, 80, 80])
    ada.press('Ctrl+A').drag(140, 140, 150, 141)
    expect(ada.board.get(b as never)?.position).toEqual([310, 106])
    ada.press('Escape').drag(350, 150, 350, 147 + 400)
    expect(ada.board.get(b as never)?.position).toEqual([310, 503])
  })

  it('to the grid of a board with a grid', () => {
    const ada = person()
    ada.place([100, 100, 80, 80])
    ada.board.transact('user', (edit) => edit.configure({ pattern: 'grid', gridStep: 25 }))
    ada.drag(140, 140, 140 + 16, 140 + 30)
    expect(ada.elements[0]?.position).toEqual([125, 125])
    ada.press('ArrowRight').press('Shift+ArrowUp')
    expect(ada.elements[0]?.position).toEqual([150, 0])
  })
})

describe('what is resized and drawn snaps', () => {
  it('with the sides that move', () => {
    const ada = person()
    ada.place([100, 100, 80, 80], [400, 300, 60, 60])
    ada.click(430, 330).drag(464, 364, 504, 184)
    expect(ada.elements[1]).toMatchObject({ position: [400, 180], size: [100, 120] })
  })

  it('from its first corner to its last', () => {
    const ada = person()
    ada.place([100, 100, 80, 80])
    ada.tool('rectangle').drag(182, 300, 297, 352)
    expect(ada.elements[1]?.position).toEqual([180, 300])
    ada.tool('rectangle').drag(400, 97, 500, 182)
    expect(ada.elements[2]).toMatchObject({ position: [400, 100], size: [100, 80] })
  })
})

describe('arranging by command', () => {
  it('aligns in one step of undo, and leaves what is locked', () => {
    const ada = person()
    const [, , c] = ada.place([100, 100, 80, 80], [150, 300, 60, 60], [20, 500, 60, 60])
    ada.editor.update([{ id: c as never, locked: true }])
    ada.press('Ctrl+A').press('Ctrl+Shift+ArrowLeft')
    expect(ada.elements.map(({ position }) => position[0])).toEqual([100, 100, 20])
    ada.press('Ctrl+Z')
    expect(ada.elements.map(({ position }) => position[0])).toEqual([100, 150, 20])
    expect(ada.editor.can('distribute-horizontally')).toBe(false)
  })

  it('distributes and tidies', () => {
    const ada = person()
    ada.place([0, 100, 80, 80], [90, 104, 60, 60], [300, 98, 60, 60])
    ada.press('Ctrl+A').press('Alt+H')
    expect(ada.elements.map(({ position }) => position[0])).toEqual([0, 160, 300])
    ada.editor.run('tidy')
    expect(new Set(ada.elements.map(({ position, size }) => position[1] + size[1] / 2)).size).toBe(1)
  })
})
