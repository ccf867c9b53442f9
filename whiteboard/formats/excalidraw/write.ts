import { boxOfPoints } from '../../geometry/box.ts'
import { centerOf } from '../../geometry/transform.ts'
import type { Box, Size, Vec } from '../../geometry/types.ts'
import { rotateAround } from '../../geometry/vector.ts'
import type { Element, FontFamily, TextAlign } from '../../model/element.ts'
import { cutsOf } from '../../model/ink-cuts.ts'
import { breadthOf, HIGHLIGHTER_TYPE, INK_TYPE, type InkPiece, inkPieces } from '../../model/ink-pieces.ts'
import type { KindRegistry, TextSlot } from '../../model/kind.ts'
import type { TextMeasurer } from '../../model/surface.ts'
import { LINE_HEIGHT, layoutText } from '../../model/text-layout.ts'
import { cornerTo, familyTo, fillTo, headTo, inkTo } from './styles.ts'
import type { Foreign, Written } from './types.ts'
import { finite, numberFrom } from './values.ts'

export interface WriteContext {
  readonly kinds: KindRegistry
  readonly measure: TextMeasurer
}

/** Type and everything that all of their elements have, in their order. */
const baseOf = (element: Element, type: string, id: string): Record<string, unknown> => ({
  id,
  type,
  x: element.position[0],
  y: element.position[1],
  width: element.size[0],
  height: element.size[1],
  angle: element.rotation,
  strokeColor: inkTo(element.stroke),
  backgroundColor: 'transparent',
  fillStyle: 'solid',
  strokeWidth: finite(element.strokeWidth, 2),
  strokeStyle: element.dash ?? 'solid',
  roughness: finite(element.roughness, 0),
  opacity: Math.round(element.opacity * 100),
  groupIds: [...element.groups],
  frameId: element.frame,
  index: null,
  roundness: null,
  seed: finite(element.seed, numberFrom(id)),
  version: 1,
  versionNonce: numberFrom(`${id} version`),
  isDeleted: false,
  boundElements: [],
  updated: 1,
  created: null,
  link: element.link,
  locked: element.locked,
})

/** A line without breadth is one that cannot be seen. */
const strokeOf = (element: Element): Foreign =>
  element.strokeWidth === 0 ? { strokeColor: 'transparent', strokeWidth: 1 } : {}

const alone = (element: Foreign, label: Foreign | null = null): Written => ({ element, label, pieces: [] })

/** One of our elements as theirs: the nearest that they have, with its text bound to it or beside it. */
export const writeElement = (element: Element, context: WriteContext): Written => {
  const { id } = element
  switch (element.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
      return alone(writeShape(element, element.type), writeLabel(element, context))
    case 'sticky':
      return alone(writeNote(element), writeLabel(element, context))
    case 'line':
    case 'arrow':
      return alone(writeLinear(element), writeLabel(element, context))
    case INK_TYPE:
    case HIGHLIGHTER_TYPE:
      return writeInk(element)
    case 'text':
      return alone({ ...baseOf(element, 'text', id), ...writtenText(element, null, context) })
    case 'image':
      return alone(writePicture(element))
    case 'frame':
      return alone({
        ...baseOf(element, 'frame', id),
        strokeColor: '#bbb',
        name: element.text || null,
      })
    default:
      return writeOther(element, context)
  }
}

const writeShape = (element: Element, type: string): Foreign => ({
  ...baseOf(element, type, element.id),
  ...strokeOf(element),
  ...fillTo(element.fill, element.fillStyle),
  roundness: type === 'ellipse' ? { type: 2 } : cornerTo(element.corner),
})

/** Released versions drop notes: a filled rectangle without a line looks the same. */
const writeNote = (element: Element): Foreign => ({
  ...baseOf(element, 'rectangle', element.id),
  ...fillTo(element.fill, 'solid'),
  strokeColor: 'transparent',
  strokeWidth: 1,
})

const writePicture = (element: Element): Foreign => {
  const [flipX, flipY] = element.flip as readonly [unknown, unknown]
  const [naturalWidth, naturalHeight] = (element.natural ?? [0, 0]) as Size
  const crop = element.crop as readonly [number, number, number, number] | null
  return {
    ...baseOf(element, 'image', element.id),
    strokeColor: 'transparent',
    roundness: element.corner ? cornerTo(element.corner) : null,
    fileId: element.asset ?? null,
    status: element.asset ? 'saved' : 'pending',
    scale: [flipX === true ? -1 : 1, flipY === true ? -1 : 1],
    crop: crop
      ? { x: crop[0], y: crop[1], width: crop[2], height: crop[3], naturalWidth, naturalHeight }
      : null,
  }
}

const isVec = (value: unknown): value is Vec =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number'

/** Points of their own measure as they lie in a box of this size. */
const stretched = (points: readonly Vec[], [width, height]: Size): readonly Vec[] => {
  const box = boxOfPoints(points)
  if (!box) return []
  const scaleX = box.maxX > box.minX && width > 0 ? width / (box.maxX - box.minX) : 1
  const scaleY = box.maxY > box.minY && height > 0 ? height / (box.maxY - box.minY) : 1
  return points.map(([x, y]): Vec => [(x - box.minX) * scaleX, (y - box.minY) * scaleY])
}

/** Place and points as theirs: `x`, `y` is the first point, and all others are counted from it. */
const tracedFrom = (element: Element, points: readonly (readonly number[])[]): Foreign => {
  const [startX = 0, startY = 0] = points[0] ?? []
  return {
    x: element.position[0] + startX,
    y: element.position[1] + startY,
    points: points.map(([x = 0, y = 0]) => [x - startX, y - startY]),
  }
}

const bindingTo = (value: unknown): Foreign | null => {
  if (typeof value !== 'object' || value === null) return null
  const { element, anchor, mode } = value as Foreign
  if (typeof element !== 'string' || !isVec(anchor)) return null
  return { elementId: element, fixedPoint: [...anchor], mode: mode === 'inside' ? 'inside' : 'orbit' }
}

const writeLinear = (element: Element): Foreign => {
  const corners = Array.isArray(element.points) ? element.points.filter(isVec) : []
  const points = stretched(corners, element.size)
  const isClosed = element.closed === true && points.length > 2
  const first = points[0]
  const isArrow = element.type === 'arrow'
  const isElbow = isArrow && element.route === 'elbow'
  return {
    ...baseOf(element, element.type, element.id),
    ...strokeOf(element),
    ...(isClosed ? fillTo(element.fill, element.fillStyle) : {}),
    ...tracedFrom(element, isClosed && first ? [...points, first] : points),
    roundness: element.route === 'curved' ? { type: 2 } : null,
    startBinding: isArrow ? bindingTo(element.start) : null,
    endBinding: isArrow ? bindingTo(element.end) : null,
    startArrowhead: headTo(element.startHead),
    endArrowhead: headTo(element.endHead),
    ...(isArrow ? { elbowed: isElbow } : { polygon: isClosed }),
    ...(isElbow ? { fixedSegments: null, startIsSpecial: null, endIsSpecial: null } : {}),
  }
}

/** Pressure of devices that report none; where all points have it, theirs is simulated too. */
const NO_PRESSURE = 0.5

/** Breadth of their pens for each unit of stroke width: of one that gives with pressure, and of one that does not. */
const FOREIGN_BREADTH = { variable: 4.25, constant: 1.4 } as const

const writeStroke = (element: Element, id: string, { points, pressures }: InkPiece): Foreign => {
  const simulatePressure =
    typeof element.simulatePressure === 'boolean'
      ? element.simulatePressure
      : pressures.every((pressure) => Math.abs(pressure - NO_PRESSURE) <= 0.02)
  const isConstant = element.type === HIGHLIGHTER_TYPE || element.penWidth === 'constant'
  const variability = isConstant ? 'constant' : 'variable'
  const box = boxOfPoints(points)
  return {
    ...baseOf(element, 'freedraw', id),
    ...(box ? { width: box.maxX - box.minX, height: box.maxY - box.minY } : {}),
    ...tracedFrom(element, points),
    strokeWidth: breadthOf(element) / FOREIGN_BREADTH[variability],
    pressures: simulatePressure ? [] : pressures,
    simulatePressure,
    strokeOptions: { variability, streamline: finite(element.streamline, 0.5) },
  }
}

/** What has another middle than the element is turned round its own there: it goes where it is seen here. */
const turnedInPlace = (element: Element, traced: Foreign): Foreign => {
  const box = element.rotation === 0 ? null : boxOfPoints(traced.points as readonly Vec[])
  if (!box) return traced
  const [x, y] = [Number(traced.x), Number(traced.y)]
  const middle: Vec = [x + (box.minX + box.maxX) / 2, y + (box.minY + box.maxY) / 2]
  const turned = rotateAround(middle, centerOf(element), element.rotation)
  return { ...traced, x: x + turned[0] - middle[0], y: y + turned[1] - middle[1] }
}

/** A stroke of which parts were erased becomes one stroke for each piece that is left. */
const writeInk = (element: Element): Written => {
  const pieces = inkPieces(element).map((piece, index) => {
    const id = index === 0 ? element.id : pieceId(element.id, index)
    const stroke = writeStroke(element, id, piece)
    return isWhole(element) ? stroke : turnedInPlace(element, stroke)
  })
  const [first = writeStroke(element, element.id, { points: [], pressures: [] }), ...others] = pieces
  return { element: first, label: null, pieces: others }
}

const isWhole = (element: Element): boolean => cutsOf(element).length === 0

export const pieceId = (id: string, index: number): string => `${id}-piece-${index}`
export const labelId = (id: string): string => `${id}-label`

const slotOf = (element: Element, kinds: KindRegistry): TextSlot | null => {
  try {
    return kinds.get(element.type).textSlot(element)
  } catch {
    return null
  }
}

const textBox = (element: Element, slot: TextSlot, height: number): Box => {
  const { minX, maxX, minY, maxY } = slot.box
  const free = maxY - minY - height
  const top = minY + (slot.vertical === 'top' ? 0 : slot.vertical === 'bottom' ? free : free / 2)
  const [left, y] = [element.position[0] + minX, element.position[1] + top]
  return { minX: left, minY: y, maxX: left + maxX - minX, maxY: y + height }
}

/** The fields of a text; where it stands in a slot of something else, broken into lines for it. */
const writtenText = (element: Element, slot: TextSlot | null, { measure }: WriteContext): Foreign => {
  const fontSize = finite(element.fontSize, 20)
  const family = (element.fontFamily ?? 'hand') as FontFamily
  const align = (element.textAlign ?? 'left') as TextAlign
  const wraps = slot ? slot.wrap : element.autoWidth === false
  const width = slot ? Math.max(1, slot.box.maxX - slot.box.minX) : element.size[0]
  const { lines } = layoutText(element.text, { family, size: fontSize, align }, wraps ? width : null, measure)
  return {
    text: wraps ? lines.map(({ text }) => text.trimEnd()).join('\n') : element.text,
    originalText: element.text,
    fontSize,
    fontFamily: familyTo(family),
    textAlign: align,
    verticalAlign: slot ? (element.verticalAlign ?? slot.vertical) : 'top',
    containerId: slot ? element.id : null,
    autoResize: slot ? true : element.autoWidth !== false,
    lineHeight: LINE_HEIGHT,
  }
}

/** The text on an element, as one of theirs that is bound to it; null when nothing is written. */
const writeLabel = (element: Element, context: WriteContext): Foreign | null => {
  const slot = element.text === '' ? null : slotOf(element, context.kinds)
  if (!slot) return null
  const text = writtenText(element, slot, context)
  const height = String(text.text).split('\n').length * Number(text.fontSize) * LINE_HEIGHT
  const { minX, minY, maxX } = textBox(element, slot, height)
  return {
    ...baseOf(element, 'text', labelId(element.id)),
    ...text,
    x: minX,
    y: minY,
    width: maxX - minX,
    height,
    angle: element.type === 'arrow' ? 0 : element.rotation,
    strokeColor: element.type === 'sticky' ? inkTo('#22242a') : inkTo(element.stroke),
    strokeWidth: 1,
    strokeStyle: 'solid',
    link: null,
  }
}

/** Shapes that they do not have become polygons with their text beside them in a group; the rest a dashed box. */
const writeOther = (element: Element, context: WriteContext): Written => {
  const outline = outlineOf(element, context.kinds)
  if (!outline) {
    return alone({
      ...baseOf(element, 'rectangle', element.id),
      strokeStyle: 'dashed',
      strokeColor: '#747a87',
    })
  }
  const label = writeLabel(element, context)
  const [first = [0, 0]] = outline
  const shape = turnedInPlace(element, {
    ...baseOf(element, 'line', element.id),
    ...strokeOf(element),
    ...fillTo(element.fill, element.fillStyle),
    ...tracedFrom(element, [...outline, first]),
    startBinding: null,
    endBinding: null,
    startArrowhead: null,
    endArrowhead: null,
    polygon: true,
  })
  if (!label) return alone(shape)
  const groupIds = [groupIdOf(element.id), ...element.groups]
  return alone({ ...shape, groupIds }, { ...label, containerId: null, autoResize: false, groupIds })
}

/** The group that holds a shape and the text that cannot be bound to it. */
export const groupIdOf = (id: string): string => `${id}-group`

const outlineOf = (element: Element, kinds: KindRegistry): readonly Vec[] | null => {
  if (!kinds.has(element.type)) return null
  try {
    const outline = kinds.get(element.type).outline?.(element)
    return outline && outline.length > 2 ? outline : null
  } catch {
    return null
  }
}
