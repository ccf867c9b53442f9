import type { Element } from '../../model/element.ts'
import type { KindRegistry } from '../../model/kind.ts'
import type { TextMeasurer } from '../../model/surface.ts'
import { inkTo } from './styles.ts'
import type { Foreign } from './types.ts'
import { finite, numberFrom } from './values.ts'

export interface WriteContext {
  readonly kinds: KindRegistry
  readonly measure: TextMeasurer
}

/** Type and everything that all of their elements have, in their order. */
export const baseOf = (element: Element, type: string, id: string): Record<string, unknown> => ({
  id,
  type,
  x: element.position[0],
  y: element.position[1],
  width: element.size[0],
  height: element.size[1],
  angle: element.rotation,
  strokeColor: inkTo(element.stroke),
  backgroundColor: 'transparent',
  fillStyle: 'solid',
  strokeWidth: finite(element.strokeWidth, 2),
  strokeStyle: element.dash ?? 'solid',
  roughness: finite(element.roughness, 0),
  opacity: Math.round(element.opacity * 100),
  groupIds: [...element.groups],
  frameId: element.frame,
  index: null,
  roundness: null,
  seed: finite(element.seed, numberFrom(id)),
  version: 1,
  versionNonce: numberFrom(`${id} version`),
  isDeleted: false,
  boundElements: [],
  updated: 1,
  created: null,
  link: element.link,
  locked: element.locked,
})

/** A line without breadth is one that cannot be seen. */
export const strokeOf = (element: Element): Foreign =>
  element.strokeWidth === 0 ? { strokeColor: 'transparent', strokeWidth: 1 } : {}
