import { describe, expect, it } from 'vitest'
import { oddNumbers } from '../../test/support/odd-values.ts'
import type { Fields } from '../model/heal.ts'
import { encodeInk } from '../model/ink.ts'
import type { ElementKind, KindRegistry } from '../model/kind.ts'
import { parseElement } from '../model/parse-element.ts'
import { kinds } from './index.ts'

/** The same types as if their fields depended on each other: each is read as a whole. */
const read: KindRegistry = {
  ...kinds,
  get: (type) => {
    const { heals: _heals, ...kind } = kinds.get(type)
    return kind
  },
}

const stored = (kind: ElementKind): Fields => ({
  type: kind.type,
  position: [10, 20],
  size: [100, 80],
  order: 'a1',
  ...('ink' in kind.defaults && { ink: encodeInk([[0, 0, 0.5]]) }),
})

const values: readonly unknown[] = [
  ...oddNumbers,
  undefined,
  null,
  true,
  0.5,
  7,
  '',
  'solid',
  'curved',
  '#ABCDEF',
  'a5',
  'x'.repeat(300),
  [],
  [3, 4],
  [3, -4],
  [-0, 1e9],
  [3],
  [3, 4, 5],
  [
    [1, 2],
    [3, 4],
  ],
  [[1, 2], 'x', [3, Number.NaN], [5, 6]],
  Array.from({ length: 6_000 }, (_, index) => [index, -index]),
  ['group0000001', 'group0000001', 7],
  {},
  { element: 'target000001', anchor: [0.5, 7] },
  [{ axis: 'x', at: 5 }, { axis: 'z' }],
  new Uint8Array([1, 0, 5]),
  new Uint8Array(0),
  new Date(0),
  Object.create({ inherited: 1 }),
]

const SHARED = ['position', 'size', 'rotation', 'order', 'groups', 'locked', 'opacity', 'frame', 'link']
const OTHERS = ['id', 'clip', 'text', 'unknown', 'damagedType', 'constructor', 'cut/1']

describe.each(kinds.types)('%s', (type) => {
  const kind = kinds.get(type)

  it('M20, M22, M24: is read field by field as it is read as a whole, whatever is in a field', () => {
    for (const key of [...Object.keys(kind.defaults), ...SHARED, ...OTHERS]) {
      for (const value of values) {
        const fields = { ...stored(kind), [key]: value }
        const element = parseElement('element00001', fields, 'Some text', kinds)
        expect(element, `${key}: ${String(value)}`).toEqual(
          parseElement('element00001', fields, 'Some text', read),
        )
      }
    }
  })

  it('M2: has its defaults where nothing is stored, and they need no healing', () => {
    const element = parseElement('element00001', stored(kind), '', kinds)
    expect(element).toMatchObject({ ...kind.defaults, ...stored(kind) })
    expect(element).toEqual(parseElement('element00001', stored(kind), '', read))
    expect(element).toEqual(parseElement('element00001', { ...kind.defaults, ...stored(kind) }, '', kinds))
  })

  it('M24: is not read from a prototype', () => {
    const fields: unknown = JSON.parse(
      `{"type":"${type}","position":[1,2],"order":"a1","__proto__":{"size":[7,7],"locked":true,"stroke":"#ff0000"}}`,
    )
    const odd = Object.setPrototypeOf({ ...stored(kind) }, { locked: true, stroke: '#ff0000', unknown: 1 })
    expect(parseElement('element00001', fields as Fields, '', kinds)).toEqual(
      parseElement('element00001', fields as Fields, '', read),
    )
    expect(parseElement('element00001', odd as Fields, '', kinds)).toEqual(
      parseElement('element00001', stored(kind), '', kinds),
    )
  })
})
