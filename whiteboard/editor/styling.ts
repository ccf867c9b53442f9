import type { Element, ElementId, Patch, Style, StyleKey } from '../model/element.ts'
import { typeMadeBy } from '../tools/registry.ts'
import { applyPatches } from './commands.ts'
import type { EditorCore } from './core.ts'
import { changesTextSize } from './styles.ts'

/** Gives the selection a style, as far as it applies, and remembers it for what is drawn next. */
export const applyStyle = <Key extends StyleKey>(core: EditorCore, key: Key, value: Style[Key]): void => {
  if (!core.canEdit) return
  core.machine.cancel()
  const elements = core.editable().filter(({ type }) => core.kinds.get(type).styles.includes(key))
  const drawn = core.selection.size > 0 ? [] : [typeMadeBy(core.machine.tool)]
  const types = elements.length > 0 ? elements.map(({ type }) => type) : drawn
  for (const type of new Set(types)) {
    if (type !== null) core.styleMemory.remember(core.kinds.get(type), key, value)
  }
  applyPatches(
    core,
    new Map(
      elements.map((element): [ElementId, Patch] => [element.id, stylePatch(core, element, key, value)]),
    ),
  )
  core.stateChanged()
}

/** A larger font may need a larger box. */
const stylePatch = (core: EditorCore, element: Element, key: StyleKey, value: unknown): Patch => {
  const patch = { [key]: value }
  if (!changesTextSize(key)) return patch
  return { ...patch, ...core.kinds.get(element.type).fitted?.({ ...element, ...patch }, core.measure) }
}
