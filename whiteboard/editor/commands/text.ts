import { MAX_FONT_SIZE, MIN_FONT_SIZE } from '../../elements/shared/fields.ts'
import { clamp } from '../../geometry/clamp.ts'
import type { Element, ElementId, Patch } from '../../model/element.ts'
import { autoWidthPatch } from '../../model/plans/auto-width.ts'
import type { Side } from '../../model/plans/beside.ts'
import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'
import { addNote } from '../notes.ts'
import { applyPatches, type CommandDefinition, type Definitions } from './definition.ts'

/** How much larger or smaller one step makes letters. */
const STEP = 0.1

const sized = (core: EditorCore): readonly (Element & { readonly fontSize: number })[] =>
  core
    .editable()
    .filter(
      (element): element is Element & { readonly fontSize: number } =>
        typeof element.fontSize === 'number' && core.kinds.get(element.type).styles.includes('fontSize'),
    )

const steppedSize = (size: number, direction: 1 | -1): number => {
  const stepped = Math.round(size * (direction === 1 ? 1 + STEP : 1 / (1 + STEP)))
  const moved = stepped === Math.round(size) ? Math.round(size) + direction : stepped
  return clamp(moved, MIN_FONT_SIZE, MAX_FONT_SIZE)
}

/** Makes the letters of what is selected larger or smaller by a tenth, each from its own size. */
export const stepFontSize = (core: EditorCore, direction: 1 | -1): void => {
  const patches = sized(core).map((element): [ElementId, Patch] => {
    const patch = { fontSize: steppedSize(element.fontSize, direction) }
    const kind = core.kinds.get(element.type)
    core.styleMemory.remember(kind, 'fontSize', patch.fontSize)
    return [element.id, { ...patch, ...kind.fitted?.({ ...element, ...patch }, core.measure) }]
  })
  applyPatches(core, new Map(patches))
}

const step = (direction: 1 | -1): CommandDefinition => ({
  can: (core) => sized(core).length > 0,
  run: (core) => stepFontSize(core, direction),
})

const freeWidth = (core: EditorCore): void => {
  const patches = core
    .editable()
    .map((element): [ElementId, Patch | null] => [
      element.id,
      autoWidthPatch(element, core.kinds, core.measure),
    ])
  applyPatches(core, new Map(patches.filter((entry): entry is [ElementId, Patch] => entry[1] !== null)))
}

/** The one note that is selected. */
const selectedNote = (core: EditorCore): Element | null => {
  const [element, ...others] = core.editable()
  return element?.type === 'sticky' && others.length === 0 && core.selection.size === 1 ? element : null
}

const add = (side: Side): CommandDefinition => ({
  can: (core) => selectedNote(core) !== null,
  run: (core) => {
    const note = selectedNote(core)
    if (note) addNote(core, note, side)
  },
})

type Names = Extract<Command, `text-${string}` | `add-note-${string}`>

/** Size and width of text, and the next note. */
export const textCommands: Definitions<Names> = {
  'text-larger': step(1),
  'text-smaller': step(-1),
  'text-auto-width': {
    can: (core) => core.editable().some(({ autoWidth }) => autoWidth === false),
    run: freeWidth,
  },
  'add-note-right': add('right'),
  'add-note-below': add('below'),
  'add-note-left': add('left'),
  'add-note-above': add('above'),
}
