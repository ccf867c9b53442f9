import type { Color } from './element.ts'
import { type Fields, healColor, healNumber, healOption } from './heal.ts'

export type Pattern = 'dots' | 'grid' | 'lines' | 'plain'

/** What belongs to a board as a whole; kept in the document's `meta`, the same for all, part of undo. */
export interface BoardSettings {
  readonly pattern: Pattern
  /** The paper, as on a light board; null for the theme's own. */
  readonly background: Color | null
  /** Distance of the grid's lines, in board units. */
  readonly gridStep: number
}

/** Part of the document format: these never change. */
export const DEFAULT_SETTINGS: BoardSettings = { pattern: 'dots', background: null, gridStep: 20 }

export const PATTERNS: readonly Pattern[] = ['dots', 'grid', 'lines', 'plain']

/** Reads settings from whatever a document holds. Never throws. */
export const parseSettings = (fields: Fields): BoardSettings => ({
  pattern: healOption(fields.pattern, PATTERNS, DEFAULT_SETTINGS.pattern),
  background: healColor(fields.background, '') || null,
  gridStep: healNumber(fields.gridStep, DEFAULT_SETTINGS.gridStep, 4, 500),
})
