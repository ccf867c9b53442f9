import type { Command } from '../../tools/commands.ts'
import { always, type Definitions } from './definition.ts'

type Names = Extract<Command, 'grid-toggle' | 'view-mode-toggle' | 'focus-mode-toggle' | 'pen-mode-toggle'>

/** How one looks at the board and draws on it, and what it lies on. */
export const modeCommands: Definitions<Names> = {
  'grid-toggle': {
    can: (core) => core.canEdit,
    run: (core) => {
      const pattern = core.board.settings.pattern === 'grid' ? 'dots' : 'grid'
      core.transact((edit) => edit.configure({ pattern }))
    },
  },
  'view-mode-toggle': {
    can: (core) => core.mayEdit,
    run: (core) => core.setModes({ viewing: !core.modes.viewing }),
  },
  'focus-mode-toggle': { can: always, run: (core) => core.setModes({ focused: !core.modes.focused }) },
  'pen-mode-toggle': {
    can: always,
    run: (core) => {
      core.navigation.penMode = !core.navigation.penMode
    },
  },
}
