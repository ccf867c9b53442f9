type Foreign = Readonly<Record<string, unknown>>
type Json = Readonly<Record<string, unknown>>

const TYPES: ReadonlySet<unknown> = new Set([
  'excalidraw/clipboard',
  'excalidraw',
  'excalidraw-api/clipboard',
])

/** Excalidraw's numbered fonts that are not handwriting. */
const FAMILIES: ReadonlyMap<unknown, string> = new Map([
  [2, 'sans'],
  [3, 'mono'],
  [6, 'sans'],
  [8, 'mono'],
  [9, 'sans'],
  [10, 'sans'],
])

const HEADS: ReadonlyMap<unknown, string> = new Map([
  ['arrow', 'arrow'],
  ['bar', 'bar'],
  ['dot', 'dot'],
  ['circle', 'dot'],
  ['circle_outline', 'dot'],
  ['triangle', 'triangle'],
  ['triangle_outline', 'triangle'],
  ['diamond', 'triangle'],
  ['diamond_outline', 'triangle'],
])

/** Excalidraw's pen of width 1 is this much broader than ours. */
const PEN_RATIO = 1.25

/**
 * The elements of Excalidraw's clipboard or scene in our JSON form, in drawing order; null when this is not Excalidraw's.
 * Only what has a counterpart here is taken, and nothing is healed yet. Its format: `type` is one of three names,
 * `elements` a flat list in which texts name their container.
 */
export const fromExcalidraw = (content: Foreign): Json[] | null => {
  if (!TYPES.has(content.type) || !Array.isArray(content.elements)) return null
  const elements = content.elements.filter(isForeign).filter((element) => element.isDeleted !== true)
  const labels = labelsOf(elements)
  return elements.flatMap((element) => {
    const converted = convert(element, labels)
    return converted ? [converted] : []
  })
}

const isForeign = (value: unknown): value is Foreign =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const CONTAINERS: ReadonlySet<unknown> = new Set(['rectangle', 'diamond', 'ellipse', 'stickynote'])

/** The texts that belong on an element here too, by the id of what they are on. */
const labelsOf = (elements: readonly Foreign[]): ReadonlyMap<unknown, Foreign> => {
  const containers = new Set(elements.filter(({ type }) => CONTAINERS.has(type)).map(({ id }) => id))
  return new Map(
    elements
      .filter(({ type, containerId }) => type === 'text' && containers.has(containerId))
      .map((text) => [text.containerId, text]),
  )
}

const convert = (element: Foreign, labels: ReadonlyMap<unknown, Foreign>): Json | null => {
  switch (element.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
      return {
        ...shared(element),
        ...fillOf(element),
        ...labelOf(labels.get(element.id)),
        type: element.type,
      }
    case 'stickynote':
      return { ...shared(element), ...fillOf(element), ...labelOf(labels.get(element.id)), type: 'sticky' }
    case 'line':
    case 'arrow':
      return { ...shared(element), ...linear(element), type: element.type }
    case 'freedraw':
      return { ...shared(element), ...ink(element), type: 'ink' }
    case 'text':
      return labels.get(element.containerId) === element
        ? null
        : { ...shared(element), ...labelOf(element), type: 'text' }
    default:
      return null
  }
}

const shared = (element: Foreign): Json => ({
  x: element.x,
  y: element.y,
  width: element.width,
  height: element.height,
  rotation: element.angle ?? 0,
  stroke: colorOf(element.strokeColor) ?? '#22242a',
  strokeWidth: element.strokeWidth ?? 2,
  dash: element.strokeStyle ?? 'solid',
  opacity: typeof element.opacity === 'number' ? element.opacity / 100 : 1,
  groups: element.groupIds ?? [],
})

/** `#rrggbb`; null for transparent and everything that is written otherwise. Excalidraw's ink is ours. */
const colorOf = (value: unknown): string | null => {
  if (typeof value !== 'string') return null
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(value)
  const color = short
    ? `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join('')}`
    : value.toLowerCase()
  if (color === '#1e1e1e' || color === '#000000') return '#22242a'
  return /^#[0-9a-f]{6}$/.test(color) ? color : null
}

const fillOf = (element: Foreign): Json => {
  const fill = colorOf(element.backgroundColor)
  if (fill === null) return { fillStyle: 'none' }
  return { fill, fillStyle: element.fillStyle === 'solid' ? 'solid' : 'semi' }
}

const labelOf = (text: Foreign | undefined): Json => {
  if (!text) return {}
  return {
    text: text.originalText ?? text.text,
    fontSize: text.fontSize ?? 20,
    fontFamily: FAMILIES.get(text.fontFamily) ?? 'hand',
    textAlign: text.textAlign ?? 'left',
    ...(text.autoResize === false ? { autoWidth: false } : {}),
  }
}

const linear = (element: Foreign): Json => ({
  points: element.points,
  width: undefined,
  height: undefined,
  route: element.roundness === null || element.roundness === undefined ? 'straight' : 'curved',
  startHead: HEADS.get(element.startArrowhead) ?? 'none',
  endHead: HEADS.get(element.endArrowhead) ?? 'none',
})

const ink = (element: Foreign): Json => {
  const points = Array.isArray(element.points) ? element.points : []
  const pressures: readonly unknown[] = Array.isArray(element.pressures) ? element.pressures : []
  const simulated = element.simulatePressure !== false
  return {
    width: undefined,
    height: undefined,
    strokeWidth: typeof element.strokeWidth === 'number' ? element.strokeWidth * PEN_RATIO : 1,
    points: points
      .filter((point): point is readonly unknown[] => Array.isArray(point))
      .map((point, index) => [point[0], point[1], simulated ? 0.5 : (pressures[index] ?? 0.5)]),
  }
}
