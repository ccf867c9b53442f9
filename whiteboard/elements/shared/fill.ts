import type { Vec } from '../../geometry/types.ts'
import type { Color, FillStyle } from '../../model/element.ts'
import type { Path, Surface } from '../../model/surface.ts'
import { isHatched, paintHatching } from './hatch.ts'
import type { Hand } from './rough.ts'

const SEMI_OPACITY = 0.45

/** An area within one closed line. */
interface Area {
  /** The line as a polygon: the same array for the same line, so that nothing is computed again. */
  readonly outline: () => readonly Vec[]
  readonly path: Path
  readonly color: Color
  readonly style: FillStyle
  /** Board units; hatch lines go by the line round them. */
  readonly strokeWidth: number
  readonly hand: Hand
}

/** Fills an area plainly, as far as its style says so. */
export const paintPlainFill = (
  surface: Surface,
  { path, color, style }: Pick<Area, 'path' | 'color' | 'style'>,
): void => {
  if (style !== 'none') surface.fill(path, color, style === 'semi' ? SEMI_OPACITY : 1)
}

/** Fills an area in any of the styles there are. */
export const paintFill = (surface: Surface, area: Area): void => {
  const { style } = area
  if (isHatched(style)) paintHatching(surface, { ...area, style })
  else paintPlainFill(surface, area)
}
