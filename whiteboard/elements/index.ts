import type { ElementKind, KindRegistry } from '../model/kind.ts'
import { arrow } from './arrow/index.ts'
import { bubble } from './bubble/index.ts'
import { cloud } from './cloud/index.ts'
import { cylinder } from './cylinder/index.ts'
import { diamond } from './diamond/index.ts'
import { ellipse } from './ellipse/index.ts'
import { frame } from './frame/index.ts'
import { hexagon } from './hexagon/index.ts'
import { highlighter } from './highlighter/index.ts'
import { image } from './image/index.ts'
import { ink } from './ink/index.ts'
import { line } from './line/index.ts'
import { parallelogram } from './parallelogram/index.ts'
import { placeholder } from './placeholder/index.ts'
import { rectangle } from './rectangle/index.ts'
import { star } from './star/index.ts'
import { sticky } from './sticky/index.ts'
import { text } from './text/index.ts'
import { triangle } from './triangle/index.ts'

/** A new type of element is a folder beside this file and a line here. */
const known: readonly ElementKind[] = [
  rectangle,
  diamond,
  ellipse,
  triangle,
  parallelogram,
  hexagon,
  star,
  cloud,
  cylinder,
  bubble,
  line,
  arrow,
  ink,
  highlighter,
  text,
  sticky,
  image,
  frame,
]

const byType: ReadonlyMap<string, ElementKind> = new Map(known.map((kind) => [kind.type, kind]))

export const kinds: KindRegistry = {
  get: (type) => byType.get(type) ?? placeholder,
  has: (type) => byType.has(type),
  types: known.map((kind) => kind.type),
}
