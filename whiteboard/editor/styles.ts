import type { Element, Patch, Style, StyleKey } from '../model/element.ts'
import { healNumber, isEqual, isPlainObject } from '../model/heal.ts'
import type { ElementKind, KindRegistry } from '../model/kind.ts'
import { SHAPES } from '../tools/registry.ts'

/** What the style panel shows: the styles that apply, `mixed` where elements disagree. */
export type ShownStyles = { readonly [Key in StyleKey]?: Style[Key] | 'mixed' }

const plainStyle: Style = {
  stroke: '#22242a',
  fill: '#d5e4ff',
  fillStyle: 'none',
  strokeWidth: 2,
  dash: 'solid',
  opacity: 1,
  fontFamily: 'hand',
  fontSize: 20,
  textAlign: 'center',
  verticalAlign: 'middle',
  roughness: 0,
  corner: null,
  route: 'curved',
  penWidth: 'variable',
  startHead: 'none',
  endHead: 'none',
}

/** A style that the type gives no default for has the plain one. */
const startOf = (kind: ElementKind, key: StyleKey): unknown => kind.defaults[key] ?? plainStyle[key]

/** A look that a person chooses for all that they draw, as both Excalidraw and tldraw have it: not asked again per tool. */
const OF_EVERYTHING: ReadonlySet<StyleKey> = new Set(['roughness', 'fontFamily'])

/** What tells an arrow from a line is not carried from one to the other. */
const OF_ONE_TYPE: ReadonlySet<StyleKey> = new Set(['startHead', 'endHead', 'route'])

/** Many times what there are types and styles. */
const MAX_CHOICES = 500

/**
 * Tools that people take for one: all shapes, which also share a button, and lines with arrows. Whoever draws a red
 * ellipse after a red rectangle expects it red; a red pen says nothing about the next box, nor a box about notes.
 */
const familyOf = ({ type }: ElementKind): string => {
  if (SHAPE_TYPES.has(type)) return 'shapes'
  return type === 'line' || type === 'arrow' ? 'lines' : type
}

const SHAPE_TYPES: ReadonlySet<string> = new Set(SHAPES)

/**
 * The styles chosen last, for the elements drawn next: remembered for each tool, or family of tools, and for the few
 * styles that are a look of their own for all tools at once.
 */
export class StyleMemory {
  readonly #chosen = new Map<string, unknown>()

  /** Goes up with every choice. */
  version = 0

  remember(kind: ElementKind, key: StyleKey, value: unknown): void {
    if (!kind.styles.includes(key)) return
    this.#chosen.set(this.#place(kind, key), value)
    this.version++
  }

  /** All that was chosen, as plain data to be kept on the device. */
  get choices(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.#chosen)
  }

  /** Takes over what was kept, whatever it is: what no type can have is passed over when it would be used. */
  recall(choices: unknown): void {
    if (!isPlainObject(choices)) return
    for (const [place, value] of Object.entries(choices).slice(0, MAX_CHOICES)) this.#chosen.set(place, value)
    this.version++
  }

  /** All styles for a type; those that do not apply to it are the plain ones. */
  styleFor(kind: ElementKind): Style {
    const style: Record<string, unknown> = { ...plainStyle }
    for (const key of kind.styles) style[key] = this.#valueFor(kind, key)
    return style as unknown as Style
  }

  /** Only the styles that apply to a type: the fields of a new element. */
  fieldsFor(kind: ElementKind): Patch {
    const style = this.styleFor(kind)
    return Object.fromEntries(kind.styles.map((key) => [key, style[key]]))
  }

  #valueFor(kind: ElementKind, key: StyleKey): unknown {
    const value = this.#chosen.get(this.#place(kind, key))
    return value !== undefined && isPossible(kind, key, value) ? value : startOf(kind, key)
  }

  #place(kind: ElementKind, key: StyleKey): string {
    if (OF_EVERYTHING.has(key)) return key
    return `${OF_ONE_TYPE.has(key) ? kind.type : familyOf(kind)} ${key}`
  }
}

/** Whether a type would read the value as it is. */
const isPossible = (kind: ElementKind, key: StyleKey, value: unknown): boolean => {
  if (key === 'opacity') return healNumber(value, -1, 0, 1) === value
  const read = kind.parse({ ...kind.defaults, [key]: value })
  return read === null || isEqual(read[key], value)
}

/** What an element shows of a style; the value that its type, or all, start from where it has none. */
export const styleValue = (element: Element, kind: ElementKind, key: StyleKey): unknown =>
  key === 'opacity' ? element.opacity : (element[key] ?? startOf(kind, key))

/** The styles of several elements taken together. What is known to be mixed is not read of further ones. */
export const stylesOf = (elements: readonly Element[], kinds: KindRegistry): ShownStyles => {
  const shown: Record<string, unknown> = {}
  const open = new Map<string, readonly StyleKey[]>()
  for (const element of elements) {
    const keys = open.get(element.type) ?? kinds.get(element.type).styles
    const left = keys.length === 0 ? keys : addStyles(shown, element, kinds.get(element.type), keys)
    if (left !== keys || !open.has(element.type)) open.set(element.type, left)
  }
  return shown as ShownStyles
}

/** Adds these styles of an element to what is shown; the keys that are not mixed after it, the same array if it is all. */
const addStyles = (
  shown: Record<string, unknown>,
  element: Element,
  kind: ElementKind,
  keys: readonly StyleKey[],
): readonly StyleKey[] => {
  let isMixed = false
  for (const key of keys) {
    const value = styleValue(element, kind, key)
    if (!(key in shown)) shown[key] = value
    else if (shown[key] !== value) {
      shown[key] = 'mixed'
      isMixed = true
    }
  }
  return isMixed ? keys.filter((key) => shown[key] !== 'mixed') : keys
}

/** The styles of a type that is about to be drawn. */
export const stylesToDraw = (kind: ElementKind, memory: StyleMemory): ShownStyles =>
  memory.fieldsFor(kind) as ShownStyles

const TEXT_STYLES: readonly string[] = ['fontFamily', 'fontSize']

/** Whether a change of these fields may need another box round the text. */
export const changesTextSize = (patch: Patch): boolean => TEXT_STYLES.some((key) => Object.hasOwn(patch, key))
