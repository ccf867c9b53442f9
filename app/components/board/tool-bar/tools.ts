import {
  Circle,
  Cloud,
  Cylinder,
  createLucideIcon,
  Diamond,
  Eraser,
  Frame,
  Hand,
  Hexagon,
  Highlighter,
  Image,
  LassoSelect,
  type LucideIcon,
  MessageSquare,
  Minus,
  MousePointer2,
  MoveUpRight,
  Pencil,
  Scissors,
  Square,
  Star,
  StickyNote,
  Triangle,
  Type,
  Wand,
} from 'lucide-react'
import { SHAPES, type ToolId } from '../../../../whiteboard/index.ts'
import { toolKeys } from '../../../lib/keys.ts'

export interface ToolButton {
  readonly id: ToolId
  readonly label: string
  readonly Icon: LucideIcon
  /** Whether it changes the board: not for people who only look. */
  readonly edits: boolean
}

const Parallelogram = createLucideIcon('parallelogram', [
  [
    'path',
    {
      d: 'M8 5.5h13a.6.6 0 0 1 .6.8L17 18a.9.9 0 0 1-.8.5H3a.6.6 0 0 1-.6-.8L7.2 6a.9.9 0 0 1 .8-.5z',
      key: 'p',
    },
  ],
])

const tool = (id: ToolId, label: string, Icon: LucideIcon, edits = true): ToolButton => ({
  id,
  label,
  Icon,
  edits,
})

/** Every tool, by name. */
const byId = {
  select: tool('select', 'Select', MousePointer2, false),
  lasso: tool('lasso', 'Lasso', LassoSelect, false),
  hand: tool('hand', 'Hand', Hand, false),
  rectangle: tool('rectangle', 'Rectangle', Square),
  ellipse: tool('ellipse', 'Ellipse', Circle),
  diamond: tool('diamond', 'Diamond', Diamond),
  triangle: tool('triangle', 'Triangle', Triangle),
  parallelogram: tool('parallelogram', 'Parallelogram', Parallelogram),
  hexagon: tool('hexagon', 'Hexagon', Hexagon),
  star: tool('star', 'Star', Star),
  cloud: tool('cloud', 'Cloud', Cloud),
  cylinder: tool('cylinder', 'Cylinder', Cylinder),
  bubble: tool('bubble', 'Speech bubble', MessageSquare),
  arrow: tool('arrow', 'Arrow', MoveUpRight),
  line: tool('line', 'Line', Minus),
  pen: tool('pen', 'Pen', Pencil),
  highlighter: tool('highlighter', 'Highlighter', Highlighter),
  text: tool('text', 'Text', Type),
  sticky: tool('sticky', 'Sticky note', StickyNote),
  image: tool('image', 'Image', Image),
  frame: tool('frame', 'Frame', Frame),
  eraser: tool('eraser', 'Eraser', Eraser),
  'partial-eraser': tool('partial-eraser', 'Erase parts of strokes', Scissors),
  laser: tool('laser', 'Laser pointer', Wand, false),
} as const satisfies Readonly<Record<ToolId, ToolButton>>

export const toolOf = (id: ToolId): ToolButton => byId[id]

/** Every tool, in the order in which lists have them. */
export const TOOLS: readonly ToolButton[] = Object.values(byId)

/** Tools that share a button with each other: it shows the one that was used last. */
export interface ToolFamily {
  readonly label: string
  readonly tools: readonly ToolButton[]
  /** What its button chooses before any of them was used; null for none. */
  readonly first: ToolId | null
}

const family = (label: string, first: ToolId | null, ids: readonly ToolId[]): ToolFamily => ({
  label,
  first,
  tools: ids.map(toolOf),
})

/** Those that share a button. */
const OTHER_SHAPES = SHAPES.filter((shape) => shape !== 'rectangle' && shape !== 'ellipse')

/** A place on the toolbar: a tool, a family, or a gap between what belongs together. */
export type ToolPlace = ToolId | ToolFamily | 'gap'

export const WIDE_TOOLS: readonly ToolPlace[] = [
  'select',
  'hand',
  'gap',
  'rectangle',
  'ellipse',
  family('More shapes', 'diamond', OTHER_SHAPES),
  'arrow',
  'line',
  'gap',
  'pen',
  'text',
  'sticky',
  'image',
  'eraser',
  family('More tools', null, ['frame', 'highlighter', 'partial-eraser', 'laser', 'lasso']),
]

/** Where there is little room, as on phones. */
export const COMPACT_TOOLS: readonly ToolPlace[] = [
  'select',
  'pen',
  family('Shapes', 'rectangle', [...SHAPES, 'arrow', 'line']),
  'text',
  'sticky',
  'eraser',
  family('More tools', null, ['hand', 'image', 'frame', 'highlighter', 'partial-eraser', 'laser', 'lasso']),
]

/** For people who only look. */
export const VIEWER_TOOLS: readonly ToolPlace[] = ['select', 'hand', 'laser']

/** The key that is written on a tool's button: its digit, or else its letter. */
export const badgeOf = (tool: ToolId): string | undefined => {
  const keys = toolKeys(tool)
  return keys.find((key) => /^\d$/.test(key)) ?? keys.find((key) => key.length === 1)
}
