import { describe, expect, it } from 'vitest'
import { plainElement } from '../../test/support/plain-element.ts'
import { radians, screenPoint, worldPoint } from '../geometry/types.ts'
import type { Element } from './element.ts'
import { FRAME_GAP, handleAt, handlesFor, ROTATE_DISTANCE, resizeCursor, selectionFrame } from './handles.ts'
import type { ElementKind, KindRegistry } from './kind.ts'

const kind = (resize: ElementKind['resize']): ElementKind => ({
  type: resize,
  defaults: {},
  styles: [],
  resize,
  parse: (fields) => fields,
  paint: () => {},
  hit: () => true,
  overhang: () => 0,
  textSlot: () => null,
  points: (element) =>
    [
      [0, 0],
      [element.size[0], element.size[1]],
    ] as unknown as ReturnType<NonNullable<ElementKind['points']>>,
})
const kinds: KindRegistry = {
  get: (type) => kind(type as ElementKind['resize']),
  has: () => true,
  types: [],
}
const element = (fields: Partial<Element>): Element =>
  plainElement({ type: 'box', position: worldPoint(100, 100), ...fields })
const camera = { x: 0, y: 0, zoom: 1 }
const frameOf = (...elements: Element[]) => {
  const frame = selectionFrame(elements, kinds)
  if (frame === null) throw new Error('no frame')
  return frame
}

describe('selection frame', () => {
  it('is absent for an empty selection', () => {
    expect(selectionFrame([], kinds)).toBeNull()
  })

  it('turns with a single element and stands upright round several', () => {
    const turned = element({ rotation: radians(Math.PI / 2) })
    expect(frameOf(turned).rotation).toBeCloseTo(Math.PI / 2)
    const both = frameOf(turned, element({ position: worldPoint(400, 100) }))
    expect(both.rotation).toBe(0)
    expect(both.box.minX).toBeCloseTo(150)
    expect(both.box.minY).toBeCloseTo(50)
    expect(both.box.maxX).toBeCloseTo(600)
    expect(both.mode).toBe('proportional')
  })
})

describe('handles', () => {
  it('are eight and one to rotate, the gap outside of the box', () => {
    const handles = handlesFor(frameOf(element({})), camera)
    expect(handles).toHaveLength(9)
    expect(handles[0]?.at).toEqual([100 - FRAME_GAP, 100 - FRAME_GAP])
    expect(handles.at(-1)?.at).toEqual([200, 100 - FRAME_GAP - ROTATE_DISTANCE])
  })

  it('leave out the sides of a frame that is small on screen', () => {
    expect(handlesFor(frameOf(element({})), { ...camera, zoom: 0.1 })).toHaveLength(5)
  })

  it('are absent on what is locked', () => {
    expect(handlesFor(frameOf(element({ locked: true })), camera)).toEqual([])
  })

  it('are the points of a line, turned with it', () => {
    const handles = handlesFor(frameOf(element({ type: 'points', rotation: radians(Math.PI) })), camera)
    expect(handles).toHaveLength(2)
    expect(handles[0]?.at[0]).toBeCloseTo(300)
    expect(handles[0]?.at[1]).toBeCloseTo(200)
  })

  it('are found under the pointer, also along a whole side and with the frame turned', () => {
    const frame = frameOf(element({}))
    expect(handleAt(frame, camera, screenPoint(97, 97))).toMatchObject({ direction: 'nw' })
    expect(handleAt(frame, camera, screenPoint(130, 97))).toMatchObject({ direction: 'n' })
    expect(handleAt(frame, camera, screenPoint(200, 74))).toMatchObject({ type: 'rotate' })
    expect(handleAt(frame, camera, screenPoint(200, 150))).toBeNull()
    const turned = frameOf(element({ rotation: radians(Math.PI / 2) }))
    expect(handleAt(turned, camera, screenPoint(255, 46))).toMatchObject({ direction: 'nw' })
  })

  it('reach further for a finger', () => {
    const frame = frameOf(element({}))
    expect(handleAt(frame, camera, screenPoint(82, 84))).toBeNull()
    expect(handleAt(frame, camera, screenPoint(82, 84), 'touch')).toMatchObject({ direction: 'nw' })
  })
})

it('shows the cursor of the direction on screen', () => {
  expect(resizeCursor('e', radians(0))).toBe('ew-resize')
  expect(resizeCursor('e', radians(Math.PI / 2))).toBe('ns-resize')
  expect(resizeCursor('nw', radians(0))).toBe('nwse-resize')
  expect(resizeCursor('ne', radians(-Math.PI / 2))).toBe('nwse-resize')
})
