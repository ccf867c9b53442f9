import type { Element, Patches } from '../../model/element.ts'
import { type Alignment, alignPlan } from '../../model/plans/align.ts'
import { type Direction, distributePlan } from '../../model/plans/distribute.ts'
import { tidyPlan } from '../../model/plans/tidy.ts'
import { hasUnits, type Unit, unitsFrom } from '../../model/plans/units.ts'
import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'
import { applyPatches, type CommandDefinition, type Definitions } from './definition.ts'

/** What is bound to others goes where they go. */
const isFree = ({ start, end }: Element): boolean => !start && !end

const unitsOf = (core: EditorCore): readonly Unit[] =>
  unitsFrom(core.editable().filter(isFree), core.focusedGroup)

const hasUnitsOf = (core: EditorCore, least: number): boolean =>
  core.selection.size >= least && hasUnits(core.editable().filter(isFree), least, core.focusedGroup)

const arranging = (least: number, plan: (units: readonly Unit[]) => Patches): CommandDefinition => ({
  can: (core) => hasUnitsOf(core, least),
  run: (core) => applyPatches(core, plan(unitsOf(core))),
})

const align = (alignment: Alignment): CommandDefinition =>
  arranging(2, (units) => alignPlan(units, alignment))

const distribute = (direction: Direction): CommandDefinition =>
  arranging(3, (units) => distributePlan(units, direction))

type Names = Extract<Command, `align-${string}` | `distribute-${string}` | 'tidy'>

/** Bringing elements into line with each other. */
export const alignCommands: Definitions<Names> = {
  'align-left': align('left'),
  'align-center': align('center'),
  'align-right': align('right'),
  'align-top': align('top'),
  'align-middle': align('middle'),
  'align-bottom': align('bottom'),
  'distribute-horizontally': distribute('horizontal'),
  'distribute-vertically': distribute('vertical'),
  tidy: arranging(2, tidyPlan),
}
