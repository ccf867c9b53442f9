import type { Hints } from '../model/hints.ts'
import type { OverlaySource } from './overlay.ts'

const isNothing = (hints: Hints | null): boolean =>
  hints === null || Object.values(hints).every((hint) => hint === undefined || hint === null)

/** Whether the overlay certainly shows nothing, wherever the camera looks; trails aside, which fade by themselves. */
export const isOverlayEmpty = ({ board, scene, marks }: OverlaySource): boolean =>
  scene.selection.size === 0 &&
  scene.focusedGroup === null &&
  scene.marquee === null &&
  isNothing(scene.hints) &&
  scene.presenting === null &&
  scene.highlights === null &&
  scene.editing === null &&
  scene.peers.length === 0 &&
  scene.uploads.size === 0 &&
  (marks === null || (board.frames.length === 0 && board.linked.length === 0)) &&
  scene.draft === null
