import {
  type Command,
  type CommandGroup,
  commandTable,
  entriesOf,
  type InterfaceAction,
  interfaceTable,
} from './commands.ts'
import type { ToolId } from './contract.ts'

type ClipboardCommand = Extract<Command, 'copy' | 'cut' | 'paste' | 'paste-plain'>

/** What a key does. `interface` actions belong to the page around the canvas; `gesture` rows are for the help only. */
export type ShortcutAction =
  | { readonly type: 'tool'; readonly tool: ToolId }
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'nudge'; readonly x: number; readonly y: number }
  /** Moves the view by so many times its own size. */
  | { readonly type: 'page'; readonly x: number; readonly y: number }
  | { readonly type: 'step-selection'; readonly by: 1 | -1 }
  /** To the nearest element that way. */
  | { readonly type: 'jump-selection'; readonly x: number; readonly y: number }
  | { readonly type: 'edit-text' }
  | { readonly type: 'escape' }
  | { readonly type: 'interface'; readonly name: InterfaceAction }
  /** Left to the browser's own copy, cut and paste events, which alone may read the clipboard unasked. */
  | { readonly type: 'clipboard'; readonly command: ClipboardCommand }
  | { readonly type: 'gesture' }

export type ShortcutGroup = CommandGroup | 'Gestures'

export interface Shortcut {
  readonly action: ShortcutAction
  readonly label: string
  readonly group: ShortcutGroup
  /** As in `Ctrl+Shift+Z`; Ctrl stands for Cmd on macOS. The first is shown on buttons. */
  readonly keys: readonly string[]
}

const tool = (id: ToolId, label: string, ...keys: string[]): Shortcut => ({
  action: { type: 'tool', tool: id },
  label,
  group: 'Tools',
  keys,
})

const isClipboard = (name: Command): name is ClipboardCommand =>
  name === 'copy' || name === 'cut' || name === 'paste' || name === 'paste-plain'

/** The commands and panels of a group that have keys. */
const named = (group: CommandGroup): Shortcut[] =>
  [
    ...entriesOf(commandTable).map(([name, { label, keys, group: own }]): Shortcut => {
      const action: ShortcutAction = isClipboard(name)
        ? { type: 'clipboard', command: name }
        : { type: 'command', command: name }
      return { action, label, group: own, keys }
    }),
    ...entriesOf(interfaceTable).map(
      ([name, { label, keys, group: own }]): Shortcut => ({
        action: { type: 'interface', name },
        label,
        group: own,
        keys,
      }),
    ),
  ].filter((shortcut) => shortcut.group === group && shortcut.keys.length > 0)

const nudge = (key: string, x: number, y: number): Shortcut[] => [
  { action: { type: 'nudge', x, y }, label: 'Move by 1', group: 'Arrange', keys: [key] },
  {
    action: { type: 'nudge', x: x * 10, y: y * 10 },
    label: 'Move by 10',
    group: 'Arrange',
    keys: [`Shift+${key}`],
  },
]

const jump = (label: string, key: string, x: number, y: number): Shortcut => ({
  action: { type: 'jump-selection', x, y },
  label,
  group: 'Select',
  keys: [`Ctrl+${key}`],
})

const page = (label: string, keys: string, x: number, y: number): Shortcut => ({
  action: { type: 'page', x, y },
  label,
  group: 'View',
  keys: [keys],
})

const listed = (group: ShortcutGroup, label: string, ...keys: string[]): Shortcut => ({
  action: { type: 'gesture' },
  label,
  group,
  keys,
})

const gesture = (label: string, ...keys: string[]): Shortcut => listed('Gestures', label, ...keys)

/** Every shortcut, in the order in which the help lists them. Commands have theirs in `commands.ts`. */
export const shortcuts: readonly Shortcut[] = [
  tool('select', 'Select', 'V', '1'),
  tool('hand', 'Hand', 'H'),
  tool('rectangle', 'Rectangle', 'R', '2'),
  tool('diamond', 'Diamond', 'D', '3'),
  tool('ellipse', 'Ellipse', 'O', '4'),
  tool('arrow', 'Arrow', 'A', '5'),
  tool('line', 'Line', 'L', '6'),
  tool('pen', 'Pen', 'P', 'X', '7'),
  tool('highlighter', 'Highlighter', 'Shift+D'),
  tool('text', 'Text', 'T', '8'),
  tool('sticky', 'Sticky note', 'N'),
  tool('frame', 'Frame', 'F'),
  tool('image', 'Image', '9', 'Ctrl+U'),
  tool('eraser', 'Eraser', 'E', '0'),
  tool('laser', 'Laser pointer', 'K'),
  ...named('Tools'),
  listed('Tools', 'Put down what the tool makes', 'Enter'),

  ...named('Edit'),
  { action: { type: 'edit-text' }, label: 'Edit text', group: 'Edit', keys: ['Enter'] },
  listed('Edit', 'Menu of what is selected', 'Shift+F10', 'Right click', 'Long press'),

  ...named('Select'),
  { action: { type: 'step-selection', by: 1 }, label: 'Next element', group: 'Select', keys: ['Tab'] },
  {
    action: { type: 'step-selection', by: -1 },
    label: 'Previous element',
    group: 'Select',
    keys: ['Shift+Tab'],
  },
  jump('Nearest to the left', 'ArrowLeft', -1, 0),
  jump('Nearest to the right', 'ArrowRight', 1, 0),
  jump('Nearest above', 'ArrowUp', 0, -1),
  jump('Nearest below', 'ArrowDown', 0, 1),
  {
    action: { type: 'escape' },
    label: 'Finish, deselect, leave the tool',
    group: 'Select',
    keys: ['Escape'],
  },

  ...named('Arrange'),
  ...nudge('ArrowLeft', -1, 0),
  ...nudge('ArrowRight', 1, 0),
  ...nudge('ArrowUp', 0, -1),
  ...nudge('ArrowDown', 0, 1),

  ...named('Style'),

  ...named('View'),
  page('One page up', 'PageUp', 0, -1),
  page('One page down', 'PageDown', 0, 1),
  page('One page left', 'Shift+PageUp', -1, 0),
  page('One page right', 'Shift+PageDown', 1, 0),

  ...named('File'),

  gesture('Pan', 'Wheel', 'Space+Drag', 'Middle button+Drag', 'Two fingers'),
  gesture('Pan sideways', 'Shift+Wheel'),
  gesture('Zoom at the pointer', 'Ctrl+Wheel', 'Pinch'),
  gesture('Add to the selection', 'Shift+Click'),
  gesture('Select what lies wholly in a box', 'Drag to the right'),
  gesture('Select what a box touches', 'Drag to the left'),
  gesture('Select with a lasso', 'Alt+Drag beside'),
  gesture('Select what lies beneath', 'Alt+Click'),
  gesture('Snap, or do not', 'Ctrl while dragging'),
  gesture('Select inside a group', 'Ctrl+Click', 'Double click'),
  gesture('Write on an element, or a new text', 'Double click'),
  gesture('On to the next note, while writing on one', 'Tab', 'Shift+Tab'),
  gesture('Finish writing', 'Escape', 'Ctrl+Enter'),
  gesture('Text as wide as it is long', 'Double click on its side'),
  gesture('Next point of a line', 'Click'),
  gesture('End a line', 'Double click', 'Enter', 'Escape'),
  gesture('Take back the last point of a line', 'Backspace'),
  gesture('Another corner in a line', 'Double click', 'Ctrl+Double click'),
  gesture('Take a corner out of a line', 'Double click', 'Alt+Click'),
  gesture('Leave an arrow unbound', 'Ctrl while drawing'),
  gesture('End an arrow at the very point inside', 'Alt while drawing'),
  gesture('Drag a copy', 'Alt+Drag'),
  gesture('Square, circle, lines at 15°', 'Shift while drawing'),
  gesture('Draw a straight part of a stroke', 'Shift while drawing'),
  gesture('Go on from the last stroke', 'Shift+Click with the pen'),
  gesture('Leave what the eraser took', 'Alt while erasing'),
  gesture('Erase, whatever the tool', 'The pen’s other end or button'),
  gesture('Undo', 'Tap with two fingers'),
  gesture('Redo', 'Tap with three fingers'),
  gesture('Keep the proportion', 'Shift while resizing'),
  gesture('Resize from the centre', 'Alt while resizing'),
  gesture('Turn in steps of 15°', 'Shift while rotating'),
]

/** The parts of a keyboard event that a shortcut is recognised by. */
export interface KeyInput {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** What a key writes without Shift, by its place on the keyboard: for letters of other scripts and shifted digits. */
const plainKey = (code: string): string | null => {
  const known: Readonly<Record<string, string>> = {
    Slash: '/',
    BracketLeft: '[',
    BracketRight: ']',
    Equal: '=',
    Minus: '-',
    NumpadAdd: '+',
    NumpadSubtract: '-',
  }
  return known[code] ?? /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code)?.[1] ?? null
}

const isLatin = (key: string): boolean => /^[\x21-\x7e]$/.test(key)
const isLetter = (key: string): boolean => /^[a-z]$/i.test(key)

/**
 * The names a pressed key goes by: its letter where it writes a Latin one, otherwise its place on the keyboard. With
 * Shift or Alt held, digits and brackets write something else (`!` for 1), so their place counts too.
 */
const keyNames = (input: KeyInput): string[] => {
  const { key, code, shiftKey, altKey } = input
  if (key.length > 1 && key !== 'Dead') return [key]
  if (isLetter(key)) return [key.toUpperCase()]
  const place = plainKey(code)
  const names = isLatin(key) ? [key] : []
  if (place !== null && (names.length === 0 || ((shiftKey || altKey) && !isLetter(place)))) names.push(place)
  return names
}

interface KeyCombination {
  readonly ctrl: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly key: string
}

const parseKeys = (keys: string): KeyCombination => {
  const parts = keys.split('+')
  const key = keys.endsWith('+') ? '+' : (parts.at(-1) ?? '')
  return { ctrl: parts.includes('Ctrl'), shift: parts.includes('Shift'), alt: parts.includes('Alt'), key }
}

/** Signs that are written with Shift on many keyboards: Shift is part of writing them, not of the shortcut. */
const SHIFTED_SIGNS = new Set(['?', '+'])

const matches = (combination: KeyCombination, input: KeyInput, names: readonly string[]): boolean =>
  names.includes(combination.key) &&
  combination.ctrl === (input.ctrlKey || input.metaKey) &&
  combination.alt === input.altKey &&
  (combination.shift === input.shiftKey || SHIFTED_SIGNS.has(combination.key))

const combinations: readonly { readonly shortcut: Shortcut; readonly combination: KeyCombination }[] =
  shortcuts
    .filter((shortcut) => shortcut.action.type !== 'gesture')
    .flatMap((shortcut) => shortcut.keys.map((keys) => ({ shortcut, combination: parseKeys(keys) })))

/** The shortcut that this key press means, whatever the keyboard's layout and CapsLock. */
export const matchShortcut = (input: KeyInput): Shortcut | null => {
  const names = keyNames(input)
  return combinations.find(({ combination }) => matches(combination, input, names))?.shortcut ?? null
}
