import type { Vec } from '../../geometry/types.ts'
import type { Foreign } from './types.ts'
import { finite, listOf, recordOf, stringOf } from './values.ts'

/** What older releases called things, and what they are called since. */
const RENAMED_TYPES: ReadonlyMap<string, string> = new Map([
  ['draw', 'line'],
  ['magicframe', 'frame'],
])

/** The type of an element as this importer knows it. */
export const typeOf = (element: Foreign): string => {
  const type = stringOf(element.type) ?? ''
  return RENAMED_TYPES.get(type) ?? type
}

const LINEAR: ReadonlySet<string> = new Set(['line', 'arrow', 'freedraw'])

export const isLinear = (element: Foreign): boolean => LINEAR.has(typeOf(element))

/** Types that a text can be bound to, and is then written on here. */
const CONTAINERS: ReadonlySet<string> = new Set(['rectangle', 'diamond', 'ellipse', 'stickynote', 'arrow'])

export const isContainer = (element: Foreign): boolean => CONTAINERS.has(typeOf(element))

export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where it lies; negative sides are turned round. */
export const placeOf = (element: Foreign): Place => {
  const width = finite(element.width, 0)
  const height = finite(element.height, 0)
  return {
    x: finite(element.x, 0) + Math.min(0, width),
    y: finite(element.y, 0) + Math.min(0, height),
    width: Math.abs(width),
    height: Math.abs(height),
  }
}

export const isPoint = (value: unknown): value is Vec =>
  Array.isArray(value) && Number.isFinite(value[0]) && Number.isFinite(value[1])

/** The readable points of a line or stroke, from its `x`, `y`; a line without any goes across its box. */
export const pointsOf = (element: Foreign): readonly Vec[] => {
  const points = listOf(element.points).filter(isPoint)
  if (typeOf(element) === 'freedraw' || points.length > 1) return points
  return [
    [0, 0],
    [finite(element.width, 0), finite(element.height, 0)],
  ]
}

/** Rounding; older files say only that lines are `round`: of lines and diamonds proportional, of boxes by the old rule. */
export const roundnessOf = (element: Foreign): unknown => {
  if (element.roundness !== undefined) return element.roundness
  if (element.strokeSharpness !== 'round') return null
  return { type: ['rectangle', 'image', 'embeddable', 'iframe'].includes(typeOf(element)) ? 1 : 2 }
}

/** `20px Virgil`, as the first releases wrote it. */
const LEGACY_FONT = /^([\d.]+)px\s+(.+)$/

const LEGACY_FAMILIES: ReadonlyMap<string, number> = new Map([
  ['Virgil', 1],
  ['Helvetica', 2],
  ['Cascadia', 3],
])

export const fontOf = (text: Foreign): { readonly fontSize: number; readonly fontFamily: unknown } => {
  const [, size, family = ''] = LEGACY_FONT.exec(stringOf(text.font) ?? '') ?? []
  const fontSize = finite(text.fontSize, size ? Number(size) : 20)
  return { fontSize, fontFamily: text.fontFamily ?? LEGACY_FAMILIES.get(family) ?? 5 }
}

const withoutHalves = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd')

/**
 * What is written; the text as it was typed, without the line breaks that wrapping put in. Halves of letters do not outlive
 * the way to the server: they are not read either, so that what comes back is what was read.
 */
export const writtenOn = (text: Foreign): string =>
  withoutHalves(stringOf(text.originalText) ?? stringOf(text.text) ?? '')

/** The name of a frame, likewise. */
export const nameOf = (frame: Foreign): string => withoutHalves(stringOf(frame.name) ?? '')

/** Ids that `boundElements` names, in the present form and that of older files. */
export const boundIdsOf = (element: Foreign): readonly string[] => {
  const bound = listOf(element.boundElements).map((entry) => stringOf(recordOf(entry).id))
  const legacy = listOf(element.boundElementIds).map(stringOf)
  return [...bound, ...legacy].filter((id) => id !== null)
}

/** What an end of an arrow is bound to; both forms, of which the older knows no place on the target. */
export const bindingOf = (
  value: unknown,
): { readonly element: string; readonly anchor: Vec; readonly mode: 'inside' | 'outline' } | null => {
  const binding = recordOf(value)
  const element = stringOf(binding.elementId)
  if (element === null || binding.mode === 'skip') return null
  const anchor = isPoint(binding.fixedPoint) ? binding.fixedPoint : ([0.5, 0.5] as const)
  const within = (part: number): number => Math.min(1, Math.max(0, part))
  return {
    element,
    anchor: [within(anchor[0]), within(anchor[1])],
    mode: binding.mode === 'inside' ? 'inside' : 'outline',
  }
}
