import { healLink } from '../../model/heal.ts'
import type { Command } from '../../tools/commands.ts'
import type { EditorCore } from '../core.ts'
import { applyPatches, type Definitions, selected } from './definition.ts'

/** The address that the selection leads to: that of the one thing selected. */
const selectedLink = (core: EditorCore): string | null => {
  const [element, ...others] = selected(core)
  return element && others.length === 0 ? healLink(element.link) : null
}

type Names = Extract<Command, 'link-open' | 'link-remove'>

export const linkCommands: Definitions<Names> = {
  'link-open': {
    can: (core) => selectedLink(core) !== null,
    run: (core) => {
      const [element] = selected(core)
      if (element) core.openLink(element)
    },
  },
  'link-remove': {
    can: (core) => core.editable().some(({ link }) => link !== null),
    run: (core) => applyPatches(core, new Map(core.editable().map(({ id }) => [id, { link: null }]))),
  },
}
