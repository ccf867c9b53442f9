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
  'paste-plain': entry('Edit', 'Paste as plain text', 'Ctrl+Shift+V'),
  'paste-in-place': entry('Edit', 'Paste in place', 'Ctrl+Alt+Shift+V'),
  'copy-as-png': entry('Edit', 'Copy as PNG', 'Shift+Alt+C'),
  'copy-as-svg': entry('Edit', 'Copy as SVG'),
  'copy-as-text': entry('Edit', 'Copy text'),
  duplicate: entry('Edit', 'Duplicate', 'Ctrl+D'),
  delete: entry('Edit', 'Delete', 'Delete', 'Backspace'),

  'select-all': entry('Select', 'Select all', 'Ctrl+A'),
  'select-none': entry('Select', 'Select nothing'),
  'select-same-type': entry('Select', 'Select all of the same type'),

  group: entry('Arrange', 'Group', 'Ctrl+G'),
  ungroup: entry('Arrange', 'Ungroup', 'Ctrl+Shift+G'),
  'lock-toggle': entry('Arrange', 'Lock or unlock', 'Ctrl+Shift+L', 'Shift+L'),
  'frame-selection': entry('Arrange', 'Frame the selection'),
  'frame-select-content': entry('Select', 'Select what is in the frame'),
  'frame-fit': entry('Arrange', 'Fit the frame to its content'),
  'frame-remove': entry('Arrange', 'Remove the frame, keep its content'),
  'flip-horizontal': entry('Arrange', 'Flip left to right', 'Shift+H'),
  'flip-vertical': entry('Arrange', 'Flip top to bottom', 'Shift+V'),
  'align-left': entry('Arrange', 'Align left', 'Ctrl+Shift+ArrowLeft'),
  'align-center': entry('Arrange', 'Align centres side to side'),
  'align-right': entry('Arrange', 'Align right', 'Ctrl+Shift+ArrowRight'),
  'align-top': entry('Arrange', 'Align top', 'Ctrl+Shift+ArrowUp'),
  'align-middle': entry('Arrange', 'Align middles top to bottom'),
  'align-bottom': entry('Arrange', 'Align bottom', 'Ctrl+Shift+ArrowDown'),
  'distribute-horizontally': entry('Arrange', 'Distribute horizontally', 'Alt+H'),
  'distribute-vertically': entry('Arrange', 'Distribute vertically', 'Alt+V'),
  tidy: entry('Arrange', 'Tidy into a grid'),
  'split-strokes': entry('Arrange', 'Split into pieces'),
  connect: entry('Arrange', 'Connect with an arrow', 'Shift+A'),
  'grow-width': entry('Arrange', 'Make wider', 'Alt+Shift+ArrowRight'),
  'shrink-width': entry('Arrange', 'Make narrower', 'Alt+Shift+ArrowLeft'),
  'grow-height': entry('Arrange', 'Make taller', 'Alt+Shift+ArrowDown'),
  'shrink-height': entry('Arrange', 'Make shorter', 'Alt+Shift+ArrowUp'),
  crop: entry('Edit', 'Crop the image'),
  'link-open': entry('Edit', 'Open the link'),
  'link-remove': entry('Edit', 'Remove the link'),

  'bring-forward': entry('Arrange', 'Bring forward', 'Ctrl+]', 'Alt+]'),
  'send-backward': entry('Arrange', 'Send backward', 'Ctrl+[', 'Alt+['),
  'bring-to-front': entry('Arrange', 'Bring to front', 'Ctrl+Shift+]', ']'),
  'send-to-back': entry('Arrange', 'Send to back', 'Ctrl+Shift+[', '['),

  'copy-style': entry('Style', 'Copy style', 'Ctrl+Alt+C'),
  'paste-style': entry('Style', 'Paste style', 'Ctrl+Alt+V'),
  'convert-rectangle': entry('Style', 'Turn into a rectangle'),
  'convert-diamond': entry('Style', 'Turn into a diamond'),
  'convert-ellipse': entry('Style', 'Turn into an ellipse'),
  'convert-triangle': entry('Style', 'Turn into a triangle'),
  'convert-parallelogram': entry('Style', 'Turn into a parallelogram'),
  'convert-hexagon': entry('Style', 'Turn into a hexagon'),
  'convert-star': entry('Style', 'Turn into a star'),
  'convert-cloud': entry('Style', 'Turn into a cloud'),
  'convert-cylinder': entry('Style', 'Turn into a cylinder'),
  'convert-bubble': entry('Style', 'Turn into a speech bubble'),
  'convert-sticky': entry('Style', 'Turn into a sticky note'),
  'convert-text': entry('Style', 'Turn into plain text'),
  'convert-line': entry('Style', 'Turn into a line'),
  'convert-arrow': entry('Style', 'Turn into an arrow'),
  'text-larger': entry('Style', 'Larger text', 'Ctrl+Shift+>'),
  'text-smaller': entry('Style', 'Smaller text', 'Ctrl+Shift+<'),
  'text-auto-width': entry('Style', 'Let text take its own width'),

  'flow-right': entry('Edit', 'Grow the flowchart to the right', 'Alt+ArrowRight'),
  'flow-below': entry('Edit', 'Grow the flowchart downwards', 'Alt+ArrowDown'),
  'flow-left': entry('Edit', 'Grow the flowchart to the left', 'Alt+ArrowLeft'),
  'flow-above': entry('Edit', 'Grow the flowchart upwards', 'Alt+ArrowUp'),
  'add-note-right': entry('Edit', 'Add a note to the right'),
  'add-note-below': entry('Edit', 'Add a note below'),
  'add-note-left': entry('Edit', 'Add a note to the left'),
  'add-note-above': entry('Edit', 'Add a note above'),

  'zoom-in': entry('View', 'Zoom in', 'Ctrl+=', 'Ctrl++'),
  'zoom-out': entry('View', 'Zoom out', 'Ctrl+-'),
  'zoom-reset': entry('View', 'Zoom to 100 %', 'Ctrl+0', 'Shift+0'),
  'zoom-to-fit': entry('View', 'Zoom to fit everything', 'Shift+1'),
  'zoom-to-selection': entry('View', 'Zoom to selection', 'Shift+2'),

  'snapping-toggle': entry('View', 'Snap to other elements', 'Alt+S'),
  'grid-toggle': entry('View', 'Show the grid', "Ctrl+'"),
  'view-mode-toggle': entry('View', 'View only', 'Alt+R'),
  'focus-mode-toggle': entry('View', 'Focus on the board', 'Alt+Z', 'Ctrl+.'),
  'tool-lock-toggle': entry('Tools', 'Keep the tool', 'Q'),
  'pen-mode-toggle': entry('Tools', 'Let only a pen draw'),
} as const satisfies Readonly<Record<string, CommandEntry>>

/** Commands of the interface: menus, shortcuts and buttons all go through these. */
export type Command = keyof typeof commandTable

/**
 * What the page round the canvas does, on the same keys and in the same lists: dialogs, panels, modes. The board's panels
 * (`app/components/board/panels.tsx`) do one thing for each name.
 */
export const interfaceTable = {
  'open-file': entry('File', 'Open a file', 'Ctrl+O'),
  'save-file': entry('File', 'Save as file', 'Ctrl+S'),
  export: entry('File', 'Export image or file', 'Ctrl+Shift+E'),
  history: entry('File', 'Version history'),
  library: entry('File', 'Library'),
  'pick-stroke': entry('Style', 'Stroke colour', 'S'),
  'pick-fill': entry('Style', 'Fill colour', 'G'),
  'pick-font': entry('Style', 'Font', 'Shift+F'),
  eyedropper: entry('Style', 'Take a colour from the board', 'I'),
  link: entry('Edit', 'Link', 'Ctrl+K'),
  'copy-element-link': entry('Edit', 'Copy link to this element'),
  background: entry('View', 'Background and grid'),
  present: entry('View', 'Present frames', 'Alt+P'),
  theme: entry('View', 'Dark or light', 'Alt+Shift+D'),
  palette: entry('View', 'Command palette', 'Ctrl+Shift+P', 'Ctrl+/'),
  find: entry('View', 'Find on the board', 'Ctrl+F'),
  minimap: entry('View', 'Map of the board', 'Alt+M'),
  numbers: entry('View', 'Numbers: place, size, angle', 'Alt+/'),
  'next-panel': entry('View', 'Go to the next panel', 'F6'),
  'previous-panel': entry('View', 'Go to the panel before', 'Shift+F6'),
  help: entry('View', 'Help and shortcuts', '?'),
} as const satisfies Readonly<Record<string, CommandEntry>>

export type InterfaceAction = keyof typeof interfaceTable

/** The names of a table with its entries, typed. */
export const entriesOf = <Name extends string>(
  table: Readonly<Record<Name, CommandEntry>>,
): readonly (readonly [Name, CommandEntry])[] => Object.entries(table) as [Name, CommandEntry][]
