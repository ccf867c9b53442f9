import type { EditorState } from '../editor-types.ts'
import { typeMadeBy } from '../tools/registry.ts'
import { unlockedOf } from '../tools/selection.ts'
import { hasAllCommands } from './commands/index.ts'
import type { EditorCore } from './core.ts'
import { type ShownStyles, stylesOf, stylesToDraw } from './styles.ts'

/** Styles are read again only when something they depend on was replaced. */
const cache = new WeakMap<EditorCore, { readonly from: readonly unknown[]; readonly styles: ShownStyles }>()

const cachedStyles = (core: EditorCore): ShownStyles => {
  const type = core.typing?.element?.type
  const from = [core.selection, core.selectedTurn, core.machine.tool, type, core.styleMemory.version]
  const known = cache.get(core)
  if (known?.from.every((part, index) => part === from[index])) return known.styles
  const styles = shownStyles(core)
  cache.set(core, { from, styles })
  return styles
}

const shownStyles = (core: EditorCore): ShownStyles => {
  if (core.selection.size > 0) return stylesOf(unlockedOf(core.board, core.selection), core.kinds)
  const type = core.typing?.element?.type ?? typeMadeBy(core.machine.tool)
  return type === null ? {} : stylesToDraw(core.kinds.get(type), core.styleMemory)
}

const isSame = (a: object, b: object): boolean => {
  const entries = Object.entries(a)
  const other = b as Readonly<Record<string, unknown>>
  return (
    entries.length === Object.keys(b).length && entries.every(([key, value]) => Object.is(value, other[key]))
  )
}

/** What the interface shows now; `previous` itself, and its parts, wherever nothing differs. */
export const readState = (core: EditorCore, previous: EditorState | null): EditorState => {
  const styles = cachedStyles(core)
  const next: EditorState = {
    tool: core.machine.tool,
    toolLocked: core.toolLocked,
    snapping: core.snapping,
    selection: core.selection,
    camera: core.camera.camera,
    canUndo: core.canEdit && core.history.canUndo,
    canRedo: core.canEdit && core.history.canRedo,
    editing: core.typing?.id ?? null,
    canEdit: core.canEdit,
    styles: previous && isSame(previous.styles, styles) ? previous.styles : styles,
    penMode: core.navigation.penMode,
    theme: core.theme,
    busy: core.machine.busy && !core.machine.inMode,
    empty: core.board.size === 0,
    following: core.camera.following,
    connectingFrom: core.connectingFrom,
    modes: core.modes,
    allCommands: hasAllCommands(),
  }
  return previous && isSame(previous, next) ? previous : next
}
