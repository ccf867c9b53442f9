'use client'

import { Menu } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { type Command, interfaceTable } from '../../../whiteboard/index.ts'
import { actionKeys, commandKeys } from '../../lib/keys.ts'
import { Keys } from '../ui/keys.tsx'
import { menuItem, menuPopup, menuSeparator } from '../ui/menu.ts'
import type { Opener } from '../ui/on-demand.tsx'
import { usePanels } from './panels.tsx'
import { useEditor } from './session-context.tsx'

const VIEWS: readonly { command: Command; label: string }[] = [
  { command: 'zoom-to-fit', label: 'Fit everything' },
  { command: 'zoom-to-selection', label: 'Fit the selection' },
  { command: 'zoom-reset', label: 'Real size, 100 %' },
]

/** The views that one may jump to. */
const ZoomMenu = ({ button }: Opener) => {
  const editor = useEditor()
  const { open, act } = usePanels()
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger render={button} />
      <Menu.Portal>
        <Menu.Positioner side="top" sideOffset={10} className="z-30 outline-none">
          <Menu.Popup className={menuPopup}>
            {VIEWS.map(({ command, label }) => (
              <Menu.Item
                key={command}
                className={menuItem}
                disabled={!editor.can(command)}
                onClick={() => editor.run(command)}
              >
                {label}
                <span className="ml-auto pl-6 pointer-coarse:hidden">
                  <Keys keys={commandKeys(command) ?? ''} />
                </span>
              </Menu.Item>
            ))}
            <div className={menuSeparator} />
            <Menu.CheckboxItem
              className={menuItem}
              checked={open.has('minimap')}
              closeOnClick
              onClick={() => act('minimap')}
            >
              {interfaceTable.minimap.label}
              <Menu.CheckboxItemIndicator>
                <Check aria-hidden className="text-accent size-4" />
              </Menu.CheckboxItemIndicator>
              <span className="ml-auto pl-6 pointer-coarse:hidden">
                <Keys keys={actionKeys('minimap') ?? ''} />
              </span>
            </Menu.CheckboxItem>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

export default ZoomMenu
