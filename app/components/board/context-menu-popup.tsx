'use client'

import { Menu } from '@base-ui/react/menu'
import type { Command, Editor } from '../../../whiteboard/index.ts'
import { commandKeys } from '../../lib/keys.ts'
import { Keys } from '../ui/keys.tsx'
import { menuDangerItem, menuItem, menuPopup, menuSeparator } from '../ui/menu.ts'
import type { Place } from './context-menu.tsx'
import { useEditor, useEditorState } from './session-context.tsx'

type Entry = readonly [command: Command, label: string]

const SELECTED: readonly (readonly Entry[])[] = [
  [
    ['cut', 'Cut'],
    ['copy', 'Copy'],
    ['paste', 'Paste'],
    ['duplicate', 'Duplicate'],
  ],
  [
    ['bring-to-front', 'Bring to front'],
    ['bring-forward', 'Bring forward'],
    ['send-backward', 'Send backward'],
    ['send-to-back', 'Send to back'],
  ],
  [
    ['group', 'Group'],
    ['ungroup', 'Ungroup'],
    ['lock-toggle', 'Lock'],
  ],
  [
    ['flip-horizontal', 'Flip left to right'],
    ['flip-vertical', 'Flip upside down'],
  ],
  [['delete', 'Delete']],
]

const NOTHING_SELECTED: readonly (readonly Entry[])[] = [
  [['paste', 'Paste']],
  [
    ['select-all', 'Select all'],
    ['zoom-to-fit', 'Fit everything'],
    ['zoom-reset', 'Real size, 100 %'],
  ],
]

/** A lock that is there is what the same command takes away. */
const labelOf = ([command, label]: Entry, editor: Editor): string =>
  command === 'lock-toggle' && editor.selectedElements().every(({ locked }) => locked) ? 'Unlock' : label

const Item = ({ entry }: { entry: Entry }) => {
  const editor = useEditor()
  const [command] = entry
  return (
    <Menu.Item
      className={command === 'delete' ? menuDangerItem : menuItem}
      disabled={!editor.can(command)}
      onClick={() => editor.run(command)}
    >
      {labelOf(entry, editor)}
      <span className="ml-auto pl-8 pointer-coarse:hidden">
        <Keys keys={commandKeys(command) ?? ''} />
      </span>
    </Menu.Item>
  )
}

const forViewers = new Set<Command>(['copy', 'select-all', 'zoom-to-fit', 'zoom-reset'])

/** What can be done with the selection, or the board. */
const ContextMenuPopup = ({ place, close }: { place: Place; close: () => void }) => {
  const selected = useEditorState((state) => state.selection.size > 0)
  const canEdit = useEditorState((state) => state.canEdit)
  const blocks = (selected ? SELECTED : NOTHING_SELECTED)
    .map((block) => block.filter(([command]) => canEdit || forViewers.has(command)))
    .filter((block) => block.length > 0)
  const anchor = { getBoundingClientRect: () => new DOMRect(place.x, place.y, 0, 0) }
  return (
    <Menu.Root open onOpenChange={(open) => !open && close()} modal={false}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} side="bottom" align="start" className="z-30 outline-none">
          <Menu.Popup className={menuPopup}>
            {blocks.map((block, index) => (
              <div key={block[0]?.[0]}>
                {index > 0 && <div className={menuSeparator} />}
                {block.map((entry) => (
                  <Item key={entry[0]} entry={entry} />
                ))}
              </div>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

export default ContextMenuPopup
