import { boxCenter, unionAll } from '../geometry/box.ts'
import { panBy, visibleBox } from '../geometry/camera.ts'
import { boundsOf } from '../geometry/transform.ts'
import type { Vec } from '../geometry/types.ts'
import { elementsOf } from '../model/picked.ts'
import { nearestInDirection, nearestTo } from '../model/plans/nearest.ts'
import { translatePlan } from '../model/plans/translate.ts'
import { readingOrder } from '../tools/selection.ts'
import { type KeyInput, matchShortcut, type ShortcutAction } from '../tools/shortcuts.ts'
import { applyPatches } from './commands/definition.ts'
import { canRun, runCommand } from './commands/index.ts'
import type { EditorCore } from './core.ts'
import { createHere } from './create-here.ts'
import { cropElement } from './crop-element.ts'
import { bringIntoView } from './showing.ts'

/** Escape takes back one thing at a time: a gesture, typing, the selection, the entered group, the tool. */
const takeBack = (core: EditorCore): boolean => {
  if (core.machine.cancel()) return true
  if (core.typing) core.finishTyping()
  else if (core.connectingFrom !== null) core.connectFrom(null)
  else if (core.selection.size > 0) core.select([])
  else if (core.focusedGroup !== null) core.focusedGroup = null
  else if (core.machine.tool !== 'select') core.setTool('select')
  else if (core.modes.focused) core.setModes({ focused: false })
  else return false
  return true
}

/** Most of a page, so that something of the last one stays in view. */
const PAGE_SHARE = 0.9

const movePage = (core: EditorCore, x: number, y: number): boolean => {
  const [width, height] = core.camera.size
  core.camera.animateTo(panBy(core.camera.camera, [x * width * PAGE_SHARE, y * height * PAGE_SHARE]))
  return true
}

/** How many steps of the grid a nudge goes with Shift. */
const GRID_STEPS = 5

/** By board units; on a grid by its steps. */
const nudge = (core: EditorCore, x: number, y: number): boolean => {
  const elements = core.editable()
  if (elements.length === 0) return false
  const { pattern, gridStep } = core.board.settings
  const isLarge = Math.abs(x + y) > 1
  const step = isLarge ? gridStep * GRID_STEPS : gridStep
  const way: Vec = pattern === 'grid' ? [Math.sign(x) * step, Math.sign(y) * step] : [x, y]
  applyPatches(core, translatePlan(elements, way, core.kinds))
  return true
}

/** The next element in reading order becomes the selection; past the last, focus goes on to the rest of the page. */
const stepSelection = (core: EditorCore, by: 1 | -1): boolean => {
  const all = readingOrder(core.board.ordered)
  const current = all.findIndex(({ id }) => core.selection.has(id))
  const next = all[current === -1 ? (by === 1 ? 0 : all.length - 1) : current + by]
  core.select(next ? [next.id] : [])
  if (!next) return false
  bringIntoView(core, boundsOf(next))
  return true
}

/** The nearest element that way becomes the selection; of nothing selected, the one nearest to the middle of the view. */
const jumpSelection = (core: EditorCore, x: number, y: number): boolean => {
  const from = unionAll(elementsOf(core.board, core.selection).map(boundsOf))
  const others = core.board.ordered.filter(({ id }) => !core.selection.has(id))
  const middle = boxCenter(from ?? visibleBox(core.camera.camera, core.camera.size))
  const next = from ? nearestInDirection(others, middle, [x, y]) : nearestTo(others, middle)
  if (!next) return false
  core.select([next.id])
  bringIntoView(core, boundsOf(next))
  return true
}

const editSelected = (core: EditorCore): boolean => {
  if (core.machine.inMode) return core.machine.cancel()
  if (core.machine.tool !== 'select' && core.selection.size === 0) return createHere(core)
  const [element, ...others] = elementsOf(core.board, core.selection)
  if (!element || others.length > 0 || !core.canEdit) return false
  if (core.kinds.get(element.type).crops) {
    cropElement(core, element.id)
    return true
  }
  if (core.kinds.get(element.type).textSlot(element) === null) return false
  core.startTyping(element)
  return true
}

/** Chooses a tool; hand and eraser, pressed again, give way to the tool before. */
const chooseTool = (core: EditorCore, action: ShortcutAction & { type: 'tool' }): boolean => {
  const again = core.machine.tool === action.tool && (action.tool === 'hand' || action.tool === 'eraser')
  core.setTool(again ? core.previousTool : action.tool)
  return true
}

const perform = (core: EditorCore, action: ShortcutAction): boolean => {
  switch (action.type) {
    case 'tool':
      return chooseTool(core, action)
    case 'command':
      if (canRun(core, action.command)) runCommand(core, action.command)
      return true
    case 'nudge':
      return nudge(core, action.x, action.y)
    case 'page':
      return movePage(core, action.x, action.y)
    case 'step-selection':
      return stepSelection(core, action.by)
    case 'jump-selection':
      return jumpSelection(core, action.x, action.y)
    case 'edit-text':
      return editSelected(core)
    case 'escape':
      return takeBack(core)
    default:
      return false
  }
}

/** Keys that mean something to whatever has the focus: they are the board's only when the board has it. */
const NEEDS_FOCUS: ReadonlySet<ShortcutAction['type']> = new Set([
  'nudge',
  'jump-selection',
  'edit-text',
  'page',
])

/**
 * Does what a key means on the board; true when it meant something, so that the browser must not act on it too.
 * `focused`: whether the board, or nothing in particular, has the focus.
 */
export const pressKey = (core: EditorCore, key: KeyInput, focus: 'board' | 'none' | 'elsewhere'): boolean => {
  if (focus !== 'elsewhere' && core.machine.pressKey(key.key)) return true
  const shortcut = matchShortcut(key)
  if (!shortcut) return false
  const { action } = shortcut
  if (focus === 'elsewhere' && NEEDS_FOCUS.has(action.type)) return false
  if (action.type === 'step-selection' && focus !== 'board') return false
  return perform(core, action)
}
