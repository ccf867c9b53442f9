import { describe, expect, it } from 'vitest'
import { kinds } from '../../elements/index.ts'
import { radians, worldPoint } from '../../geometry/types.ts'
import type { Element } from '../element.ts'
import type { Side } from './beside.ts'
import { nextNote } from './next-note.ts'

const element = (id: string, fields: Partial<Element>): Element =>
  ({
    id,
    type: 'sticky',
    position: worldPoint(0, 0),
    size: [200, 200],
    rotation: radians(0),
    minHeight: 200,
    text: 'written',
    author: 'Ada',
    fill: '#b5d8ff',
    ...fields,
  }) as unknown as Element

const boardOf = (...elements: Element[]) => ({ query: () => elements })

describe('the next note', () => {
  const note = element('note', {})

  it.each<[Side, number, number]>([
    ['right', 220, 0],
    ['below', 0, 220],
    ['left', -220, 0],
    ['above', 0, -220],
  ])('M92: goes to the %s, of the same look, with nothing on it', (side, x, y) => {
    const next = nextNote(note, side, boardOf(note), kinds)
    expect(next).toMatchObject({ position: [x, y], size: [200, 200], fill: '#b5d8ff' })
    expect([next.text, next.author, next.id]).toEqual([undefined, undefined, undefined])
  })

  it('M92: goes on to the first free place, past notes and shapes but not past lines and frames', () => {
    const taken = element('b', { position: worldPoint(230, 20), size: [150, 80] })
    const line = element('c', { type: 'line', position: worldPoint(450, 0), size: [200, 200] })
    const frame = element('d', { type: 'frame', position: worldPoint(-100, -100), size: [2000, 2000] })
    expect(nextNote(note, 'right', boardOf(frame, note, taken, line), kinds).position).toEqual([440, 0])
  })

  it('M92: is as high as the note was made, not as its text made it, with tops in line', () => {
    const grown = element('note', { size: [200, 420] })
    expect(nextNote(grown, 'right', boardOf(grown), kinds)).toMatchObject({
      position: [220, 0],
      size: [200, 200],
      minHeight: 200,
    })
    expect(nextNote(grown, 'below', boardOf(grown), kinds).position).toEqual([0, 440])
  })

  it('M92: stands beside a turned note, turned alike', () => {
    const turned = element('note', { rotation: radians(0.6) })
    const fields = nextNote(turned, 'right', boardOf(turned), kinds)
    const next = element('next', fields)
    expect(next.rotation).toBe(0.6)
    expect(Math.hypot(next.position[0], next.position[1])).toBeCloseTo(220)
  })
})
