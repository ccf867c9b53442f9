import { worldToElement } from '../geometry/transform.ts'
import type { WorldPoint } from '../geometry/types.ts'
import { isFrame } from '../model/derive.ts'
import type { Color, Element, ElementId, Patch, Patches, Style, StyleKey } from '../model/element.ts'
import { elementsOf } from '../model/picked.ts'
import { uncoveringPlan } from '../model/plans/framing.ts'
import { typeMadeBy } from '../tools/registry.ts'
import { applyPatches } from './commands/definition.ts'
import type { EditorCore } from './core.ts'
import { changesTextSize, styleValue } from './styles.ts'

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

/** Up to so many elements are shown in a style before it is chosen. */
const MOST_PREVIEWED = 1_000

/** Shows the selection in a style, here and to peers, without writing anything; null takes that back. */
export const previewStyle = <Key extends StyleKey>(
  core: EditorCore,
  key: Key,
  value: Style[Key] | null,
): void => {
  core.machine.cancel()
  const elements = value === null ? [] : styledBy(core, key)
  const isShown = elements.length > 0 && elements.length <= MOST_PREVIEWED
  core.setDraft(isShown ? { type: 'change', patches: stylePatches(core, elements, key, value) } : null)
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
  applyPatches(core, uncovered(core, stylePatches(core, elements, key, value)))
  core.setDraft(null)
  core.stateChanged()
}

/** A larger font may need a larger box. */
const stylePatch = (core: EditorCore, element: Element, key: StyleKey, value: unknown): Patch =>
  fittedPatch(core, element, { [key]: value })

/** A patch with the box, and whatever else, that follows from it. */
const fittedPatch = (core: EditorCore, element: Element, style: Patch): Patch => {
  const kind = core.kinds.get(element.type)
  const patch = { ...style, ...kind.restyled?.(element, style) }
  if (!changesTextSize(patch)) return patch
  return { ...patch, ...kind.fitted?.({ ...element, ...patch }, core.measure) }
}

/** The style copied last in this tab: it can be pasted on another board. */
let copied: Patch | null = null

export const hasCopiedStyle = (): boolean => copied !== null

/**
 * Copies how the lowest of what is selected looks. A note has no way of being filled: its paper counts as solid, as the
 * inside of an empty shape counts as no colour.
 */
export const copyStyle = (core: EditorCore): void => {
  const [element] = elementsOf(core.board, core.selection)
  if (!element) return
  const kind = core.kinds.get(element.type)
  const style: Record<string, unknown> = {}
  for (const key of kind.styles) style[key] = styleValue(element, kind, key)
  if ('fill' in style && !('fillStyle' in style)) style.fillStyle = 'solid'
  if (style.fillStyle === 'none') delete style.fill
  copied = style
}

/** Gives the selection the copied style, as far as it applies to each. */
export const pasteStyle = (core: EditorCore): void => {
  const style = copied
  if (style === null) return
  const patches = core.editable().map((element): [ElementId, Patch] => {
    const { styles } = core.kinds.get(element.type)
    const patch = Object.fromEntries(styles.filter((key) => key in style).map((key) => [key, style[key]]))
    return [element.id, fittedPatch(core, element, patch)]
  })
  applyPatches(core, uncovered(core, new Map(patches)))
}

/** Frames that these patches fill go below what they carry. */
const uncovered = (core: EditorCore, patches: Patches): Patches => {
  const all = new Map(patches)
  for (const [id, { fillStyle }] of patches) {
    const element = core.board.get(id)
    if (!element || !isFrame(element) || fillStyle === undefined || fillStyle === 'none') continue
    for (const [each, patch] of uncoveringPlan(element, core.board))
      all.set(each, { ...all.get(each), ...patch })
  }
  return all
}

/** CSS pixels beside a line that still count as it. */
const NEAR = 4

/** The colour at a point: of the line of what is there, or of its area where the point is inside; null for none. */
export const colorAt = (core: EditorCore, point: WorldPoint): Color | null => {
  const reach = NEAR / core.camera.camera.zoom
  const element = core.board.hit(point, reach)
  if (!element) return null
  const kind = core.kinds.get(element.type)
  const { stroke, fill } = element
  const outlined = { ...element, fillStyle: 'none', text: '' }
  const onLine = typeof stroke === 'string' && kind.hit(outlined, worldToElement(element, point), reach)
  const color = onLine || element.fillStyle === 'none' ? stroke : (fill ?? stroke)
  return typeof color === 'string' ? color : null
}
