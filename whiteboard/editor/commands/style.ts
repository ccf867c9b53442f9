import type { Command } from '../../tools/commands.ts'
import { type ConvertibleType, canConvert, convertSelection } from '../converting.ts'
import { copyStyle, hasCopiedStyle, pasteStyle } from '../styling.ts'
import { type CommandDefinition, type Definitions, hasEditable, hasSelection } from './definition.ts'

const convert = (type: ConvertibleType): CommandDefinition => ({
  can: (core) => canConvert(core, type),
  run: (core) => convertSelection(core, type),
})

type Names = Extract<Command, 'copy-style' | 'paste-style' | `convert-${string}`>

/** What changes how elements look, and what they are. */
export const styleCommands: Definitions<Names> = {
  'copy-style': { can: hasSelection, run: copyStyle },
  'paste-style': { can: (core) => hasEditable(core) && hasCopiedStyle(), run: pasteStyle },
  'convert-rectangle': convert('rectangle'),
  'convert-diamond': convert('diamond'),
  'convert-ellipse': convert('ellipse'),
  'convert-triangle': convert('triangle'),
  'convert-parallelogram': convert('parallelogram'),
  'convert-hexagon': convert('hexagon'),
  'convert-star': convert('star'),
  'convert-cloud': convert('cloud'),
  'convert-cylinder': convert('cylinder'),
  'convert-bubble': convert('bubble'),
  'convert-sticky': convert('sticky'),
  'convert-text': convert('text'),
  'convert-line': convert('line'),
  'convert-arrow': convert('arrow'),
}
