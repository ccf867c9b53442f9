'use client'

import { Menu } from '@base-ui/react/menu'
import { Check, ChevronLeft, ChevronRight, type LucideIcon } from 'lucide-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import {
  type Command,
  commandTable,
  type Editor,
  type InterfaceAction,
} from '../../../../whiteboard/index.ts'
import { actionKeys, commandKeys } from '../../../lib/keys.ts'
import { useIsPhone } from '../../../lib/use-media.ts'
import { Keys } from '../../ui/keys.tsx'
import { menuDangerItem, menuItem, menuPopup, menuSeparator } from '../../ui/menu.ts'
import { commandIcon, submenuIcon } from '../command-icons.ts'
import { usePanels } from '../panels.tsx'
import { useEditor, useEditorState } from '../session-context.tsx'
import type { Place } from './context-menu.tsx'
import {
  isSubmenu,
  type MenuEntry,
  type MenuRow,
  type MenuSection,
  planContextMenu,
  type Submenu,
} from './context-menu-plan.ts'

const isCommand = (name: Command | InterfaceAction): name is Command => name in commandTable

const Picture = ({ Icon }: { Icon: LucideIcon | undefined }) =>
  Icon ? (
    <Icon aria-hidden className="size-4.5 shrink-0 opacity-75" />
  ) : (
    <span className="size-4.5 shrink-0" />
  )

const keysOf = (name: Command | InterfaceAction): string | undefined =>
  isCommand(name) ? commandKeys(name) : actionKeys(name)

/** As readers say them, apart from the name. */
const spokenKeys = (name: Command | InterfaceAction): string | undefined =>
  keysOf(name)?.replace('Ctrl', 'Control')

const Caps = ({ name }: { name: Command | InterfaceAction }) => {
  const keys = keysOf(name)
  return keys ? (
    <span aria-hidden className="ml-auto pl-6 pointer-coarse:hidden">
      <Keys keys={keys} />
    </span>
  ) : null
}

type Run = (name: Command | InterfaceAction) => void

const Entry = ({ entry, run, icons }: { entry: MenuEntry; run: Run; icons: boolean }) => {
  const { name, label, checked } = entry
  if (checked !== undefined) {
    return (
      <Menu.CheckboxItem
        className={menuItem}
        checked={checked}
        closeOnClick
        aria-keyshortcuts={spokenKeys(name)}
        onClick={() => run(name)}
      >
        <Picture Icon={checked ? Check : undefined} />
        {label}
        <Caps name={name} />
      </Menu.CheckboxItem>
    )
  }
  return (
    <Menu.Item
      className={name === 'delete' ? menuDangerItem : menuItem}
      aria-keyshortcuts={spokenKeys(name)}
      onClick={() => run(name)}
    >
      {icons && <Picture Icon={commandIcon(name)} />}
      {label}
      <Caps name={name} />
    </Menu.Item>
  )
}

const hasChecks = (sections: readonly MenuSection[]): boolean =>
  sections.flat().some((row) => !isSubmenu(row) && row.checked !== undefined)

/** Rows with a line between what does not belong together. */
const Sections = ({
  sections,
  row,
}: {
  sections: readonly MenuSection[]
  row: (row: MenuRow) => ReactNode
}) =>
  sections.map((section, index) => (
    <Menu.Group key={section[0]?.label}>
      {index > 0 && <div className={menuSeparator} />}
      {section.map(row)}
    </Menu.Group>
  ))

/** Opens beside its row. */
const SideMenu = ({ submenu, run }: { submenu: Submenu; run: Run }) => (
  <Menu.SubmenuRoot>
    <Menu.SubmenuTrigger className={`${menuItem} data-popup-open:bg-hover`}>
      <Picture Icon={submenuIcon(submenu.label)} />
      {submenu.label}
      <ChevronRight aria-hidden className="text-faint ml-auto size-4" />
    </Menu.SubmenuTrigger>
    <Menu.Portal>
      <Menu.Positioner collisionPadding={8} alignOffset={-6} className="z-30 outline-none">
        <Menu.Popup className={menuPopup}>
          <SubmenuRows submenu={submenu} run={run} />
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  </Menu.SubmenuRoot>
)

const SubmenuRows = ({ submenu, run }: { submenu: Submenu; run: Run }) => {
  const icons = hasChecks(submenu.sections)
  return (
    <Sections
      sections={submenu.sections}
      row={(row) => !isSubmenu(row) && <Entry key={row.name} entry={row} run={run} icons={icons} />}
    />
  )
}

/** Where there is no room beside, a submenu takes the place of the menu. */
const Pages = ({ sections, run }: { sections: readonly MenuSection[]; run: Run }) => {
  const [page, setPage] = useState<Submenu | null>(null)
  if (page) {
    return (
      <>
        <Menu.Item
          className={`${menuItem} text-soft`}
          closeOnClick={false}
          aria-label={`Back from ${page.label}`}
          onClick={() => setPage(null)}
        >
          <ChevronLeft aria-hidden className="size-4.5 shrink-0" />
          {page.label}
        </Menu.Item>
        <div className={menuSeparator} />
        <SubmenuRows submenu={page} run={run} />
      </>
    )
  }
  return (
    <Sections
      sections={sections}
      row={(row) =>
        isSubmenu(row) ? (
          <Menu.Item
            key={row.label}
            className={menuItem}
            closeOnClick={false}
            aria-haspopup="menu"
            onClick={() => setPage(row)}
          >
            <Picture Icon={submenuIcon(row.label)} />
            {row.label}
            <ChevronRight aria-hidden className="text-faint ml-auto size-4" />
          </Menu.Item>
        ) : (
          <Entry key={row.name} entry={row} run={run} icons />
        )
      }
    />
  )
}

/** What the menu is made of now. */
const usePlan = (): readonly MenuSection[] => {
  const editor = useEditor()
  const { open } = usePanels()
  const state = useEditorState((whole) => whole)
  const toggles: readonly [Command | InterfaceAction, boolean][] = [
    ['snapping-toggle', state.snapping],
    ['grid-toggle', editor.board.settings.pattern === 'grid'],
    ['view-mode-toggle', state.modes.viewing],
    ['minimap', open.has('minimap')],
  ]
  return planContextMenu({
    can: (command) => editor.can(command),
    canEdit: state.canEdit,
    selected: editor.selectedElements(),
    on: new Set(toggles.filter(([, on]) => on).map(([name]) => name)),
  })
}

/** The middle of what is selected, or of the board, as far as it is in view. */
const placeOfSelection = (editor: Editor): Place => {
  const host = document.querySelector('[data-board-canvas]') ?? document.body
  const { left, top, width, height } = host.getBoundingClientRect()
  const { camera } = editor.state
  const [element] = editor.selectedElements()
  if (!element) return { x: left + width / 2, y: top + height / 2 }
  const along = (axis: 0 | 1, from: number, length: number, start: number): number => {
    const middle = (element.position[axis] + element.size[axis] / 2 - from) * camera.zoom
    return start + Math.max(0, Math.min(length, middle))
  }
  return { x: along(0, camera.x, width, left), y: along(1, camera.y, height, top) }
}

interface PopupProps {
  readonly place: Place | 'selection'
  readonly close: () => void
}

/** What can be done with the selection, or the board. */
const ContextMenuPopup = ({ place, close }: PopupProps) => {
  const editor = useEditor()
  const { act } = usePanels()
  const phone = useIsPhone()
  const sections = usePlan()
  /** A panel that was opened keeps the focus. */
  const leads = useRef(false)
  const run: Run = (name) => {
    if (isCommand(name)) editor.run(name)
    else {
      leads.current = true
      act(name)
    }
  }
  const { x, y } = useMemo(() => (place === 'selection' ? placeOfSelection(editor) : place), [editor, place])
  const anchor = { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }
  return (
    <Menu.Root open onOpenChange={(open) => !open && close()} modal={false}>
      <Menu.Portal>
        <Menu.Positioner
          anchor={anchor}
          side="right"
          align="start"
          collisionPadding={8}
          collisionAvoidance={{ side: 'shift', align: 'shift', fallbackAxisSide: 'none' }}
          className="z-30 outline-none"
        >
          <Menu.Popup
            className={menuPopup}
            aria-label={editor.state.selection.size > 0 ? 'Selection' : 'Board'}
            finalFocus={() => !leads.current}
            onContextMenu={(event) => event.preventDefault()}
          >
            {phone ? (
              <Pages sections={sections} run={run} />
            ) : (
              <Sections
                sections={sections}
                row={(row) =>
                  isSubmenu(row) ? (
                    <SideMenu key={row.label} submenu={row} run={run} />
                  ) : (
                    <Entry key={row.name} entry={row} run={run} icons />
                  )
                }
              />
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

export default ContextMenuPopup
