import { boxOfPoints } from '../../geometry/box.ts'
import type { FixedSegment } from '../../geometry/elbow.ts'
import type { Size, Vec } from '../../geometry/types.ts'
import type { Element, ElementId } from '../../model/element.ts'
import { COORDINATE_LIMIT, type Fields, healLink, isPlainObject } from '../../model/heal.ts'
import { encodeInk, type InkPoint } from '../../model/ink.ts'
import { VARIABLE_BREADTH } from '../../model/ink-pieces.ts'
import type { KindRegistry } from '../../model/kind.ts'
import { FIRST_KEY } from '../../model/order.ts'
import { healElement } from '../../model/parse-element.ts'
import type { AssetId } from '../../model/surface.ts'
import {
  bindingOf,
  fontOf,
  isContainer,
  isLinear,
  isPoint,
  nameOf,
  placeOf,
  pointsOf,
  roundnessOf,
  typeOf,
  writtenOn,
} from './restore.ts'
import { cornerFrom, familyFrom, fillFrom, headFrom, inkFrom } from './styles.ts'
import { type Foreign, KEPT_FIELD, type Kept } from './types.ts'
import { finite, listOf, recordOf, safeCopy, stringOf } from './values.ts'

/**
 * Our element for one of theirs (with the text bound to it), healed; null when nothing can be made of it. A function of
 * what is kept and nothing else, so that it tells at any time what an element was when it came in.
 */
export const readElement = (kept: Kept, kinds: KindRegistry): Element | null => {
  const { element } = kept
  const type = ownType(typeOf(element), kinds)
  if (type === null) return null
  const own = ownFields(type, kept)
  if (own === null) return null
  const { fit } = kept
  const place = fit && { position: fit.slice(0, 2), size: fit.slice(2) }
  const shared = { ...sharedFields(element), id: element.id, type, order: FIRST_KEY }
  return healElement(Object.assign(shared, own, place), kinds)
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['rectangle', 'rectangle'],
  ['diamond', 'diamond'],
  ['ellipse', 'ellipse'],
  ['line', 'line'],
  ['arrow', 'arrow'],
  ['freedraw', 'ink'],
  ['text', 'text'],
  ['image', 'image'],
  ['frame', 'frame'],
  ['stickynote', 'sticky'],
])

/** Types that have no counterpart keep their name, unless one of ours has it already, and are shown as placeholders. */
const ownType = (type: string, kinds: KindRegistry): string | null => {
  if (type === '') return null
  const known = TYPES.get(type)
  if (known !== undefined) return known
  const name = type.slice(0, 48)
  return kinds.has(name) ? `excalidraw ${name}` : name
}

const sharedFields = (element: Foreign): Fields => {
  const { x, y, width, height } = placeOf(element)
  return {
    position: [x, y],
    size: [width, height],
    rotation: finite(element.angle, 0),
    groups: listOf(element.groupIds),
    locked: element.locked === true,
    opacity: Math.min(100, Math.max(0, finite(element.opacity, 100))) / 100,
    frame: stringOf(element.frameId),
    link: healLink(element.link),
    text: '',
  }
}

const ownFields = (type: string, { element, label, asset, natural }: Kept): Fields | null => {
  switch (type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
      return {
        ...strokeFields(element),
        ...fillFields(element),
        ...cornerField(element),
        ...labelFields(label),
      }
    case 'sticky':
      return { ...noteFields(element), ...labelFields(label) }
    case 'line':
    case 'arrow':
      return { ...strokeFields(element), ...linearFields(element), ...labelFields(label) }
    case 'ink':
      return inkFields(element)
    case 'text':
      return { stroke: inkFrom(element.strokeColor), ...labelFields(element), ...textFields(element) }
    case 'image':
      return { asset: asset ?? null, ...pictureFields(element, natural) }
    case 'frame':
      return { text: nameOf(element) }
    default:
      return {}
  }
}

/** A transparent line is one without breadth. */
const strokeFields = (element: Foreign): Fields => {
  const stroke = element.strokeColor === undefined ? inkFrom('#1e1e1e') : inkFrom(element.strokeColor)
  const seed = finite(element.seed, 0)
  return {
    ...(stroke === null ? { strokeWidth: 0 } : { stroke, strokeWidth: finite(element.strokeWidth, 2) }),
    dash: element.strokeStyle,
    roughness: finite(element.roughness, 1),
    ...(Number.isInteger(seed) && seed > 0 ? { seed } : {}),
  }
}

const fillFields = (element: Foreign): Fields => fillFrom(element.backgroundColor, element.fillStyle)

const cornerField = (element: Foreign): Fields => {
  const { width, height } = placeOf(element)
  return { corner: cornerFrom(roundnessOf(element), width, height) }
}

const noteFields = (element: Foreign): Fields => {
  const { fill, fillStyle } = fillFrom(element.backgroundColor, 'solid')
  const height = finite(element.baseHeight, placeOf(element).height)
  return { ...(fillStyle === 'none' ? {} : { fill }), minHeight: height }
}

const labelFields = (label: Foreign | undefined): Fields => {
  if (!label) return {}
  const { fontSize, fontFamily } = fontOf(label)
  return {
    text: writtenOn(label),
    fontSize: finite(label.fontSizeMax, fontSize),
    fontFamily: familyFrom(fontFamily),
    textAlign: label.textAlign,
    verticalAlign: label.verticalAlign,
  }
}

const textFields = (text: Foreign): Fields => ({ autoWidth: text.autoResize !== false })

const linearFields = (element: Foreign): Fields => {
  const points = pointsOf(element)
  const isPolygon = typeOf(element) === 'line' && isClosed(element, points)
  const round = roundnessOf(element)
  const route = element.elbowed === true ? 'elbow' : round ? 'curved' : 'straight'
  const isArrow = typeOf(element) === 'arrow'
  const endHead = isArrow && element.endArrowhead === undefined ? 'arrow' : headFrom(element.endArrowhead)
  return {
    ...traced(element, points, isPolygon),
    ...(route === 'elbow' ? { fixed: fixedFrom(element, points) } : {}),
    ...(isPolygon ? { closed: true, ...fillFields(element) } : {}),
    route,
    corner: 0,
    startHead: headFrom(element.startArrowhead),
    endHead,
    ...(isArrow ? { start: bindingOf(element.startBinding), end: bindingOf(element.endBinding) } : {}),
  }
}

/** Polygons end where they began; lines that do so by themselves are filled there too. */
const isClosed = (element: Foreign, points: readonly Vec[]): boolean => {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 4) return false
  return element.polygon === true || (first[0] === last[0] && first[1] === last[1] && points.length > 3)
}

/** Place and points of what is drawn along points: ours begin at 0 in both directions, theirs at the first point. */
const traced = (element: Foreign, points: readonly Vec[], isPolygon: boolean): Fields => {
  const kept = isPolygon ? points.slice(0, -1) : points
  const box = boxOfPoints(kept)
  if (!box) return {}
  return {
    position: [finite(element.x, 0) + box.minX, finite(element.y, 0) + box.minY],
    size: [box.maxX - box.minX, box.maxY - box.minY],
    points: kept.map(([x, y]): Vec => [x - box.minX, y - box.minY]),
  }
}

/** The segments that were put in their place by hand: ours count from the corner of the box, theirs from the first point. */
const fixedFrom = (element: Foreign, points: readonly Vec[]): readonly FixedSegment[] => {
  const { minX, minY } = boxOfPoints(points) ?? { minX: 0, minY: 0 }
  return listOf(element.fixedSegments).flatMap((segment): FixedSegment[] => {
    const { start, end } = recordOf(segment)
    if (!isPoint(start) || !isPoint(end)) return []
    const isUpright = Math.abs(start[0] - end[0]) < Math.abs(start[1] - end[1])
    return [isUpright ? { axis: 'x', at: start[0] - minX } : { axis: 'y', at: start[1] - minY }]
  })
}

const NO_PRESSURE = 0.5

/** A pen of theirs that gives with pressure is this much broader than ours of the same width. */
const PEN_RATIO = 4.25 / VARIABLE_BREADTH

const inkFields = (element: Foreign): Fields | null => {
  const points = pointsOf(element)
  const box = boxOfPoints(points)
  if (!box) return null
  const pressures = listOf(element.pressures)
  const simulatePressure = element.simulatePressure !== false || pressures.length === 0
  const { variability, streamline } = recordOf(element.strokeOptions)
  const isConstant = variability === 'constant'
  const ink = points.map(([x, y], index): InkPoint => {
    const pressure = simulatePressure ? NO_PRESSURE : finite(pressures[index], NO_PRESSURE)
    return [x - box.minX, y - box.minY, pressure]
  })
  const { stroke, strokeWidth } = strokeFields(element)
  return {
    ...(stroke === undefined ? {} : { stroke }),
    strokeWidth: Number(strokeWidth) * (isConstant ? 1 : PEN_RATIO),
    position: [finite(element.x, 0) + box.minX, finite(element.y, 0) + box.minY],
    size: [box.maxX - box.minX, box.maxY - box.minY],
    ink: encodeInk(ink),
    penWidth: isConstant ? 'constant' : 'variable',
    streamline: finite(streamline, 0.5),
    simulatePressure,
  }
}

/** Their crop counts the pixels of the file that they had; ours those of the stored picture. */
const pictureFields = (element: Foreign, stored: Size | undefined): Fields => {
  const [flipX, flipY] = listOf(element.scale)
  const { x, y, width, height, naturalWidth, naturalHeight } = recordOf(element.crop)
  const crop = [x, y, width, height].map((value) => finite(value, -1))
  const full = [finite(naturalWidth, 0), finite(naturalHeight, 0)] as const
  const natural = stored ?? full
  const isCropped = crop.every((value) => value >= 0) && full[0] > 0 && full[1] > 0
  const scaled = crop.map((value, index) => (value * (natural[index % 2] ?? 1)) / (full[index % 2] || 1))
  return {
    ...cornerField(element),
    flip: [flipX === -1, flipY === -1],
    ...(isCropped ? { natural, crop: scaled } : stored ? { natural } : {}),
  }
}

/** Characters of JSON that are kept of one element; a longer one is read, but goes out as it is drawn here. */
export const MAX_KEPT = 1_000_000

/** What kept JSON says; null for what is none. Peers may have written anything there. */
export const keptOf = (element: Element): Kept | null => {
  const json = element[KEPT_FIELD]
  if (typeof json !== 'string' || json.length > MAX_KEPT) return null
  try {
    const kept = recordOf(safeCopy(JSON.parse(json)))
    const { label, dangling, asset, natural, fit } = kept
    const original = recordOf(kept.element)
    if (typeof original.id !== 'string' || typeof original.type !== 'string') return null
    return {
      element: original,
      ...(isPlainObject(label) && { label }),
      ...(Array.isArray(dangling) && { dangling: dangling.filter((id) => typeof id === 'string') }),
      ...(typeof asset === 'string' && { asset: asset as AssetId }),
      ...(isSize(natural) && { natural }),
      ...(isFit(fit) && { fit }),
    }
  } catch {
    return null
  }
}

const isSize = (value: unknown): value is Size =>
  Array.isArray(value) && value.length === 2 && value.every((side) => typeof side === 'number' && side > 0)

const isFit = (value: unknown): value is NonNullable<Kept['fit']> =>
  Array.isArray(value) && value.length === 4 && value.every(Number.isFinite)

/** Why nothing can be shown of an object of a file; null when something can. */
export const flawOf = (element: Foreign): string | null => {
  const type = typeOf(element)
  if (type === '') return 'It has no type.'
  if (type === 'selection') return 'It is a selection that an old version left behind, not a drawing.'
  if (type === 'text' && writtenOn(element).trim() === '') return 'It is a text without letters.'
  if (type === 'freedraw' && pointsOf(element).length === 0) return 'It is a stroke without points.'
  if (!isLinear(element) && isContainer(element)) {
    const { width, height } = placeOf(element)
    if (width === 0 && height === 0) return 'It has no size.'
  }
  return null
}

/** Whether it lies further out than a board goes. */
export const isOutside = (element: Foreign): boolean => {
  const { x, y, width, height } = placeOf(element)
  return [x, y, x + width, y + height].some((value) => Math.abs(value) > COORDINATE_LIMIT)
}

export const idOf = (element: Foreign): ElementId => element.id as ElementId
