import {
  type Command,
  commandTable,
  type InterfaceAction,
  interfaceTable,
} from '../../../../whiteboard/index.ts'

/** One row of the menu; what does it and its keys follow from its name. */
export interface MenuEntry {
  readonly name: Command | InterfaceAction
  readonly label: string
  /** For what is on or off. */
  readonly checked?: boolean
}

export interface Submenu {
  readonly label: string
  readonly sections: readonly MenuSection[]
}

export type MenuRow = MenuEntry | Submenu
export type MenuSection = readonly MenuRow[]

export const isSubmenu = (row: MenuRow): row is Submenu => 'sections' in row

/** What the menu depends on. */
export interface MenuFacts {
  readonly can: (command: Command) => boolean
  readonly canEdit: boolean
  readonly selected: readonly { readonly locked: boolean; readonly link: string | null }[]
  /** What is on of that which can be on or off. */
  readonly on: ReadonlySet<Command | InterfaceAction>
}

const isCommand = (name: Command | InterfaceAction): name is Command => name in commandTable

/** Words that are shorter where the menu says the rest. */
const shortLabel = (name: Command | InterfaceAction): string => {
  const { label } = isCommand(name) ? commandTable[name] : interfaceTable[name]
  const short = label.replace(/^(Turn into( an?)?|Copy as|Copy) (?!link|style)/, '')
  return short.charAt(0).toUpperCase() + short.slice(1)
}

const TOGGLES: ReadonlySet<Command | InterfaceAction> = new Set([
  'snapping-toggle',
  'grid-toggle',
  'view-mode-toggle',
  'minimap',
])

/** What changes the board, of what the page does itself. */
const EDITING_ACTIONS: ReadonlySet<InterfaceAction> = new Set(['link', 'background', 'open-file'])

type Name = Command | InterfaceAction

/** Keeps of a menu what would do something now. */
const within = (facts: MenuFacts) => {
  const isUseful = (name: Name): boolean =>
    isCommand(name) ? facts.can(name) : facts.canEdit || !EDITING_ACTIONS.has(name)
  const entry = (name: Name, label?: string): MenuEntry => ({
    name,
    label: label ?? (isCommand(name) ? commandTable[name] : interfaceTable[name]).label,
    ...(TOGGLES.has(name) && { checked: facts.on.has(name) }),
  })
  const useful = (names: readonly Name[], short = false): MenuEntry[] =>
    names.filter(isUseful).map((name) => entry(name, short ? shortLabel(name) : undefined))
  /** Nothing where nothing is left in it; one row alone needs no submenu. */
  const submenu = (label: string, ...sections: readonly (readonly Name[])[]): MenuRow[] => {
    const left = sections.map((names) => useful(names, true)).filter((rows) => rows.length > 0)
    const [only, ...more] = left.flat()
    if (!only) return []
    return more.length === 0 ? useful([only.name]) : [{ label, sections: left }]
  }
  return { entry, useful, submenu }
}

const COPIES = ['copy-as-png', 'copy-as-svg', 'copy-as-text'] as const

const CONVERSIONS = (Object.keys(commandTable) as Command[]).filter((name) => name.startsWith('convert-'))

const forSelection = (facts: MenuFacts): readonly MenuSection[] => {
  const { entry, useful, submenu } = within(facts)
  const allLocked = facts.selected.every(({ locked }) => locked)
  const only = facts.selected.length === 1 ? facts.selected[0] : undefined
  const link: MenuRow[] = only?.link
    ? submenu('Link', ['link-open'], ['link', 'link-remove'])
    : facts.canEdit && !allLocked
      ? [entry('link', 'Link …')]
      : []
  return [
    [
      ...useful(['cut', 'copy', 'paste', 'duplicate']),
      ...submenu('Copy as', COPIES, only ? ['copy-element-link'] : []),
    ],
    [
      ...submenu(
        'Arrange',
        ['bring-to-front', 'bring-forward', 'send-backward', 'send-to-back'],
        ['flip-horizontal', 'flip-vertical'],
      ),
      ...submenu(
        'Align',
        ['align-left', 'align-center', 'align-right'],
        ['align-top', 'align-middle', 'align-bottom'],
        ['distribute-horizontally', 'distribute-vertically', 'tidy'],
      ),
      ...submenu('Turn into', CONVERSIONS),
      ...submenu('Style', ['copy-style', 'paste-style'], ['text-larger', 'text-smaller', 'text-auto-width']),
      ...useful(['crop', 'split-strokes']),
    ],
    [
      ...useful(['group', 'ungroup', 'connect', 'frame-selection']),
      ...submenu('Frame', ['frame-select-content', 'frame-fit', 'frame-remove']),
    ],
    [
      ...link,
      ...(facts.can('lock-toggle') ? [entry('lock-toggle', allLocked ? 'Unlock' : 'Lock')] : []),
      ...useful(['zoom-to-selection', 'select-same-type']),
    ],
    useful(['delete']),
  ]
}

const forBoard = (facts: MenuFacts): readonly MenuSection[] => {
  const { useful, submenu } = within(facts)
  return [
    useful(['paste', 'paste-in-place']),
    [...useful(['select-all', 'find']), ...submenu('Copy the board as', COPIES)],
    [
      ...submenu(
        'View',
        ['zoom-to-fit', 'zoom-reset'],
        ['snapping-toggle', 'grid-toggle', 'minimap'],
        ['present', 'focus-mode-toggle', 'view-mode-toggle'],
      ),
      ...useful(['background']),
    ],
    useful(['library', 'export']),
    useful(['palette', 'help']),
  ]
}

/** The menu for what is selected, or for the board itself: only what would do something now. */
export const planContextMenu = (facts: MenuFacts): readonly MenuSection[] =>
  (facts.selected.length > 0 ? forSelection(facts) : forBoard(facts)).filter((section) => section.length > 0)
