import { boxTool } from './box.ts'
import type { Tool, ToolId } from './contract.ts'
import { eraserTool } from './eraser.ts'
import { frameTool } from './frame.ts'
import { handTool } from './hand.ts'
import { highlighterTool } from './highlighter.ts'
import { laserTool } from './laser.ts'
import { lassoTool } from './lasso.ts'
import { lineTool } from './line.ts'
import { partialEraserTool } from './partial-eraser.ts'
import { penTool } from './pen.ts'
import { selectTool } from './select.ts'
import { stickyTool } from './sticky.ts'
import { textTool } from './text.ts'

/** The outlined shapes, by tool and by type alike, in the order in which they are offered. */
export const SHAPES = [
  'rectangle',
  'ellipse',
  'diamond',
  'triangle',
  'parallelogram',
  'hexagon',
  'star',
  'cloud',
  'cylinder',
  'bubble',
] as const satisfies readonly ToolId[]

const all: readonly Tool[] = [
  selectTool,
  lassoTool,
  handTool,
  ...SHAPES.map(boxTool),
  lineTool('line'),
  lineTool('arrow'),
  penTool,
  highlighterTool,
  textTool,
  stickyTool,
  frameTool,
  eraserTool,
  partialEraserTool,
  laserTool,
]

/** Every tool; a new one is a file and a line here. */
export const tools: ReadonlyMap<ToolId, Tool> = new Map(all.map((tool) => [tool.id, tool]))

/** The type of element that a tool makes; null for tools that make none. Its styles are what the style panel shows. */
export const typeMadeBy = (tool: ToolId): string | null => {
  if (makesNothing.has(tool)) return null
  return tool === 'pen' ? 'ink' : tool
}

const makesNothing: ReadonlySet<ToolId> = new Set([
  'select',
  'lasso',
  'hand',
  'eraser',
  'partial-eraser',
  'laser',
])

/** Whether a person who may only look can use it. */
export const isReadOnlyTool = (tool: ToolId): boolean => readOnly.has(tool)

const readOnly: ReadonlySet<ToolId> = new Set(['select', 'lasso', 'hand', 'laser'])
