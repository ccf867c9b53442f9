import {
  AlignStartVertical,
  ArrowRightToLine,
  BringToFront,
  ClipboardPaste,
  Copy,
  CopyPlus,
  Crop,
  FileImage,
  Frame,
  Grid3x3,
  Group,
  ImageDown,
  Keyboard,
  LibraryBig,
  Link,
  Lock,
  type LucideIcon,
  Maximize,
  Paintbrush,
  Scissors,
  Search,
  Shapes,
  Split,
  SquareDashedMousePointer,
  Terminal,
  Trash2,
  Ungroup,
  Unlink,
  View,
} from 'lucide-react'
import type { Command, InterfaceAction } from '../../../whiteboard/index.ts'

const commands: Partial<Readonly<Record<Command | InterfaceAction, LucideIcon>>> = {
  cut: Scissors,
  copy: Copy,
  paste: ClipboardPaste,
  duplicate: CopyPlus,
  delete: Trash2,
  group: Group,
  ungroup: Ungroup,
  connect: ArrowRightToLine,
  crop: Crop,
  'split-strokes': Split,
  'frame-selection': Frame,
  'lock-toggle': Lock,
  link: Link,
  'link-remove': Unlink,
  'zoom-to-selection': Maximize,
  'select-all': SquareDashedMousePointer,
  find: Search,
  background: Grid3x3,
  library: LibraryBig,
  export: ImageDown,
  palette: Terminal,
  help: Keyboard,
}

const submenus: Readonly<Record<string, LucideIcon>> = {
  'Copy as': FileImage,
  'Copy the board as': FileImage,
  Arrange: BringToFront,
  Align: AlignStartVertical,
  'Turn into': Shapes,
  Style: Paintbrush,
  Frame,
  Link,
  View,
}

/** The picture beside a command in menus, if it has one. */
export const commandIcon = (name: Command | InterfaceAction): LucideIcon | undefined => commands[name]

/** The picture beside what opens more commands, by its label. */
export const submenuIcon = (label: string): LucideIcon | undefined => submenus[label]
