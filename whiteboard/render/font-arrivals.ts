import type { Element, FontFamily } from '../model/element.ts'
import { bundledFont, fontFamilies } from '../model/text/fonts.ts'

type Face = Pick<FontFace, 'family' | 'status'>

/** Families in which more is written than what elements say: names of people and of frames, signs. */
const EVERYWHERE: ReadonlySet<FontFamily> = new Set(['hand', 'sans'])

const hasUbiquitous = (families: ReadonlySet<FontFamily>): boolean =>
  [...families].some((family) => EVERYWHERE.has(family))

const familyOf = ({ family }: Face): FontFamily | undefined => {
  const name = family.replace(/^["']|["']$/g, '')
  return fontFamilies.find((each) => bundledFont(each) === name)
}

const familiesOf = (faces: Iterable<Face>): ReadonlySet<FontFamily> => {
  const families = new Set<FontFamily>()
  for (const face of faces) {
    const family = familyOf(face)
    if (family !== undefined) families.add(family)
  }
  return families
}

const isWrittenIn =
  (families: ReadonlySet<unknown>) =>
  ({ fontFamily }: Element): boolean =>
    families.has(fontFamily)

/**
 * What has to be written anew, of a board with these elements, as fonts have arrived (all of them where the event does not
 * say which): everything, or some elements. What surrounds a board shows all families, as where one is chosen from; most
 * boards use few.
 */
export const writtenAnew = (
  event: Pick<Event, 'type'>,
  ordered: readonly Element[],
): 'all' | readonly Element[] => {
  const faces = 'fontfaces' in event ? (event.fontfaces as readonly Face[]) : null
  if (faces === null) return 'all'
  const families = familiesOf(faces)
  if (families.size === 0) return []
  if (hasUbiquitous(families)) return 'all'
  return ordered.filter(isWrittenIn(families))
}

/** Whether a font is on its way in which something on the board is written. */
export const isAwaited = (faces: Iterable<Face>, ordered: readonly Element[]): boolean => {
  const families = familiesOf([...faces].filter(({ status }) => status === 'loading'))
  if (families.size === 0) return false
  if (hasUbiquitous(families)) return true
  return ordered.some(isWrittenIn(families))
}
