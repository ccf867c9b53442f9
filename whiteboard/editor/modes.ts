import type { ElementId } from '../model/element.ts'

/** How this person has chosen to look at the board, on this page only. */
export interface Modes {
  /** They look at it as somebody would who may not change it. */
  readonly viewing: boolean
  /** Everything round the board is hidden. */
  readonly focused: boolean
  /** The frame that is shown alone. */
  readonly presenting: ElementId | null
  /** The board as it once was is shown in its place. */
  readonly lookingBack: boolean
}

export const PLAIN_MODES: Modes = { viewing: false, focused: false, presenting: null, lookingBack: false }

/** Whether somebody who looks at the board so may change it. */
export const mayChange = ({ viewing, presenting, lookingBack }: Modes): boolean =>
  !viewing && presenting === null && !lookingBack
