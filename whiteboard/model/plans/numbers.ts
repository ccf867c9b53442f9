import { boxCenter, boxHeight, boxWidth } from '../../geometry/box.ts'
import { centerOf } from '../../geometry/transform.ts'
import { radians, type Vec, worldPoint } from '../../geometry/types.ts'
import { normalizeAngle, rotateAround } from '../../geometry/vector.ts'
import type { Element, ElementId, Patch, Patches } from '../element.ts'
import { type ResizeDirection, type SelectionFrame, selectionFrame } from '../handles.ts'
import type { KindRegistry } from '../kind.ts'
import { resizePlan } from './resize.ts'
import { rotatePlan } from './rotate.ts'
import { translatePlan } from './translate.ts'

export type NumberKey = 'x' | 'y' | 'width' | 'height' | 'rotation'

/**
 * Where elements are, how large, and how they are turned: of one its own box, of several the upright box round all. Board
 * units and degrees, clockwise. `mixed`: several that are not turned alike; null: what cannot be changed.
 */
export type Numbers = Readonly<Record<NumberKey, number | 'mixed' | null>>

/** What a number becomes, given what it is. */
export type NumberChange = (present: number) => number

const DEGREE = Math.PI / 180
/** Board units and degrees to which numbers are shown. */
const SHOWN = 100

const shown = (value: number): number => Math.round(value * SHOWN) / SHOWN

const degreesOf = ({ rotation }: Element): number => shown(normalizeAngle(rotation) / DEGREE) % 360

export const readNumbers = (elements: readonly Element[], kinds: KindRegistry): Numbers | null => {
  const frame = selectionFrame(elements, kinds)
  if (!frame) return null
  const { box } = frame
  const [first, ...others] = elements.map(degreesOf)
  const rotation = others.every((degrees) => degrees === first) ? (first ?? null) : 'mixed'
  return {
    x: shown(box.minX),
    y: shown(box.minY),
    width: boxWidth(box) > 0 ? shown(boxWidth(box)) : null,
    height: boxHeight(box) > 0 ? shown(boxHeight(box)) : null,
    rotation: frame.turns ? rotation : null,
  }
}

/** Changes one of the numbers. Several move and scale as one; each turns about its own middle. */
export const numbersPlan = (
  elements: readonly Element[],
  kinds: KindRegistry,
  key: NumberKey,
  change: NumberChange,
): Patches => {
  const frame = selectionFrame(elements, kinds)
  const numbers = readNumbers(elements, kinds)
  if (!frame || !numbers || numbers[key] === null) return new Map()
  if (key === 'rotation') return turned(elements, change)
  const present = Number(numbers[key])
  const value = change(present)
  if (!Number.isFinite(value) || value === present) return new Map()
  const { minX, minY } = frame.box
  if (key === 'x') return translatePlan(elements, [value - minX, 0])
  if (key === 'y') return translatePlan(elements, [0, value - minY])
  return value >= 1 ? sized(elements, kinds, frame, key, value) : new Map()
}

const turned = (elements: readonly Element[], change: NumberChange): Patches => {
  const patches = new Map<ElementId, Patch>()
  for (const element of elements) {
    const present = degreesOf(element)
    const degrees = change(present)
    if (!Number.isFinite(degrees) || degrees === present) continue
    const angle = radians(degrees * DEGREE - element.rotation)
    for (const [id, patch] of rotatePlan([element], centerOf(element), angle)) patches.set(id, patch)
  }
  return patches
}

/** As if a handle was pulled to where the side gets that length: the left and the upper side stay. */
const sized = (
  elements: readonly Element[],
  kinds: KindRegistry,
  frame: SelectionFrame,
  key: 'width' | 'height',
  value: number,
): Patches => {
  const { box, rotation } = frame
  const [width, height] = [boxWidth(box), boxHeight(box)]
  const keeps = frame.mode === 'proportional' && !(key === 'width' && frame.sides)
  const scale = key === 'width' ? value / width : value / height
  const to: Vec = keeps
    ? [box.minX + width * scale, box.minY + height * scale]
    : [key === 'width' ? box.minX + value : box.maxX, key === 'height' ? box.minY + value : box.maxY]
  const direction: ResizeDirection = keeps ? 'se' : key === 'width' ? 'e' : 's'
  const [x, y] = rotateAround(to, boxCenter(box), rotation)
  return resizePlan(elements, kinds, frame, direction, worldPoint(x, y), { proportional: keeps })
}

const NUMBER = /^(?:\d+(?:\.\d*)?|\.\d+)/
const RELATIVE = /^(?:([+*/])=?|(-)=)\s*(\d+(?:\.\d*)?|\.\d+)$/

const apply = (left: number, sign: string, right: number): number => {
  if (sign === '+') return left + right
  if (sign === '-') return left - right
  return sign === '*' ? left * right : left / right
}

/**
 * Reads what was written into a field of numbers: a number; a calculation as `120/3+4`; or a change of what is there, as
 * `+10`, `-=10`, `*2`, `/2`, `50%` (`-10` alone is a number). Null for anything else.
 */
export const parseNumberChange = (written: string): NumberChange | null => {
  const text = written.replaceAll(',', '.').replace(/\s|°|px/g, '')
  const relative = RELATIVE.exec(text)
  if (relative) {
    const sign = relative[1] ?? relative[2] ?? '+'
    return (present) => apply(present, sign, Number(relative[3]))
  }
  if (/^\d+(\.\d+)?%$/.test(text)) return (present) => (present * Number(text.slice(0, -1))) / 100
  const value = calculated(text)
  return value === null ? null : () => value
}

/** Products before sums, from left to right; no brackets. */
const calculated = (text: string): number | null => {
  const terms: number[] = []
  let rest = text
  let sign = '+'
  if (rest.startsWith('-')) [sign, rest] = ['-', rest.slice(1)]
  for (;;) {
    const [digits] = NUMBER.exec(rest) ?? []
    if (digits === undefined) return null
    const value = Number(digits)
    const last = terms.pop() ?? 0
    if (sign === '*' || sign === '/') terms.push(apply(last, sign, value))
    else terms.push(last, apply(0, sign, value))
    rest = rest.slice(digits.length)
    if (rest === '') break
    sign = rest[0] ?? ''
    if (!'+-*/'.includes(sign)) return null
    rest = rest.slice(1)
  }
  const sum = terms.reduce((total, term) => total + term, 0)
  return Number.isFinite(sum) ? sum : null
}
