import type { Size, Vec } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import { HIGHLIGHTER_TYPE, INK_TYPE } from '../../model/ink-pieces.ts'
import type { KindRegistry } from '../../model/kind.ts'
import { cornerTo, fillTo } from './styles.ts'
import type { Foreign, Written } from './types.ts'
import { baseOf, strokeOf, type WriteContext } from './write-base.ts'
import { writeLabel, writtenText } from './write-text.ts'
import { tracedFrom, turnedInPlace, writeInk, writeLinear } from './write-traced.ts'

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
