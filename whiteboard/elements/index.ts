import type { ElementKind, KindRegistry } from '../model/kind.ts'
import { arrow } from './arrow/index.ts'
import { diamond } from './diamond/index.ts'
import { ellipse } from './ellipse/index.ts'
import { image } from './image/index.ts'
import { ink } from './ink/index.ts'
import { line } from './line/index.ts'
import { placeholder } from './placeholder/index.ts'
import { rectangle } from './rectangle/index.ts'
import { sticky } from './sticky/index.ts'
import { text } from './text/index.ts'

/** A new type of element is a folder beside this file and a line here. */
const known: readonly ElementKind[] = [rectangle, diamond, ellipse, line, arrow, ink, text, sticky, image]

const byType: ReadonlyMap<string, ElementKind> = new Map(known.map((kind) => [kind.type, kind]))

export const kinds: KindRegistry = {
  get: (type) => byType.get(type) ?? placeholder,
  has: (type) => byType.has(type),
  types: known.map((kind) => kind.type),
}
