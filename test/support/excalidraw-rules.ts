import type { Json } from './excalidraw-files.ts'

/**
 * What Excalidraw relies on in a scene, from the field lists of its own types: which rule an element breaks, in words. Written
 * apart from our writer, so that both must agree.
 */
export const brokenRules = (elements: readonly Json[]): string[] => {
  const byId = new Map(elements.map((element) => [element.id, element]))
  const broken = byId.size === elements.length ? [] : ['ids come twice']
  elements.forEach((element, at) => {
    const before = elements[at - 1]
    if (before && !(String(before.index) < String(element.index))) broken.push('indices do not rise')
    const faults = [
      ...baseFaults(element),
      ...referenceFaults(element, byId),
      ...(element.type === 'text' ? textFaults(element, before, byId) : []),
      ...('points' in element ? pointFaults(element) : []),
      ...(element.type === 'arrow' || element.type === 'line' ? linearFaults(element, byId) : []),
    ]
    broken.push(...faults.map((fault) => `${element.type}: ${fault}`))
  })
  return broken
}

type Elements = ReadonlyMap<unknown, Json>
type Point = readonly [number, number]

/** The names of the rules that do not hold. */
const failing = (rules: Readonly<Record<string, boolean>>): string[] =>
  Object.keys(rules).filter((name) => !rules[name])

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isCount = (value: unknown): boolean => isNumber(value) && Number.isInteger(value) && value >= 0
const isOneOf =
  (...options: readonly unknown[]) =>
  (value: unknown): boolean =>
    options.includes(value)

const isType = isOneOf(
  ...['rectangle', 'diamond', 'ellipse', 'text', 'line', 'arrow', 'freedraw', 'image', 'frame'],
)
const isFill = isOneOf('hachure', 'cross-hatch', 'solid', 'zigzag')
const isHead = isOneOf(
  ...[null, 'arrow', 'bar', 'circle', 'circle_outline', 'triangle', 'triangle_outline', 'diamond'],
  ...['diamond_outline', 'cardinality_one', 'cardinality_many', 'cardinality_one_or_many'],
  ...['cardinality_exactly_one', 'cardinality_zero_or_one', 'cardinality_zero_or_many'],
)
const isBindable = isOneOf('rectangle', 'diamond', 'ellipse', 'text', 'image', 'frame')
const isContainer = isOneOf('rectangle', 'diamond', 'ellipse', 'arrow')

const NUMBERS = ['x', 'y', 'width', 'height', 'angle', 'strokeWidth', 'roughness', 'opacity']
const COUNTS = ['seed', 'version', 'versionNonce', 'updated']

const baseFaults = (element: Json): string[] =>
  failing({
    'a type that all releases know': isType(element.type),
    'numbers are numbers': NUMBERS.every((key) => isNumber(element[key])),
    'counts are counts': COUNTS.every((key) => isCount(element[key])),
    'sides are not negative': Number(element.width) >= 0 && Number(element.height) >= 0,
    'an angle within a turn': Number(element.angle) >= 0 && Number(element.angle) < 2 * Math.PI,
    'opacity of 0 to 100': Number(element.opacity) >= 0 && Number(element.opacity) <= 100,
    'colours are given': [element.strokeColor, element.backgroundColor].every(
      (color) => typeof color === 'string' && color !== '',
    ),
    'a known fill': isFill(element.fillStyle),
    'a known line': isOneOf('solid', 'dashed', 'dotted')(element.strokeStyle),
    flags: element.isDeleted === false && typeof element.locked === 'boolean',
    groups: Array.isArray(element.groupIds) && element.groupIds.every((id) => typeof id === 'string'),
    'when it was made': 'created' in element,
  })

const bindingsOf = (element: Json): Json[] =>
  [element.startBinding, element.endBinding].flatMap((binding) => (binding ? [binding as Json] : []))

const boundOf = (element: Json): Json[] => (element.boundElements ?? []) as Json[]

const referenceFaults = (element: Json, byId: Elements): string[] =>
  failing({
    'its frame is there': element.frameId === null || byId.get(element.frameId)?.type === 'frame',
    'boundElements is a list': Array.isArray(element.boundElements),
    'names nothing twice as bound':
      new Set(boundOf(element).map(({ id }) => id)).size === boundOf(element).length,
    'what it names as bound is bound to it': boundOf(element).every(({ id, type }) => {
      const other = byId.get(id)
      if (!other || other.type !== type) return false
      if (type === 'text') return other.containerId === element.id
      return bindingsOf(other).some(({ elementId }) => elementId === element.id)
    }),
  })

const textFaults = (text: Json, before: Json | undefined, byId: Elements): string[] => {
  const container = text.containerId === null ? null : byId.get(text.containerId)
  return failing({
    'a size of letters': Number(text.fontSize) > 0 && Number(text.lineHeight) > 0,
    'a known font': isOneOf(1, 2, 3, 5, 6, 7, 8, 9, 10)(text.fontFamily),
    words: [text.text, text.originalText].every((words) => typeof words === 'string' && words !== ''),
    alignment: isOneOf('left', 'center', 'right')(text.textAlign),
    'vertical alignment': isOneOf('top', 'middle', 'bottom')(text.verticalAlign),
    'right behind what it is written on': !container || before === container,
    'written on what can be written on': container === null || isContainer(container?.type),
    'what it is written on knows it': !container || boundOf(container).some(({ id }) => id === text.id),
    'turned with what it is written on':
      !container || text.angle === (container.type === 'arrow' ? 0 : container.angle),
    'in the groups and the frame of what it is written on':
      !container ||
      (text.frameId === container.frameId && String(text.groupIds) === String(container.groupIds)),
  })
}

const pointFaults = (element: Json): string[] => {
  const points = element.points as readonly Point[]
  const extent = (axis: 0 | 1): number => {
    const places = points.map((point) => point[axis])
    return Math.max(...places) - Math.min(...places)
  }
  return failing({
    'enough points': points.length >= (element.type === 'freedraw' ? 1 : 2),
    'points are pairs of numbers': points.every((point) => point.length === 2 && point.every(isNumber)),
    'the first point is 0, 0': points[0]?.[0] === 0 && points[0][1] === 0,
    'as large as its points':
      Math.abs(extent(0) - Number(element.width)) < 1e-6 &&
      Math.abs(extent(1) - Number(element.height)) < 1e-6,
    pressures:
      element.type !== 'freedraw' ||
      element.simulatePressure === true ||
      (element.pressures as unknown[]).length === points.length,
  })
}

const linearFaults = (element: Json, byId: Elements): string[] => {
  const points = element.points as readonly Point[]
  const bindings = bindingsOf(element)
  const isUpright = (point: Point, at: number): boolean => {
    const before = points[at - 1] ?? point
    return Math.abs(before[0] - point[0]) < 0.02 || Math.abs(before[1] - point[1]) < 0.02
  }
  return failing({
    'known heads': isHead(element.startArrowhead) && isHead(element.endArrowhead),
    'bound to what can be bound to': bindings.every(({ elementId }) => isBindable(byId.get(elementId)?.type)),
    'what it is bound to knows it': bindings.every(({ elementId }) =>
      boundOf(byId.get(elementId) ?? {}).some(({ id }) => id === element.id),
    ),
    'bound at a place of the target': bindings.every(({ fixedPoint }) =>
      (fixedPoint as readonly number[]).every((part) => part >= 0 && part <= 1),
    ),
    'lines are bound to nothing': element.type === 'arrow' || bindings.length === 0,
    'polygons are closed':
      element.polygon !== true || (points.length > 3 && String(points[0]) === String(points.at(-1))),
    'routes have right angles': element.elbowed !== true || (element.angle === 0 && points.every(isUpright)),
  })
}
