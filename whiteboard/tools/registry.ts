import { boxTool } from './box.ts'
import type { Tool, ToolId } from './contract.ts'
import { eraserTool } from './eraser.ts'
import { frameTool } from './frame.ts'
import { handTool } from './hand.ts'
import { lassoTool } from './lasso.ts'
import { lineTool } from './line.ts'
import { penTool } from './pen.ts'
import { selectTool } from './select.ts'
import { stickyTool } from './sticky.ts'
import { textTool } from './text.ts'

const all: readonly Tool[] = [
  selectTool,
  lassoTool,
  handTool,
  boxTool('rectangle'),
  boxTool('diamond'),
  boxTool('ellipse'),
  boxTool('triangle'),
  boxTool('parallelogram'),
  boxTool('hexagon'),
  boxTool('star'),
  boxTool('cloud'),
  boxTool('cylinder'),
  boxTool('bubble'),
  lineTool('line'),
  lineTool('arrow'),
  penTool,
  textTool,
  stickyTool,
  frameTool,
  eraserTool,
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
