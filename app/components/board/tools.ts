import {
  Circle,
  Diamond,
  Eraser,
  Hand,
  Image,
  type LucideIcon,
  Minus,
  MousePointer2,
  MoveUpRight,
  Pencil,
  Square,
  StickyNote,
  Type,
} from 'lucide-react'
import type { ToolId } from '../../../whiteboard/index.ts'
import { toolKeys } from '../../lib/keys.ts'

export interface ToolButton {
  readonly id: ToolId
  readonly label: string
  readonly Icon: LucideIcon
  /** Whether it changes the board: not for people who only look. */
  readonly edits: boolean
}

/** The toolbar, in order. */
export const TOOLS: readonly ToolButton[] = [
  { id: 'select', label: 'Select', Icon: MousePointer2, edits: false },
  { id: 'hand', label: 'Hand', Icon: Hand, edits: false },
  { id: 'rectangle', label: 'Rectangle', Icon: Square, edits: true },
  { id: 'diamond', label: 'Diamond', Icon: Diamond, edits: true },
  { id: 'ellipse', label: 'Ellipse', Icon: Circle, edits: true },
  { id: 'arrow', label: 'Arrow', Icon: MoveUpRight, edits: true },
  { id: 'line', label: 'Line', Icon: Minus, edits: true },
  { id: 'pen', label: 'Pen', Icon: Pencil, edits: true },
  { id: 'text', label: 'Text', Icon: Type, edits: true },
  { id: 'sticky', label: 'Sticky note', Icon: StickyNote, edits: true },
  { id: 'image', label: 'Image', Icon: Image, edits: true },
  { id: 'eraser', label: 'Eraser', Icon: Eraser, edits: true },
]

const SHAPE_TOOLS: readonly ToolId[] = ['rectangle', 'diamond', 'ellipse', 'arrow', 'line']

/** On phones these share one button. */
export const SHAPES: readonly ToolButton[] = TOOLS.filter(({ id }) => SHAPE_TOOLS.includes(id))

/** The key that is written on a tool's button: its digit, or else its letter. */
export const badgeOf = (tool: ToolId): string | undefined => {
  const keys = toolKeys(tool)
  return keys.find((key) => /^\d$/.test(key)) ?? keys[0]
}
