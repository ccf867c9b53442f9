'use client'

import { Menu } from '@base-ui/react/menu'
import {
  CircleQuestionMark,
  Download,
  Eye,
  FolderOpen,
  Grid3x3,
  History,
  ImageDown,
  LayoutGrid,
  LibraryBig,
  LogIn,
  LogOut,
  Maximize,
  Plus,
  Presentation,
  Search,
  Terminal,
  UserPlus,
  UserRoundPen,
} from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '../../lib/api.ts'
import { boardsApi } from '../../lib/boards-api.ts'
import { actionKeys, commandKeys } from '../../lib/keys.ts'
import { signOut } from '../../lib/sign-in.ts'
import { RenameYourself } from '../rename-yourself.tsx'
import { ThemeItems } from '../theme-menu.tsx'
import { Keys } from '../ui/keys.tsx'
import { menuHeading, menuItem, menuPopup, menuSeparator } from '../ui/menu.ts'
import type { Opener } from '../ui/on-demand.tsx'
import { notify } from '../ui/toasts.tsx'
import { usePanels } from './panels.tsx'
import { useEditor, useEditorState, useOpenBoard } from './session-context.tsx'

const icon = 'text-soft size-4.5'

const told = async (work: () => Promise<void>) => {
  try {
    await work()
  } catch (failure) {
    notify({ kind: 'failed', text: wordsFor(failure) })
  }
}

const newBoard = () => told(async () => location.assign(`/b/${(await boardsApi.createBoard()).id}`))

const leave = () =>
  told(async () => {
    await signOut()
    location.assign('/')
  })

const here = (): string => encodeURIComponent(location.pathname)

const AccountItems = ({ isGuest }: { isGuest: boolean }) =>
  isGuest ? (
    <>
      <Menu.Item className={menuItem} onClick={() => location.assign(`/register?callbackUrl=${here()}`)}>
        <UserPlus aria-hidden className={icon} /> Create an account
      </Menu.Item>
      <Menu.Item className={menuItem} onClick={() => location.assign(`/signin?callbackUrl=${here()}`)}>
        <LogIn aria-hidden className={icon} /> Sign in
      </Menu.Item>
    </>
  ) : (
    <Menu.Item className={menuItem} onClick={leave}>
      <LogOut aria-hidden className={icon} /> Sign out
    </Menu.Item>
  )

const shownKeys = (keys: string | undefined) => (
  <span className="ml-auto pl-6 pointer-coarse:hidden">
    <Keys keys={keys ?? ''} />
  </span>
)

const FileItems = ({ canEdit }: { canEdit: boolean }) => {
  const { act } = usePanels()
  return (
    <>
      {canEdit && (
        <Menu.Item className={menuItem} onClick={() => act('open-file')}>
          <FolderOpen aria-hidden className={icon} /> Open … {shownKeys(actionKeys('open-file'))}
        </Menu.Item>
      )}
      <Menu.Item className={menuItem} onClick={() => act('save-file')}>
        <Download aria-hidden className={icon} /> Save as file {shownKeys(actionKeys('save-file'))}
      </Menu.Item>
      <Menu.Item className={menuItem} onClick={() => act('export')}>
        <ImageDown aria-hidden className={icon} /> Export … {shownKeys(actionKeys('export'))}
      </Menu.Item>
      {canEdit && (
        <Menu.Item className={menuItem} onClick={() => act('history')}>
          <History aria-hidden className={icon} /> Version history
        </Menu.Item>
      )}
      <Menu.Item className={menuItem} onClick={() => act('library')}>
        <LibraryBig aria-hidden className={icon} /> Library
      </Menu.Item>
    </>
  )
}

const ViewItems = ({ canEdit }: { canEdit: boolean }) => {
  const editor = useEditor()
  const { act } = usePanels()
  return (
    <>
      <Menu.Item className={menuItem} onClick={() => act('present')}>
        <Presentation aria-hidden className={icon} /> Present {shownKeys(actionKeys('present'))}
      </Menu.Item>
      {canEdit && (
        <Menu.Item className={menuItem} onClick={() => act('background')}>
          <Grid3x3 aria-hidden className={icon} /> Background and grid
        </Menu.Item>
      )}
      {canEdit && (
        <Menu.Item className={menuItem} onClick={() => editor.run('view-mode-toggle')}>
          <Eye aria-hidden className={icon} /> View only {shownKeys(commandKeys('view-mode-toggle'))}
        </Menu.Item>
      )}
      <Menu.Item className={menuItem} onClick={() => editor.run('focus-mode-toggle')}>
        <Maximize aria-hidden className={icon} /> Focus on the board{' '}
        {shownKeys(commandKeys('focus-mode-toggle'))}
      </Menu.Item>
    </>
  )
}

const HelpItems = () => {
  const { act } = usePanels()
  return (
    <>
      <Menu.Item className={menuItem} onClick={() => act('find')}>
        <Search aria-hidden className={icon} /> Find on the board {shownKeys(actionKeys('find'))}
      </Menu.Item>
      <Menu.Item className={menuItem} onClick={() => act('palette')}>
        <Terminal aria-hidden className={icon} /> All commands {shownKeys(actionKeys('palette'))}
      </Menu.Item>
      <Menu.Item className={menuItem} onClick={() => act('help')}>
        <CircleQuestionMark aria-hidden className={icon} /> Help and shortcuts {shownKeys(actionKeys('help'))}
      </Menu.Item>
    </>
  )
}

/** Home, files, help, theme, and who one is. */
const MainMenu = ({ button }: Opener) => {
  const { person } = useOpenBoard()
  const canEdit = useEditorState((state) => state.canEdit)
  const [name, setName] = useState(person.name)
  const [renaming, setRenaming] = useState(false)
  return (
    <>
      <Menu.Root defaultOpen>
        <Menu.Trigger render={button} />
        <Menu.Portal>
          <Menu.Positioner sideOffset={8} align="start" className="z-30 outline-none">
            <Menu.Popup className={menuPopup}>
              <Menu.Item className={menuItem} onClick={() => location.assign('/boards')}>
                <LayoutGrid aria-hidden className={icon} /> Your boards
              </Menu.Item>
              <Menu.Item className={menuItem} onClick={newBoard}>
                <Plus aria-hidden className={icon} /> New board
              </Menu.Item>
              <div className={menuSeparator} />
              <FileItems canEdit={canEdit} />
              <div className={menuSeparator} />
              <ViewItems canEdit={canEdit} />
              <div className={menuSeparator} />
              <HelpItems />
              <div className={menuSeparator} />
              <p className={menuHeading}>Theme</p>
              <ThemeItems />
              <div className={menuSeparator} />
              <p className={`${menuHeading} max-w-60 truncate`}>{person.isGuest ? `Guest: ${name}` : name}</p>
              <Menu.Item className={menuItem} onClick={() => setRenaming(true)}>
                <UserRoundPen aria-hidden className={icon} /> Change your name
              </Menu.Item>
              <AccountItems isGuest={person.isGuest} />
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <RenameYourself open={renaming} onOpenChange={setRenaming} name={name} onRenamed={setName} />
    </>
  )
}

export default MainMenu
