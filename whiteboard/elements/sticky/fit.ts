import type { Size } from '../../geometry/types.ts'
import type { Color, VerticalAlign } from '../../model/element.ts'
import type { TextSlot } from '../../model/kind.ts'
import type { TextMeasurer } from '../../model/surface.ts'
import { type Labelled, labelLayout, labelWord } from '../shared/label.ts'

export interface Sticky extends Labelled {
  readonly fill: Color
  readonly verticalAlign: VerticalAlign
  /** The height that a person gave it; text may make it higher for as long as it needs to. */
  readonly minHeight: number
  /** Who wrote it; empty when nobody says so. */
  readonly author: string
}

export const PADDING = 16
/** Board units at the lower edge that belong to the author's name. */
const AUTHOR_ROOM = 28
/** Board units below which a side is too short to show a name as well. */
const AUTHOR_SIDE = 90
/** A small note gets broader for words of up to this length, in font sizes; the usual one has room for them. */
const LONGEST_WORD = 7
/** Letters get smaller down to this part of the chosen size before the note grows. */
const SMALLEST_SHARE = 0.6
/** Sizes that are tried between the chosen and the smallest. */
const STEPS = 16
/** Board units; letters of a note that is (still) too small for its text shrink to this at the worst. */
const SPECK = 1
const TOLERANCE = 0.01

export const showsAuthor = ({ author, size, minHeight }: Sticky): boolean =>
  author !== '' && Math.min(size[0], size[1], minHeight) >= AUTHOR_SIDE

export const slotOf = (note: Sticky): TextSlot => {
  const below = showsAuthor(note) ? AUTHOR_ROOM : PADDING
  return {
    box: {
      minX: PADDING,
      minY: PADDING,
      maxX: Math.max(PADDING + 1, note.size[0] - PADDING),
      maxY: Math.max(PADDING + 1, note.size[1] - below),
    },
    vertical: note.verticalAlign,
    wrap: true,
  }
}

/** The first of `count` steps that passes, if passing a step means passing all later ones; `count` when none does. */
const firstStep = (count: number, passes: (step: number) => boolean): number => {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (passes(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * How large the letters are: as chosen, or as much smaller as it takes for all words to be on the note. It follows from
 * the note and is stored nowhere, so that two people who type at once cannot disagree about it. Even when the note's
 * height does not yet follow what both have written, nothing stands out over its edge.
 */
export const letterSize = (note: Sticky, measure: TextMeasurer): number => {
  if (note.text === '') return note.fontSize
  const slot = slotOf(note)
  const width = slot.box.maxX - slot.box.minX
  const room = slot.box.maxY - slot.box.minY + TOLERANCE
  const fits = (fontSize: number): boolean => labelLayout({ ...note, fontSize }, slot, measure).height <= room
  const smallest = note.fontSize * SMALLEST_SHARE
  const word = labelWord(note, measure) / note.fontSize
  const largest = Math.max(smallest, Math.min(note.fontSize, width / Math.max(word, TOLERANCE)))
  if (fits(largest)) return largest
  const between = (from: number, to: number) => (step: number) => from + ((to - from) * (step + 1)) / STEPS
  const usual = between(largest, smallest)
  const step = firstStep(STEPS, (tried) => fits(usual(tried)))
  if (step < STEPS) return usual(step)
  const tiny = between(smallest, Math.min(SPECK, smallest))
  return tiny(
    Math.min(
      STEPS - 1,
      firstStep(STEPS, (tried) => fits(tiny(tried))),
    ),
  )
}

/** How large the note must be for its text in the smallest letters; never smaller than a person made it. */
export const sizeFor = (note: Sticky, measure: TextMeasurer): Size => {
  if (note.text === '') return [note.size[0], note.minHeight]
  const small = { ...note, fontSize: note.fontSize * SMALLEST_SHARE }
  const word = Math.min(labelWord(small, measure), small.fontSize * LONGEST_WORD)
  const width = Math.max(note.size[0], word + 2 * PADDING)
  const broad = { ...small, size: [width, note.minHeight] as const }
  const { box } = slotOf({ ...broad, size: [width, 1e6] })
  const frame = 1e6 - (box.maxY - box.minY)
  return [width, Math.max(note.minHeight, labelLayout(broad, slotOf(broad), measure).height + frame)]
}
