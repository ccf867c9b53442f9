import * as Y from 'yjs'
import { kinds } from '../../whiteboard/elements/index.ts'
import { encodeInk } from '../../whiteboard/model/ink.ts'
import { oddNumbers } from './odd-values.ts'

type Entries = Readonly<Record<string, () => unknown>>

const good = { type: 'rectangle', position: [1, 2], size: [30, 40], order: 'a0' }

const base = (fields: unknown) => (): Y.Map<unknown> => new Y.Map([['base', fields]])

const withText = (fields: unknown, text: string) => (): Y.Map<unknown> =>
  new Y.Map<unknown>([
    ['base', fields],
    ['text/1', new Y.Text(text)],
  ])

/** The same fields on an element of every type, unknown ones too. */
const onAllTypes = (name: string, fields: Readonly<Record<string, unknown>>): Entries =>
  Object.fromEntries(
    [...kinds.types, 'from the future'].map((type) => [
      `${name} ${type}`,
      base({ ...good, type, ...fields }),
    ]),
  )

/** Each value for each field that any type has, on an element of every type. */
const inAllFields = (values: readonly unknown[]): Entries => {
  const entries: Record<string, () => unknown> = {}
  for (const type of kinds.types) {
    const keys = [
      ...Object.keys(kinds.get(type).defaults),
      'points',
      'ink',
      'position',
      'size',
      'rotation',
      'order',
    ]
    const shared = ['groups', 'locked', 'opacity', 'frame', 'link', 'start', 'end', 'fixed', 'crop', 'cut/1']
    for (const key of new Set([...keys, ...shared])) {
      values.forEach((value, index) => {
        entries[`${type} ${key} ${index}`] = base({ ...good, type, [key]: value })
      })
    }
  }
  return entries
}

const nested = (depth: number): unknown => {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

const many = (count: number, make: (index: number) => () => unknown): Entries =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, make(index)]))

const ZALGO = `${'Z̷̢̛͎͒͛a̸͖̾l̶͔̈́g̵̰͝o̷̤͆'.repeat(50)}`
const ADDRESSES = [
  'javascript:alert(1)',
  'JaVa\tScript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:https://app.example/1',
  '//evil.example',
  `https://app.example/${'a'.repeat(100_000)}`,
  'https://app.evil/"onload="alert(1)',
  'file:///etc/passwd',
]
const MARKUP = '<script>alert(1)</script><svg onload="alert(1)"><foreignObject/>]]>&amp;"\'--><!--'

/** Boards as hostile peers may make them, by what they try. */
export const hostileBoards: Readonly<Record<string, () => Entries>> = {
  'CT1: things that are no elements, and elements of no type': () => ({
    string: () => 'element',
    number: () => 5,
    null: () => null,
    array: () => [1],
    text: () => new Y.Text('x'),
    list: () => new Y.Array(),
    empty: () => new Y.Map(),
    map: () => new Y.Map([['base', new Y.Map([['type', 'rectangle']])]]),
    typeless: base({ position: [1, 2], size: [3, 4] }),
    newer: base({ ...good, type: 'from the future', schema: 99, secret: [1] }),
    typed: () =>
      new Y.Map<unknown>([
        ['base', good],
        ['position', new Y.Array()],
        ['text/1', 'no text'],
        ['stroke', new Y.Text('x')],
      ]),
    ...inAllFields([new Uint8Array([1, 2, 3]), 'x', null, [], { a: 1 }]),
  }),
  'CT2: numbers that are none, or beyond all bounds': () =>
    inAllFields([
      ...oddNumbers,
      [Number.NaN, Infinity],
      [1e308, -1e308],
      [
        [Number.NaN, 0],
        [1e308, 1],
      ],
    ]),
  'CT3: strokes and lines with too many points, or broken ones': () => ({
    long: base({
      ...good,
      type: 'line',
      points: Array.from({ length: 100_000 }, (_, index) => [index, index % 7]),
    }),
    holes: base({ ...good, type: 'arrow', points: [[0, 0], null, [1], [2, 3, 4], [[5, 6]], 'x', [7, 8]] }),
    odd: base({ ...good, type: 'line', points: [0, 1, 2] }),
    same: base({ ...good, type: 'line', points: Array.from({ length: 500 }, () => [5, 5]) }),
    ink: () =>
      new Y.Map<unknown>([
        ['base', { ...good, type: 'ink' }],
        ['ink', encodeInk(Array.from({ length: 1_000_000 }, (_, index) => [index % 900, index % 700, 0.5]))],
      ]),
    bytes: () =>
      new Y.Map<unknown>([
        ['base', { ...good, type: 'ink' }],
        ['ink', new Uint8Array(200_000).fill(255)],
      ]),
    none: base({ ...good, type: 'ink' }),
  }),
  'CT4: monstrous text, and styles that want out': () => ({
    zalgo: withText({ ...good, type: 'text' }, ZALGO),
    override: withText({ ...good, type: 'sticky' }, '\u202e\u2066abc\u0000\u0007\ud800 \udfff'),
    word: withText({ ...good, type: 'rectangle' }, 'w'.repeat(1_000_000)),
    lines: withText({ ...good, type: 'ellipse' }, '\n'.repeat(30_000)),
    markup: withText({ ...good, type: 'text', stroke: '"><script>', fontFamily: 'url(//evil)' }, MARKUP),
    ...onAllTypes('style', {
      stroke: 'red;background:url(//x)',
      fill: MARKUP,
      fontFamily: 'url(//x)',
      dash: MARKUP,
      text: MARKUP,
    }),
  }),
  'CT5: groups, frames and arrows that hold themselves, each other, or what is gone': () => ({
    itself: base({ ...good, type: 'frame', frame: 'itself', groups: ['a', 'b', 'a'] }),
    one: base({ ...good, type: 'frame', frame: 'two', groups: ['a', 'b'] }),
    two: base({ ...good, type: 'frame', frame: 'one', groups: ['b', 'a'] }),
    deep: base({ ...good, groups: Array.from({ length: 10_000 }, (_, index) => `g${index}`) }),
    child: base({ ...good, frame: 'one' }),
    lost: base({ ...good, frame: 'gone' }),
    looped: base({
      ...good,
      type: 'arrow',
      points: [
        [0, 0],
        [9, 9],
      ],
      start: { element: 'looped', anchor: [0, 0] },
      end: { element: 'looped' },
    }),
    chain: base({
      ...good,
      type: 'arrow',
      points: [
        [0, 0],
        [9, 9],
      ],
      route: 'elbow',
      start: { element: 'looped', anchor: [0.5, 0.5], mode: 'outline' },
      end: { element: 'back', anchor: [Number.NaN, 5], mode: 'x' },
    }),
    back: base({
      ...good,
      type: 'arrow',
      points: [
        [0, 0],
        [9, 9],
      ],
      start: { element: 'chain', anchor: [0, 0], mode: 'inside' },
      end: { element: 'gone', anchor: [0, 0] },
    }),
    far: base({
      ...good,
      type: 'arrow',
      route: 'elbow',
      points: [
        [0, 0],
        [9, 9],
      ],
      start: { element: 'one', anchor: [1e9, -1e9], mode: 'inside' },
      end: { element: 'two', anchor: [0.5, 0.5], mode: 'outline' },
    }),
    ...Object.fromEntries(
      Array.from({ length: 2_000 }, (_, index) => [`child${index}`, base({ ...good, frame: 'two' })]),
    ),
  }),
  'CT6: names of inherited properties': () => {
    const entries: Record<string, () => unknown> = Object.create(null) as Record<string, () => unknown>
    const payload = JSON.parse('{"__proto__":{"isAdmin":true},"toString":5,"valueOf":null}') as object
    const fields = Object.assign(JSON.parse('{"__proto__":{"isAdmin":true},"toString":5}') as object, good)
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
      entries[name] = base({ ...fields, payload, points: payload, groups: [payload] })
      entries[`typed ${name}`] = base({ ...good, type: name, frame: name, groups: [name] })
    }
    return entries
  },
  'CT7: links that do more than lead somewhere': () =>
    Object.assign(
      {},
      ...ADDRESSES.map((link, index) => onAllTypes(`link${index}`, { link, fillStyle: 'solid' })),
    ) as Entries,
  'CT8: pictures that are no pictures': () =>
    Object.assign(
      {},
      ...[
        'data:image/svg+xml,<svg onload="alert(1)"/>',
        'https://evil.example/x.png',
        '../../secret',
        MARKUP,
        'AB'.repeat(32),
        'ab'.repeat(32),
      ].map((asset, index) => ({
        [`asset${index}`]: base({
          ...good,
          type: 'image',
          asset,
          natural: [1e9, -5],
          crop: [Number.NaN, 1, 2, 3],
          flip: 'x',
          alt: MARKUP,
        }),
        [`cropped${index}`]: base({
          ...good,
          type: 'image',
          asset,
          natural: [10, 10],
          crop: [50, 50, -1, 0],
        }),
      })),
    ) as Entries,
  'CT9: the same order key a thousand times, an endless one, and none': () => ({
    ...many(1_000, (index) => base({ ...good, type: kinds.types[index % kinds.types.length] })),
    endless: base({ ...good, order: 'a'.repeat(1_000_000) }),
    empty: base({ ...good, order: '' }),
    odd: base({ ...good, order: '🙂 \u0000' }),
  }),
  'CT10: nesting without end': () => ({
    deep: base({ ...good, deep: nested(5_000) }),
    field: () =>
      new Y.Map<unknown>([
        ['base', good],
        ['points', nested(5_000)],
      ]),
    ...onAllTypes('nested', {
      points: nested(100),
      groups: nested(100),
      start: nested(100),
      fixed: nested(100),
    }),
  }),
}

/** What a hostile peer sends, received. */
export const documentOf = (entries: Entries): Y.Doc => {
  const source = new Y.Doc()
  const elements = source.getMap('elements')
  source.transact(() => {
    for (const name of Object.keys(entries)) elements.set(name, entries[name]?.())
    source.getMap('meta').set('pattern', MARKUP)
    source.getMap('meta').set('gridStep', Number.NaN)
    source.getMap('meta').set('background', 'url(//x)')
  })
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(source), 'wire')
  return doc
}
