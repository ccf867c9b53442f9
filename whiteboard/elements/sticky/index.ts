import type { Size } from '../../geometry/types.ts'
import type { Color, Patch } from '../../model/element.ts'
import type { ElementKind, TextSlot } from '../../model/kind.ts'
import { DEFAULT_NOTE, DEFAULT_STROKE } from '../../model/palette.ts'
import { parseFields, textFields } from '../shared/fields.ts'
import { type Labelled, labelLayout, labelWord, paintLabel } from '../shared/label.ts'
import { roundedBox } from '../shared/outlines.ts'
import { replaced } from '../shared/place.ts'

interface Sticky extends Labelled {
  readonly fill: Color
  /** The height that a person gave it; text may make it higher for as long as it needs to. */
  readonly minHeight: number
}

const PADDING = 16
const CORNER = 5
/** A small note gets broader for words of up to this length, in font sizes; the usual one has room for them. */
const LONGEST_WORD = 7
/** Board units round the note that its shadow may cover. */
const SHADOW = 22
/** Device pixels per unit below which the shadow is not worth drawing. */
const SHADOW_SCALE = 0.3

const defaults = { fill: DEFAULT_NOTE, ...textFields, fontSize: 22, minHeight: 200 } as const

const slotOf = (note: Sticky): TextSlot => ({
  box: {
    minX: PADDING,
    minY: PADDING,
    maxX: Math.max(PADDING + 1, note.size[0] - PADDING),
    maxY: Math.max(PADDING + 1, note.size[1] - PADDING),
  },
  vertical: 'middle',
  wrap: true,
})

const sized = (note: Sticky, [width, height]: Size): Patch => {
  const isSame = Math.abs(width - note.size[0]) < 0.01 && Math.abs(height - note.size[1]) < 0.01
  return isSame ? {} : replaced(note, [(note.size[0] - width) / 2, 0], [width, height])
}

/** A note of coloured paper that grows with what is written on it. */
export const sticky: ElementKind = {
  type: 'sticky',
  defaults,
  styles: ['fill', 'fontFamily', 'fontSize', 'textAlign', 'opacity'],
  resize: 'box',
  parse: (fields) => parseFields(fields, defaults),
  paint: (surface, element, context) => {
    const note = element as Sticky
    const paper = roundedBox(note.size, CORNER)
    if (surface.scale >= SHADOW_SCALE) surface.shadow(paper)
    surface.fill(paper, note.fill)
    paintLabel(surface, note, slotOf(note), DEFAULT_STROKE, context)
  },
  hit: ({ size }, [x, y], tolerance) =>
    x >= -tolerance && y >= -tolerance && x <= size[0] + tolerance && y <= size[1] + tolerance,
  overhang: () => SHADOW,
  resized: (_, size) => ({ minHeight: size[1] }),
  fitted: (element, measure) => {
    const note = element as Sticky
    if (note.text === '') return sized(note, [note.size[0], note.minHeight])
    const word = Math.min(labelWord(note, measure), note.fontSize * LONGEST_WORD)
    const width = Math.max(note.size[0], word + 2 * PADDING)
    const broad = { ...note, size: [width, note.size[1]] as const }
    const written = labelLayout(broad, slotOf(broad), measure).height + 2 * PADDING
    return sized(note, [width, Math.max(note.minHeight, written)])
  },
  textSlot: (element) => slotOf(element as Sticky),
}
