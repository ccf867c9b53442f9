import { beforeEach, describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import type { BoardStore } from '../model/board.ts'
import type { Element } from '../model/element.ts'
import { cutsOf } from '../model/ink-cuts.ts'
import { inkPieces, strokePoints } from '../model/ink-pieces.ts'

let hand: EditorDriver

beforeEach(() => {
  hand = new EditorDriver()
})

/** Points of a stroke on the board, rounded. */
const placesOf = (element: Element): number[][] =>
  strokePoints(element).map(([x, y]) => [
    Math.round(x + element.position[0]),
    Math.round(y + element.position[1]),
  ])

const piecesOnBoard = (element: Element): (readonly [number, number])[] =>
  inkPieces(element).map(({ points }) => {
    const xs = points.map(([x]) => x + element.position[0])
    return [Math.round(Math.min(...xs)), Math.round(Math.max(...xs))]
  })

describe('the pen', () => {
  it('draws straight while Shift is held, from where it was pressed, several times in one stroke', () => {
    hand.tool('pen').down(0, 0).move(40, 30).hold('shift')
    hand.move(90, 80).move(140, 30)
    hand.hold().move(140, 90, { steps: 8 }).hold('shift').move(240, 90).up()
    const places = placesOf(hand.only)
    expect(places).toContainEqual([40, 30])
    expect(places).toContainEqual([140, 30])
    expect(places).toContainEqual([140, 90])
    expect(places.at(-1)).toEqual([240, 90])
    expect(places.every(([x = 0, y = 0]) => x <= 40 || x >= 140 || y === 30)).toBe(true)
  })

  it('goes on from the last stroke with Shift and a press, as one element and one more step of undo', () => {
    hand.tool('pen').drag(0, 0, 50, 0)
    const { id } = hand.only
    hand.hold('shift').click(50, 60).click(120, 60).hold()
    expect(hand.only.id).toBe(id)
    expect(placesOf(hand.only).at(-1)).toEqual([120, 60])
    expect(placesOf(hand.only)).toContainEqual([50, 60])
    hand.press('Ctrl+Z')
    expect(placesOf(hand.only).at(-1)).toEqual([50, 60])
  })

  it('begins a new stroke with Shift after the last one was changed or the pen is another', () => {
    hand.tool('pen').drag(0, 0, 50, 0)
    hand.board.transact('user', (edit) => edit.update(hand.only.id, { rotation: 1 }))
    hand.hold('shift').click(50, 60).hold()
    expect(hand.elements).toHaveLength(2)
    hand.editor.setStyle('stroke', '#d93a3a')
    hand.hold('shift').click(90, 60).hold()
    expect(hand.elements).toHaveLength(3)
  })

  it('keeps the width chosen for it', () => {
    hand.tool('pen')
    hand.editor.setStyle('penWidth', 'constant')
    hand.drag(0, 0, 50, 0)
    expect(hand.only).toMatchObject({ type: 'ink', penWidth: 'constant' })
  })
})

describe('the highlighter', () => {
  it('has a colour, width and opacity of its own', () => {
    hand.tool('pen')
    hand.editor.setStyle('stroke', '#d93a3a')
    hand.editor.setStyle('opacity', 1)
    hand.tool('highlighter').drag(0, 0, 80, 0)
    expect(hand.only.type).toBe('highlighter')
    expect(hand.only.stroke).not.toBe('#d93a3a')
    expect(hand.only.opacity).toBeLessThan(0.8)
    hand.tool('highlighter')
    hand.editor.setStyle('stroke', '#4cc7d0')
    hand.tool('pen').drag(0, 100, 80, 100)
    expect(hand.elements.at(-1)).toMatchObject({ type: 'ink', stroke: '#d93a3a' })
  })
})

describe('the eraser', () => {
  it('takes what lies between two far points of a fast movement', () => {
    hand.place([100, 0, 20, 20], [300, 0, 20, 20])
    hand.tool('eraser').down(0, 10).move(400, 10, { steps: 1 }).up()
    expect(hand.elements).toHaveLength(0)
  })

  it('takes groups whole, leaves what is locked, and is one step of undo', () => {
    const [one, two, three] = hand.place([0, 0, 20, 20], [200, 200, 20, 20], [40, 0, 20, 20])
    if (!one || !two || !three) throw new Error('Three were placed.')
    hand.editor.select([one, two])
    hand.editor.run('group')
    hand.editor.update([{ id: three, locked: true }])
    hand.tool('eraser').drag(-20, 10, 100, 10)
    expect(hand.elements.map(({ id }) => id)).toEqual([three])
    hand.press('Ctrl+Z')
    expect(hand.elements).toHaveLength(3)
  })

  it('leaves what Alt brings back', () => {
    hand.place([100, 0, 20, 20], [200, 0, 20, 20])
    hand.tool('eraser').down(50, 10).move(250, 10, { steps: 20 }).hold('alt')
    hand.move(190, 10, { steps: 10 }).hold().up()
    expect(hand.only.position[0]).toBe(200)
  })
})

describe('the partial eraser', () => {
  const drawLine = (): Element => {
    hand.tool('pen').wait(1_000).down(0, 50).move(400, 50, { steps: 40 }).up()
    return hand.only
  }

  it('cuts a stroke in two, which stays one element with its points, in one step of undo', () => {
    const line = drawLine()
    hand.tool('partial-eraser').down(200, 0).move(200, 100).up()
    expect(hand.only.id).toBe(line.id)
    expect(hand.only.ink).toBe(line.ink)
    const [left, right] = piecesOnBoard(hand.only)
    expect(left?.[0]).toBe(0)
    expect(left?.[1]).toBeGreaterThan(185)
    expect(left?.[1]).toBeLessThan(196)
    expect(right?.[0]).toBeGreaterThan(204)
    expect(right?.[1]).toBe(400)
    hand.press('Ctrl+Z')
    expect(cutsOf(hand.only)).toEqual([])
    hand.press('Ctrl+Shift+Z')
    expect(inkPieces(hand.only)).toHaveLength(2)
  })

  it('is seen while it goes on, by peers too, and leaves nothing when it is given up', () => {
    drawLine()
    hand.tool('partial-eraser').down(200, 0).move(200, 100)
    expect(hand.presence?.draft).toMatchObject({ type: 'change' })
    hand.press('Escape')
    expect(hand.presence?.draft).toBeNull()
    expect(cutsOf(hand.only)).toEqual([])
  })

  it('no longer hits what it erased', () => {
    drawLine()
    hand.tool('partial-eraser').down(200, 0).move(200, 100).up()
    hand.tool('select').click(200, 50)
    expect(hand.selection).toEqual([])
    hand.click(100, 50)
    expect(hand.selection).toEqual([hand.only.id])
  })

  it('erases a turned and stretched stroke just where it passes', () => {
    const { id } = drawLine()
    hand.editor.update([{ id, rotation: Math.PI / 2, size: [800, 0] }])
    hand.tool('partial-eraser').drag(380, 50, 420, 50)
    const pieces = inkPieces(hand.only).map(({ points }) => points.length)
    expect(pieces).toHaveLength(2)
    const [left = [], right = []] = inkPieces(hand.only).map(({ points }) => points.map(([x]) => x))
    expect(Math.max(...left)).toBeLessThan(400)
    expect(Math.min(...right)).toBeGreaterThan(400)
    expect(Math.min(...right) - Math.max(...left)).toBeLessThan(30)
  })

  it('removes a stroke of which nothing is left, dots too, and nothing but strokes', () => {
    hand.tool('pen').click(50, 50)
    hand.tool('highlighter').drag(100, 50, 160, 50)
    hand.place([200, 30, 50, 50])
    hand.tool('partial-eraser').drag(20, 50, 300, 50)
    expect(hand.only.type).toBe('rectangle')
    hand.press('Ctrl+Z')
    expect(hand.elements).toHaveLength(3)
  })

  it('leaves locked strokes, and writes nothing where nothing is erased', () => {
    const { id } = drawLine()
    hand.editor.update([{ id, locked: true }])
    hand.tool('partial-eraser').down(200, 0).move(200, 100).up()
    hand.editor.update([{ id, locked: false }])
    expect(cutsOf(hand.only)).toEqual([])
    hand.drag(200, 40, 200, 60)
    const undoable = hand.editor.state.canUndo
    const once = hand.only
    hand.drag(200, 45, 200, 55)
    expect(hand.only).toBe(once)
    expect(hand.editor.state.canUndo).toBe(undoable)
  })

  it('brings back with Alt what this gesture erased', () => {
    drawLine()
    hand.tool('partial-eraser').down(100, 50).move(300, 50, { steps: 20 }).hold('alt')
    hand.move(100, 50, { steps: 20 }).move(80, 50).hold().up()
    expect(inkPieces(hand.only).length).toBeLessThanOrEqual(2)
    const [, right] = piecesOnBoard(hand.only)
    expect(right ? right[0] : 0).toBeGreaterThanOrEqual(0)
    const gone = cutsOf(hand.only).reduce((sum, [from, to]) => sum + to - from, 0)
    expect(gone).toBeLessThan(2)
  })

  it('holds together with what a peer does to the stroke at once', () => {
    const { id } = drawLine()
    const other: BoardStore = hand.peer()
    hand.tool('partial-eraser').down(100, 0).move(100, 60)
    other.transact('user', (edit) => edit.update(id, { stroke: '#d93a3a', position: [0, 70] }))
    hand.up()
    const peers = other.get(id)
    expect(peers).toMatchObject({ stroke: '#d93a3a', position: [0, 70] })
    expect(peers && inkPieces(peers)).toHaveLength(2)
    expect(hand.only).toEqual(peers)
  })

  it('unites what two people erase at once', () => {
    const { id } = drawLine()
    const ana = new EditorDriver()
    ana.connect(hand)
    hand.tool('partial-eraser').down(100, 0).move(100, 100)
    ana.tool('partial-eraser').down(300, 0).move(300, 100).up()
    hand.up()
    expect(inkPieces(hand.only)).toHaveLength(3)
    expect(ana.board.get(id)).toEqual(hand.only)
    hand.press('Ctrl+Z')
    expect(inkPieces(hand.only)).toHaveLength(2)
    expect(piecesOnBoard(hand.only)[0]?.[1]).toBeGreaterThan(250)
  })
})

describe('splitting strokes', () => {
  it('makes elements of the pieces, selects them, and is one step of undo', () => {
    hand.tool('pen').down(0, 50).move(400, 50, { steps: 40 }).up()
    const { id } = hand.only
    expect(hand.editor.can('split-strokes')).toBe(false)
    hand.tool('partial-eraser').down(100, 0).move(100, 100).up().down(300, 0).move(300, 100).up()
    hand.editor.select([id])
    hand.editor.run('split-strokes')
    expect(hand.elements).toHaveLength(3)
    expect(hand.selection).toHaveLength(3)
    expect(hand.elements.every((element) => cutsOf(element).length === 0)).toBe(true)
    hand.press('Ctrl+Z')
    expect(hand.only.id).toBe(id)
  })
})

describe('the laser', () => {
  it('shows where it points while it is pressed, writes nothing, and is there for viewers', () => {
    hand.editor.setCanEdit(false)
    hand.tool('laser').down(10, 10).move(50, 50)
    expect(hand.presence?.laser).toBe(true)
    hand.up()
    expect(hand.presence?.laser).toBe(false)
    expect(hand.elements).toHaveLength(0)
    expect(hand.editor.state.tool).toBe('laser')
  })
})
