import type { Element, ElementId, Patch, Patches, Style, StyleKey } from '../model/element.ts'
import { typeMadeBy } from '../tools/registry.ts'
import { applyPatches } from './commands/definition.ts'
import type { EditorCore } from './core.ts'
import { changesTextSize } from './styles.ts'

/** What of the selection has such a style and may be changed. */
const styledBy = (core: EditorCore, key: StyleKey): readonly Element[] =>
  core.editable().filter(({ type }) => core.kinds.get(type).styles.includes(key))

const stylePatches = (
  core: EditorCore,
  elements: readonly Element[],
  key: StyleKey,
  value: unknown,
): Patches =>
  new Map(elements.map((element): [ElementId, Patch] => [element.id, stylePatch(core, element, key, value)]))

/** Shows the selection in a style, here and to peers, without writing anything; null takes that back. */
export const previewStyle = <Key extends StyleKey>(
  core: EditorCore,
  key: Key,
  value: Style[Key] | null,
): void => {
  core.machine.cancel()
  const elements = value === null ? [] : styledBy(core, key)
  core.setDraft(
    elements.length > 0 ? { type: 'change', patches: stylePatches(core, elements, key, value) } : null,
  )
}

/** Gives the selection a style, as far as it applies, and remembers it for what is drawn next. */
export const applyStyle = <Key extends StyleKey>(core: EditorCore, key: Key, value: Style[Key]): void => {
  if (!core.canEdit) return
  core.machine.cancel()
  const elements = styledBy(core, key)
  const drawn = core.selection.size > 0 ? [] : [typeMadeBy(core.machine.tool)]
  const types = elements.length > 0 ? elements.map(({ type }) => type) : drawn
  for (const type of new Set(types)) {
    if (type !== null) core.styleMemory.remember(core.kinds.get(type), key, value)
  }
  applyPatches(core, stylePatches(core, elements, key, value))
  core.setDraft(null)
  core.stateChanged()
}

/** A larger font may need a larger box. */
const stylePatch = (core: EditorCore, element: Element, key: StyleKey, value: unknown): Patch => {
  const patch = { [key]: value }
  if (!changesTextSize(key)) return patch
  return { ...patch, ...core.kinds.get(element.type).fitted?.({ ...element, ...patch }, core.measure) }
}
