import { containsPoint, expand } from '../../whiteboard/geometry/box.ts'
import { healBytes, healColor, healNumber, healOption, healPoints } from '../../whiteboard/model/heal.ts'
import type { ElementKind, KindRegistry } from '../../whiteboard/model/kind.ts'

/** Small element types for tests of the model, which knows no real ones. */
const base = {
  styles: [],
  resize: 'box',
  paint: () => {},
  hit: (element, point, tolerance) =>
    containsPoint(
      expand({ minX: 0, minY: 0, maxX: element.size[0], maxY: element.size[1] }, tolerance),
      point,
    ),
  overhang: () => 2,
  textSlot: () => null,
} satisfies Partial<ElementKind>

const rectangle: ElementKind = {
  ...base,
  type: 'rectangle',
  defaults: { stroke: '#1e1e1e', fill: '#ffffff', fillStyle: 'none', strokeWidth: 2 },
  parse: (fields) => ({
    stroke: healColor(fields.stroke, '#1e1e1e'),
    fill: healColor(fields.fill, '#ffffff'),
    fillStyle: healOption(fields.fillStyle, ['none', 'solid', 'semi'], 'none'),
    strokeWidth: healNumber(fields.strokeWidth, 2, 0, 64),
  }),
}

const line: ElementKind = {
  ...base,
  type: 'line',
  defaults: { stroke: '#1e1e1e' },
  resize: 'points',
  parse: (fields) => {
    const points = healPoints(fields.points)
    return points.length < 2 ? null : { points, stroke: healColor(fields.stroke, '#1e1e1e') }
  },
}

const ink: ElementKind = {
  ...base,
  type: 'ink',
  defaults: { stroke: '#1e1e1e' },
  parse: (fields) => {
    const bytes = healBytes(fields.ink, 1_000_000)
    return bytes && { ink: bytes, stroke: healColor(fields.stroke, '#1e1e1e') }
  },
}

/** Grows in proportion only, its font with it. */
const text: ElementKind = {
  ...base,
  type: 'text',
  defaults: { fontSize: 20 },
  resize: 'proportional',
  parse: (fields) => ({ fontSize: healNumber(fields.fontSize, 20, 1, 1000) }),
  resized: (element, size) => ({
    fontSize: (Number(element.fontSize) * size[1]) / Math.max(1, element.size[1]),
  }),
}

/** Fails in every way that a type can. */
const broken: ElementKind = {
  ...base,
  type: 'broken',
  defaults: {},
  parse: (fields) => {
    if (fields.fail === 'parse') throw new Error('parse')
    return {}
  },
  hit: () => {
    throw new Error('hit')
  },
  overhang: () => {
    throw new Error('overhang')
  },
}

const placeholder: ElementKind = { ...base, type: 'placeholder', defaults: {}, parse: () => ({}) }

const known = new Map([rectangle, line, ink, text, broken].map((kind) => [kind.type, kind]))

export const testKinds: KindRegistry = {
  get: (type) => known.get(type) ?? placeholder,
  has: (type) => known.has(type),
  types: [...known.keys()],
}
