import type { EditorState, ExportFormat, ExportOptions } from '../../../../whiteboard/index.ts'
import { keep, readKept } from '../../../lib/kept.ts'

/** What is chosen in the dialog. */
export interface ExportSettings {
  readonly format: ExportFormat
  readonly selectionOnly: boolean
  readonly scale: number
  readonly padding: number
  readonly background: boolean
  readonly dark: boolean
  readonly embedScene: boolean
}

const KEY = 'drawbridge.export'

const DEFAULTS = { format: 'png', scale: 2, padding: 16, background: true, embedScene: true } as const

const FORMATS: readonly unknown[] = ['png', 'svg', 'excalidraw', 'json']

const kept = (): Partial<ExportSettings> => {
  const stored = readKept(KEY)
  return typeof stored === 'object' && stored !== null ? (stored as Partial<ExportSettings>) : {}
}

/** As chosen last in this browser; what is selected, and the theme, are as they are now. */
export const readSettings = ({ selection, theme }: EditorState): ExportSettings => {
  const { format, scale, padding, background, embedScene } = kept()
  return {
    format: FORMATS.includes(format) && format ? format : DEFAULTS.format,
    scale: [1, 2, 3, 4].find((each) => each === scale) ?? DEFAULTS.scale,
    padding: [0, 16, 64].find((each) => each === padding) ?? DEFAULTS.padding,
    background: background ?? DEFAULTS.background,
    embedScene: embedScene ?? DEFAULTS.embedScene,
    selectionOnly: selection.size > 0,
    dark: theme === 'dark',
  }
}

/** Never throws. */
export const keepSettings = ({ format, scale, padding, background, embedScene }: ExportSettings): void =>
  keep(KEY, { format, scale, padding, background, embedScene })

export const optionsOf = ({ scale, format, ...settings }: ExportSettings): ExportOptions => ({
  ...settings,
  format,
  scale: format === 'png' ? scale : 1,
})
