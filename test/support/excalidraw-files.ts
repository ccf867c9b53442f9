/** Makes up Excalidraw files with every type and field that there is, as `npm test` and the fuzzers need them. */

type Random = () => number
export type Json = Record<string, unknown>

export interface MadeFile {
  readonly type: 'excalidraw'
  readonly version: 2
  readonly source: string
  readonly elements: Json[]
  readonly appState: Json
  readonly files: Json
}

const pick = <Value>(random: Random, values: readonly Value[]): Value =>
  values[Math.floor(random() * values.length)] as Value

const chance = (random: Random, part: number): boolean => random() < part
const between = (random: Random, low: number, high: number): number => low + random() * (high - low)
const whole = (random: Random, high: number): number => Math.floor(random() * high)

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

const newId = (random: Random): string =>
  Array.from({ length: 21 }, () => ALPHABET[whole(random, ALPHABET.length)]).join('')

const COLORS = ['#1e1e1e', '#e03131', '#2f9e44', 'transparent', '#f0f', '#12345678', 'red', 'rgb(1, 2, 3)']
const FILLS = ['hachure', 'cross-hatch', 'solid', 'zigzag']
const HEADS = [
  null,
  'arrow',
  'bar',
  'circle',
  'circle_outline',
  'triangle',
  'triangle_outline',
  'diamond',
  'diamond_outline',
  'cardinality_one',
  'cardinality_many',
  'cardinality_one_or_many',
  'cardinality_exactly_one',
  'cardinality_zero_or_one',
  'cardinality_zero_or_many',
]

const indexOf = (at: number): string => {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  return `b${digits[Math.floor(at / 62) % 62]}${digits[at % 62]}`
}

const base = (random: Random, type: string): Json => ({
  id: newId(random),
  type,
  x: between(random, -3000, 3000),
  y: between(random, -3000, 3000),
  width: between(random, 1, 600),
  height: between(random, 1, 400),
  angle: chance(random, 0.7) ? 0 : between(random, -4, 8),
  strokeColor: pick(random, COLORS),
  backgroundColor: pick(random, COLORS),
  fillStyle: pick(random, FILLS),
  strokeWidth: pick(random, [0.5, 1, 2, 4, 3.3]),
  strokeStyle: pick(random, ['solid', 'dashed', 'dotted']),
  roundness: pick(random, [null, { type: 1 }, { type: 2 }, { type: 3 }, { type: 3, value: 12 }]),
  roughness: pick(random, [0, 1, 2]),
  opacity: whole(random, 101),
  seed: whole(random, 2 ** 31),
  version: whole(random, 400),
  versionNonce: whole(random, 2 ** 31),
  isDeleted: false,
  groupIds: chance(random, 0.7) ? [] : [pick(random, ['inner', 'other']), 'outer'],
  frameId: null,
  boundElements: pick(random, [null, []]),
  updated: 1_700_000_000_000 + whole(random, 1e9),
  link: pick(random, [null, null, null, 'https://example.org/a?b=c', '/local/path', 'no scheme']),
  locked: chance(random, 0.1),
  ...(chance(random, 0.5) ? { created: pick(random, [null, 1_790_000_000_000]) } : {}),
  ...(chance(random, 0.2) ? { customData: { plugin: { deep: [1, { two: 'three' }] }, flag: true } } : {}),
  ...(chance(random, 0.1) ? { fieldOfTheFuture: { some: ['value', 2.5, null] } } : {}),
})

const WORDS = ['Plan', 'one two three', 'über älter', 'שלום', '日本語', '🎉 party', 'line\nbreak']

const text = (random: Random): Json => {
  const words = pick(random, WORDS)
  return {
    ...base(random, 'text'),
    fontSize: pick(random, [16, 20, 28, 36, 17.3]),
    fontFamily: pick(random, [1, 2, 3, 5, 6, 7, 8, 9, 10, 99]),
    text: words,
    originalText: words,
    textAlign: pick(random, ['left', 'center', 'right']),
    verticalAlign: pick(random, ['top', 'middle', 'bottom']),
    containerId: null,
    autoResize: chance(random, 0.7),
    lineHeight: pick(random, [1.25, 1.15]),
  }
}

const points = (random: Random, count: number): number[][] => [
  [0, 0],
  ...Array.from({ length: count - 1 }, () => [between(random, -300, 300), between(random, -300, 300)]),
]

const line = (random: Random): Json => {
  const traced = points(random, 2 + whole(random, 5))
  const polygon = chance(random, 0.3)
  return {
    ...base(random, 'line'),
    points: polygon ? [...traced, [50, 60], [70, 10], [0, 0]] : traced,
    lastCommittedPoint: null,
    startBinding: null,
    endBinding: null,
    startArrowhead: pick(random, HEADS),
    endArrowhead: pick(random, HEADS),
    polygon,
  }
}

const arrow = (random: Random): Json => {
  const elbowed = chance(random, 0.3)
  return {
    ...base(random, 'arrow'),
    points: elbowed
      ? [
          [0, 0],
          [100.5, 0],
          [100.5, 80.25],
          [200.125, 80.25],
        ]
      : points(random, 2 + whole(random, 3)),
    lastCommittedPoint: null,
    startBinding: null,
    endBinding: null,
    startArrowhead: pick(random, HEADS),
    endArrowhead: pick(random, HEADS),
    elbowed,
    ...(elbowed
      ? {
          fixedSegments: pick(random, [null, [{ index: 2, start: [100.5, 0], end: [100.5, 80.25] }]]),
          startIsSpecial: pick(random, [null, false]),
          endIsSpecial: null,
        }
      : {}),
  }
}

const freedraw = (random: Random): Json => {
  const traced = points(random, 1 + whole(random, 40))
  const simulatePressure = chance(random, 0.5)
  return {
    ...base(random, 'freedraw'),
    points: traced,
    pressures: simulatePressure ? [] : traced.map(() => random()),
    simulatePressure,
    lastCommittedPoint: traced.at(-1),
    ...(chance(random, 0.5)
      ? { strokeOptions: { variability: pick(random, ['variable', 'constant']), streamline: random() } }
      : {}),
  }
}

/** The smallest picture there is. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const image = (random: Random): Json => ({
  ...base(random, 'image'),
  fileId: `file-${whole(random, 3)}`,
  status: 'saved',
  scale: [pick(random, [1, -1]), pick(random, [1, -1])],
  crop: pick(random, [null, { x: 1, y: 2, width: 30, height: 40, naturalWidth: 100, naturalHeight: 80 }]),
})

const frame = (random: Random): Json => ({
  ...base(random, 'frame'),
  name: pick(random, [null, 'Chapter one', '']),
})

const plain =
  (type: string) =>
  (random: Random): Json =>
    base(random, type)

const makers: readonly ((random: Random) => Json)[] = [
  plain('rectangle'),
  plain('diamond'),
  plain('ellipse'),
  plain('embeddable'),
  (random) => ({
    ...base(random, 'iframe'),
    customData: { generationData: { status: 'done', html: '<b>x</b>' } },
  }),
  (random) => ({ ...frame(random), type: 'magicframe' }),
  plain('of-the-future'),
  text,
  line,
  arrow,
  freedraw,
  image,
  frame,
]

/** A text bound to a container, both naming each other; a note of the newest release is one such pair. */
const labelled = (random: Random): Json[] => {
  const type = pick(random, ['rectangle', 'diamond', 'ellipse', 'arrow', 'stickynote'])
  const container: Json = type === 'arrow' ? arrow(random) : base(random, type)
  const label: Json = {
    ...text(random),
    containerId: container.id,
    ...(type === 'stickynote' ? { fontSizeMax: 28 } : {}),
  }
  if (type === 'stickynote') Object.assign(container, { baseHeight: 120, backgroundColor: '#ffec99' })
  container.boundElements = [{ type: 'text', id: label.id }]
  return [container, label]
}

const bind = (random: Random, bound: Json, target: Json, side: 'startBinding' | 'endBinding'): void => {
  bound[side] = chance(random, 0.5)
    ? {
        elementId: target.id,
        fixedPoint: [random(), random()],
        mode: pick(random, ['inside', 'orbit', 'skip']),
      }
    : { elementId: target.id, focus: random() - 0.5, gap: random() * 8 }
  const list = (target.boundElements ?? []) as Json[]
  target.boundElements = list.some(({ id }) => id === bound.id)
    ? list
    : [...list, { type: 'arrow', id: bound.id }]
}

/** A file in which everything is as Excalidraw would have written it. */
export const makeExcalidrawFile = (random: Random, count = 30): MadeFile => {
  const elements: Json[] = []
  while (elements.length < count) {
    if (chance(random, 0.2)) elements.push(...labelled(random))
    else elements.push(pick(random, makers)(random))
  }
  const arrows = elements.filter(({ type }) => type === 'arrow')
  const targets = elements.filter(({ type }) =>
    ['rectangle', 'diamond', 'ellipse', 'image', 'text', 'stickynote', 'frame'].includes(String(type)),
  )
  for (const bound of targets.length > 0 ? arrows : []) {
    if (chance(random, 0.6)) bind(random, bound, pick(random, targets), 'startBinding')
    if (chance(random, 0.6)) bind(random, bound, pick(random, targets), 'endBinding')
  }
  const frames = elements.filter(({ type }) => type === 'frame')
  for (const element of frames.length > 0 ? elements : []) {
    if (element.type !== 'frame' && chance(random, 0.2)) element.frameId = pick(random, frames).id
  }
  const indexed = chance(random, 0.8)
  for (const [at, element] of elements.entries()) element.index = indexed ? indexOf(at) : null
  return {
    type: 'excalidraw',
    version: 2,
    source: 'https://excalidraw.com',
    elements,
    appState: { gridSize: 20, gridStep: 5, gridModeEnabled: false, viewBackgroundColor: '#ffffff' },
    files: Object.fromEntries(
      [0, 1].map((at) => [
        `file-${at}`,
        { id: `file-${at}`, mimeType: 'image/png', dataURL: PIXEL, created: 1 },
      ]),
    ),
  }
}

const deep = (levels: number): unknown => {
  let value: unknown = 'bottom'
  for (let level = 0; level < levels; level++) value = [value]
  return value
}

const JUNK: readonly unknown[] = [
  null,
  'text',
  '',
  -1,
  0,
  1e308,
  -1e308,
  true,
  [],
  {},
  [[]],
  [[1]],
  [['a', 'b']],
  [null, null],
  { type: 'x' },
  'javascript:alert(1)',
  JSON.parse('{"__proto__":{"polluted":true},"constructor":1}'),
  'x'.repeat(500),
]

/** Spoils fields at random: whatever somebody's program may have made of a file. */
export const damageFile = (random: Random, file: MadeFile): MadeFile => {
  const elements: unknown[] = file.elements.map((element) => {
    if (chance(random, 0.05)) return pick(random, JUNK)
    const spoilt: Json = { ...element }
    for (const key of Object.keys(spoilt)) {
      if (chance(random, 0.08)) spoilt[key] = pick(random, JUNK)
      if (chance(random, 0.02)) delete spoilt[key]
    }
    if (chance(random, 0.02)) spoilt.customData = deep(500)
    return spoilt
  })
  return { ...file, elements: elements as Json[] }
}
