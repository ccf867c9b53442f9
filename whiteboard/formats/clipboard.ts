import { boxCenter, unionAll } from '../geometry/box.ts'
import { boundsOf } from '../geometry/transform.ts'
import type { WorldPoint } from '../geometry/types.ts'
import { subtract } from '../geometry/vector.ts'
import type { Element } from '../model/element.ts'
import { elementFromJson, elementToJson } from '../model/json.ts'
import type { KindRegistry } from '../model/kind.ts'
import { duplicatePlan } from '../model/plans/duplicate.ts'
import { fromExcalidraw } from './excalidraw-clipboard.ts'

/** The `type` of what is copied, so that a paste can tell it from other people's JSON. */
export const CLIPBOARD_TYPE = 'drawbridge/elements'

/** So much of a clipboard is looked at, in UTF-16 units; so many elements are taken from it. */
const MAX_CLIPBOARD_LENGTH = 32 * 1024 * 1024
const MAX_CLIPBOARD_ELEMENTS = 20_000

/** The clipboard's text for these elements, in drawing order. It works between boards, tabs and servers. */
export const elementsToClipboard = (elements: readonly Element[]): string =>
  JSON.stringify({ type: CLIPBOARD_TYPE, version: 1, elements: elements.map(elementToJson) })

/**
 * The elements in a clipboard's text, ours or Excalidraw's, healed; null when it is something else. Elements that make no sense are passed
 * over.
 */
export const elementsFromClipboard = (text: string, kinds: KindRegistry): Element[] | null => {
  if (text.length > MAX_CLIPBOARD_LENGTH || !text.trimStart().startsWith('{')) return null
  const content = parseJson(text)
  if (!isRecord(content) || !Array.isArray(content.elements)) return null
  const elements = content.type === CLIPBOARD_TYPE ? content.elements : fromExcalidraw(content)
  if (!elements) return null
  return elements
    .slice(0, MAX_CLIPBOARD_ELEMENTS)
    .map((json: unknown) => elementFromJson(json, kinds))
    .filter((element) => element !== null)
}

/** Copies of foreign elements with their middle at `center`: new ids, groups kept together under new ids, above all. */
export const pastePlan = (
  elements: readonly Element[],
  ordered: readonly Element[],
  center: WorldPoint,
): Element[] => {
  const bounds = unionAll(elements.map(boundsOf))
  if (!bounds) return []
  return duplicatePlan(elements, ordered, subtract(center, boxCenter(bounds)))
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
