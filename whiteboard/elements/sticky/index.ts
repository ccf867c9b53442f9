import type { Size } from '../../geometry/types.ts'
import type { Patch } from '../../model/element.ts'
import type { ElementKind } from '../../model/kind.ts'
import { DEFAULT_NOTE, DEFAULT_STROKE } from '../../model/palette.ts'
import type { Surface, TextMeasurer } from '../../model/surface.ts'
import { readsRightToLeft } from '../../model/text/bidi.ts'
import { truncated } from '../../model/text/graphemes.ts'
import { readBy, textFields } from '../shared/fields.ts'
import { paintBars, paintLabel } from '../shared/label.ts'
import { boxPath, hitsBox, roundedBox } from '../shared/outlines.ts'
import { replaced } from '../shared/place.ts'
import { letterSize, PADDING, type Sticky, showsAuthor, sizeFor, slotOf } from './fit.ts'

const CORNER = 5
/** Board units round the note that its shadow may cover. */
const SHADOW = 22
/** Device pixels per unit below which neither shadow nor author can be made out. */
const DETAIL_SCALE = 0.3

const AUTHOR = { color: DEFAULT_STROKE, family: 'sans', size: 11, align: 'left', opacity: 0.7 } as const
/** From the lower edge to the line that the author's name stands on. */
const AUTHOR_BASELINE = 11

const defaults = {
  fill: DEFAULT_NOTE,
  ...textFields,
  fontSize: 22,
  verticalAlign: 'middle',
  minHeight: 200,
  author: '',
} as const

const sized = (note: Sticky, [width, height]: Size): Patch => {
  const isSame = Math.abs(width - note.size[0]) < 0.01 && Math.abs(height - note.size[1]) < 0.01
  return isSame ? {} : replaced(note, [(note.size[0] - width) / 2, 0], [width, height])
}

const paintAuthor = (surface: Surface, { author, size }: Sticky, measure: TextMeasurer): void => {
  const room = size[0] - 2 * PADDING
  const text = truncated(author, (part) => measure.width(part, AUTHOR.family, AUTHOR.size) <= room)
  const baseline = size[1] - AUTHOR_BASELINE
  surface.text([{ text, x: PADDING, baseline, rightToLeft: readsRightToLeft(author) }], AUTHOR)
}

/** A note of coloured paper. What is written on it gets smaller to fit, and then the note grows. */
export const sticky: ElementKind = {
  type: 'sticky',
  defaults,
  styles: ['fill', 'fontFamily', 'fontSize', 'textAlign', 'verticalAlign', 'opacity'],
  resize: 'box',
  ...readBy(defaults),
  paint: (surface, element, context) => {
    const note = element as Sticky
    const paper = roundedBox(note.size, CORNER)
    const isDetailed = surface.scale >= DETAIL_SCALE
    if (isDetailed) surface.shadow(paper)
    surface.fill(paper, note.fill)
    if (isDetailed && showsAuthor(note)) paintAuthor(surface, note, context.measure)
    if (note.text === '' || context.editing) return
    const written = { ...note, fontSize: letterSize(note, context.measure) }
    paintLabel(surface, written, slotOf(note), DEFAULT_STROKE, context)
  },
  paintSmall: (surface, element, context) => {
    const note = element as Sticky
    surface.fill(boxPath(note.size), note.fill)
    if (note.text !== '') paintBars(surface, note, slotOf(note), DEFAULT_STROKE, context)
  },
  hit: ({ size }, point, tolerance) => hitsBox(size, point, tolerance),
  overhang: () => SHADOW,
  resized: (_, size) => ({ minHeight: size[1] }),
  fitted: (element, measure) => sized(element as Sticky, sizeFor(element as Sticky, measure)),
  textSlot: (element) => slotOf(element as Sticky),
}
