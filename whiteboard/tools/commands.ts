/** Where a command stands in menus, the palette and the help. */
export type CommandGroup = 'Edit' | 'Select' | 'Arrange' | 'Style' | 'View' | 'File' | 'Tools'

export interface CommandEntry {
  readonly group: CommandGroup
  /** As buttons, menus and the palette call it. */
  readonly label: string
  /** As in `Ctrl+Shift+Z`; Ctrl stands for Cmd on macOS. The first is shown beside it. */
  readonly keys: readonly string[]
}

const entry = (group: CommandGroup, label: string, ...keys: readonly string[]): CommandEntry => ({
  group,
  label,
  keys,
})

/**
 * Every command of the editor, in the order in which help and palette list them: its name, its words and its keys stand
 * here and nowhere else. What it does is in `editor/commands`.
 */
export const commandTable = {
  undo: entry('Edit', 'Undo', 'Ctrl+Z'),
  redo: entry('Edit', 'Redo', 'Ctrl+Shift+Z', 'Ctrl+Y'),
  cut: entry('Edit', 'Cut', 'Ctrl+X'),
  copy: entry('Edit', 'Copy', 'Ctrl+C'),
  paste: entry('Edit', 'Paste', 'Ctrl+V'),
  duplicate: entry('Edit', 'Duplicate', 'Ctrl+D'),
  delete: entry('Edit', 'Delete', 'Delete', 'Backspace'),

  'select-all': entry('Select', 'Select all', 'Ctrl+A'),
  'select-none': entry('Select', 'Select nothing'),

  group: entry('Arrange', 'Group', 'Ctrl+G'),
  ungroup: entry('Arrange', 'Ungroup', 'Ctrl+Shift+G'),
  'lock-toggle': entry('Arrange', 'Lock or unlock', 'Ctrl+Shift+L', 'Shift+L'),
  'flip-horizontal': entry('Arrange', 'Flip left to right', 'Shift+H'),
  'flip-vertical': entry('Arrange', 'Flip top to bottom', 'Shift+V'),
  'bring-forward': entry('Arrange', 'Bring forward', 'Ctrl+]', 'Alt+]'),
  'send-backward': entry('Arrange', 'Send backward', 'Ctrl+[', 'Alt+['),
  'bring-to-front': entry('Arrange', 'Bring to front', 'Ctrl+Shift+]', ']'),
  'send-to-back': entry('Arrange', 'Send to back', 'Ctrl+Shift+[', '['),

  'zoom-in': entry('View', 'Zoom in', 'Ctrl+=', 'Ctrl++'),
  'zoom-out': entry('View', 'Zoom out', 'Ctrl+-'),
  'zoom-reset': entry('View', 'Zoom to 100 %', 'Ctrl+0', 'Shift+0'),
  'zoom-to-fit': entry('View', 'Zoom to fit everything', 'Shift+1'),
  'zoom-to-selection': entry('View', 'Zoom to selection', 'Shift+2'),

  'tool-lock-toggle': entry('Tools', 'Keep the tool', 'Q'),
} as const satisfies Readonly<Record<string, CommandEntry>>

/** Commands of the interface: menus, shortcuts and buttons all go through these. */
export type Command = keyof typeof commandTable

/**
 * What the page round the canvas does, on the same keys and in the same lists: dialogs, panels, modes. The board's panels
 * (`app/components/board/panels.tsx`) do one thing for each name.
 */
export const interfaceTable = {
  palette: entry('View', 'Command palette', 'Ctrl+Shift+P', 'Ctrl+/'),
  find: entry('View', 'Find on the board', 'Ctrl+F'),
  minimap: entry('View', 'Map of the board', 'Alt+M'),
  help: entry('View', 'Help and shortcuts', '?'),
} as const satisfies Readonly<Record<string, CommandEntry>>

export type InterfaceAction = keyof typeof interfaceTable

/** The names of a table with its entries, typed. */
export const entriesOf = <Name extends string>(
  table: Readonly<Record<Name, CommandEntry>>,
): readonly (readonly [Name, CommandEntry])[] => Object.entries(table) as [Name, CommandEntry][]
