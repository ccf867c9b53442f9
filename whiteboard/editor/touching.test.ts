import { beforeEach, describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { screenPoint } from '../geometry/types.ts'
import { inkPieces } from '../model/ink-pieces.ts'
import type { RawPointer } from '../tools/navigation.ts'

let hand: EditorDriver
let time: number

beforeEach(() => {
  hand = new EditorDriver()
  time = 1_000
})

const raw = (fields: Partial<RawPointer> & { x: number; y: number }): RawPointer => {
  const { x, y, ...rest } = fields
  const screen = screenPoint(x, y)
  return {
    pointerId: 1,
    pointerType: 'touch',
    button: 0,
    screen,
    pressure: 0.5,
    shift: false,
    alt: false,
    ctrl: false,
    coalesced: [{ screen, pressure: 0.5 }],
    timeStamp: time,
    ...rest,
  }
}

const down = (x: number, y: number, fields: Partial<RawPointer> = {}): void =>
  hand.editor.input.pointerDown(raw({ x, y, ...fields }))
const move = (x: number, y: number, fields: Partial<RawPointer> = {}): void =>
  hand.editor.input.pointerMove(raw({ x, y, button: -1, ...fields }))
const up = (x: number, y: number, fields: Partial<RawPointer> = {}): void =>
  hand.editor.input.pointerUp(raw({ x, y, ...fields }))

const pen = { pointerType: 'pen', pointerId: 9 } as const
const camera = () => hand.editor.state.camera

const drawWithPen = (fields: Partial<RawPointer> = {}): void => {
  down(100, 100, { ...pen, ...fields })
  move(200, 100, { ...pen, ...fields })
  up(200, 100, { ...pen, ...fields })
  time += 1_000
}

/** Fingers that come down at once, and go again after `held` milliseconds. */
const tapWith = (fingers: number, { held = 80, strays = 0, late = 0 } = {}): void => {
  for (let finger = 0; finger < fingers; finger++) {
    if (finger > 0) time += late
    down(300 + finger * 60, 300, { pointerId: finger + 1 })
  }
  time += held
  move(300 + strays, 300)
  for (let finger = 0; finger < fingers; finger++)
    up(300 + finger * 60 + (finger === 0 ? strays : 0), 300, { pointerId: finger + 1 })
  time += 1_000
}

describe('pen mode', () => {
  it('begins with the first contact of a pen: then fingers only move the board', () => {
    hand.tool('pen')
    expect(hand.editor.state.penMode).toBe(false)
    drawWithPen()
    expect(hand.editor.state.penMode).toBe(true)
    expect(hand.elements).toHaveLength(1)
    down(100, 200)
    move(160, 230)
    up(160, 230)
    expect(hand.elements).toHaveLength(1)
    expect(camera()).toMatchObject({ x: -60, y: -30 })
  })

  it('ends by command, and does not begin again by itself', () => {
    hand.tool('pen')
    drawWithPen()
    hand.editor.run('pen-mode-toggle')
    drawWithPen()
    expect(hand.editor.state.penMode).toBe(false)
    down(100, 200)
    move(160, 230)
    up(160, 230)
    expect(hand.elements).toHaveLength(3)
  })

  it('tells of itself', () => {
    let told = 0
    hand.editor.subscribe(() => told++)
    down(0, 0, pen)
    expect(told).toBeGreaterThan(0)
  })
})

describe('palms', () => {
  it('count for nothing beside a pen that draws, while it draws and shortly after', () => {
    hand.tool('pen')
    down(100, 100, pen)
    down(150, 200)
    move(200, 100, pen)
    move(190, 260)
    down(180, 300, { pointerId: 2 })
    move(250, 100, pen)
    up(250, 100, pen)
    move(90, 290)
    up(90, 290)
    up(180, 300, { pointerId: 2 })
    time += 100
    down(150, 200)
    move(250, 300)
    up(250, 300)
    expect(camera()).toMatchObject({ x: 0, y: 0, zoom: 1 })
    expect(hand.only.size[0]).toBe(150)
  })

  it('that lie there before the pen comes stop what they did', () => {
    hand.tool('pen')
    drawWithPen()
    down(300, 300)
    move(310, 310)
    const before = camera()
    down(100, 200, pen)
    move(400, 400)
    move(200, 200, pen)
    up(200, 200, pen)
    up(400, 400)
    expect(camera()).toEqual(before)
    expect(hand.elements).toHaveLength(2)
  })

  it('leave the first stroke of a pen to the pen', () => {
    hand.tool('pen')
    down(300, 300)
    move(340, 340)
    drawWithPen()
    up(340, 340)
    expect(hand.only.position).toEqual([100, 100])
  })

  it('are broad contacts too, once a pen is known', () => {
    hand.tool('pen')
    drawWithPen()
    down(300, 300, { contact: 90 })
    move(400, 400, { contact: 90 })
    up(400, 400)
    expect(camera()).toMatchObject({ x: 0, y: 0 })
    down(300, 300, { contact: 25 })
    move(400, 400, { contact: 25 })
    up(400, 400)
    expect(camera()).toMatchObject({ x: -100, y: -100 })
  })

  it('taken away by the system do not end what the pen draws', () => {
    hand.tool('pen')
    down(100, 100, pen)
    down(150, 200)
    hand.editor.input.pointerCancel(1)
    move(200, 100, pen)
    up(200, 100, pen)
    expect(hand.only.size[0]).toBe(100)
  })
})

describe('the eraser of a pen', () => {
  it.each([
    ['its other end', { button: 5, buttons: 32 }],
    ['the button on its barrel', { button: 2, buttons: 2 }],
  ])('erases with %s, whatever the tool, which stays', (_, buttons) => {
    hand.place([90, 90, 50, 50])
    hand.tool('rectangle')
    drawWithPen(buttons)
    expect(hand.elements).toHaveLength(0)
    expect(hand.editor.state.tool).toBe('rectangle')
    hand.press('Ctrl+Z')
    expect(hand.elements).toHaveLength(1)
  })

  it('is the eraser that was chosen last', () => {
    hand.tool('pen').drag(150, 50, 150, 150)
    hand.tool('partial-eraser').tool('select')
    down(140, 100, { ...pen, button: 5 })
    move(160, 100, { ...pen, button: -1, buttons: 32 })
    expect(hand.path).toBe('select/erase-parts')
    up(160, 100, { ...pen, button: 5 })
    expect(inkPieces(hand.only)).toHaveLength(2)
  })

  it('does nothing for those who may only look', () => {
    hand.place([90, 90, 50, 50])
    hand.editor.setCanEdit(false)
    drawWithPen({ button: 5 })
    expect(hand.elements).toHaveLength(1)
  })

  it('is no right button of a mouse', () => {
    hand.place([90, 90, 50, 50])
    down(100, 100, { pointerType: 'mouse', button: 2, buttons: 2 })
    up(100, 100, { pointerType: 'mouse', button: 2 })
    expect(hand.elements).toHaveLength(1)
  })
})

describe('taps of several fingers', () => {
  beforeEach(() => {
    hand.place([0, 0, 10, 10])
    hand.place([20, 0, 10, 10])
  })

  it('take back with two fingers and do again with three', () => {
    tapWith(2)
    expect(hand.elements).toHaveLength(1)
    tapWith(3)
    expect(hand.elements).toHaveLength(2)
  })

  it('leave the view alone, and draw nothing', () => {
    const before = camera()
    hand.tool('pen')
    tapWith(2, { strays: 6 })
    expect(camera()).toEqual(before)
    expect(hand.elements).toHaveLength(1)
  })

  it.each([
    ['slow ones', { held: 700 }],
    ['fingers that move', { strays: 40 }],
    ['a finger that comes late', { late: 300 }],
  ])('are not %s', (_, how) => {
    tapWith(2, how)
    expect(hand.elements).toHaveLength(2)
  })

  it('are not one finger, or four', () => {
    tapWith(1)
    tapWith(4)
    expect(hand.elements).toHaveLength(2)
  })

  it('do nothing for those who may only look', () => {
    hand.editor.setCanEdit(false)
    tapWith(2)
    expect(hand.elements).toHaveLength(2)
  })

  it('work in pen mode as well', () => {
    hand.tool('pen')
    drawWithPen()
    tapWith(2)
    expect(hand.elements).toHaveLength(2)
  })
})
