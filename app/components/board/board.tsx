'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import type { BoardRole } from '../../lib/api.ts'
import { type BoardSession, openBoardSession } from '../../lib/board-session.ts'
import { useKeptStyles } from '../../lib/kept-styles.ts'
import { keepBoardPage } from '../../lib/offline.ts'
import { useTheme } from '../../lib/theme.ts'
import { useIsPhone } from '../../lib/use-media.ts'
import { Tooltips } from '../ui/tooltip.tsx'
import { Announcer } from './announcer.tsx'
import { BoardLoading } from './board-loading.tsx'
import { BoardContextMenu } from './context-menu/context-menu.tsx'
import { EmptyHint } from './empty-hint.tsx'
import { Ended, UntilEnded } from './ended.tsx'
import { ImportHost } from './files/import-host.tsx'
import { useLinks } from './links.ts'
import { ModeExits, useBare } from './modes.tsx'
import { PanelHost } from './panels.tsx'
import { Following } from './people/people.tsx'
import { OpenBoardContext, useEditor, useEditorState, useOpenBoard, useShown } from './session-context.tsx'
import { StylePanels } from './style-panels.tsx'
import { ToolBar } from './tool-bar/tool-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useStepAside } from './use-step-aside.ts'
import { useTypingInView } from './use-typing-in-view.ts'
import { useView } from './use-view.ts'
import { ViewControls } from './view-controls.tsx'

/** Lays the canvas out in `host` and keeps its theme that of the page. */
const useCanvas = (host: RefObject<HTMLElement | null>): void => {
  const editor = useEditor()
  const theme = useTheme()
  useEffect(() => (host.current ? editor.mount(host.current) : undefined), [editor, host])
  useEffect(() => editor.setTheme(theme), [editor, theme])
}

/** Where the browser keeps no copy, leaving would lose what is not on the server yet: it asks first. */
const useLeaveWarning = (): void => {
  const { sync } = useOpenBoard().session
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (sync.status.unsaved > 0 && !sync.deviceCopy) event.preventDefault()
    }
    window.addEventListener('beforeunload', onLeave)
    return () => window.removeEventListener('beforeunload', onLeave)
  }, [sync])
}

/** Ctrl and the wheel zoom the board, never the page around it. */
const useWheel = (): void => {
  useEffect(() => {
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey) event.preventDefault()
    }
    window.addEventListener('wheel', onWheel, { passive: false })
    return () => window.removeEventListener('wheel', onWheel)
  }, [])
}

/** All that lies round the board, and over its edges. */
const Bars = ({ title }: { title: string }) => {
  const phone = useIsPhone()
  const [stylesOpen, setStylesOpen] = useState(false)
  const aside = useStepAside()
  return (
    <>
      <EmptyHint />
      <div className={aside}>
        <TopBar title={title} />
      </div>
      <StylePanels phone={phone} open={stylesOpen} />
      <div
        className={`pointer-events-none absolute inset-x-2 bottom-[calc(0.5rem+env(safe-area-inset-bottom))] z-10 flex flex-col items-center gap-2 roomy:inset-x-3 roomy:bottom-3 roomy:block ${aside}`}
      >
        <div className="w-full short:absolute short:bottom-0 roomy:absolute roomy:bottom-0 roomy:left-0 roomy:w-auto">
          <ViewControls />
        </div>
        <div className="max-sm:w-full roomy:mx-auto roomy:w-fit">
          <ToolBar stylesOpen={stylesOpen} onToggleStyles={() => setStylesOpen(!stylesOpen)} />
        </div>
      </div>
      <Following />
    </>
  )
}

/** Shows that the board has the focus of the keyboard, as long as no selection does. */
const FocusRing = () => {
  const selected = useEditorState(({ selection }) => selection.size > 0)
  if (selected) return null
  return (
    <div
      aria-hidden
      className="border-accent pointer-events-none absolute inset-0 hidden border opacity-60 peer-focus-visible:block"
    />
  )
}

const Chrome = ({ title }: { title: string }) => {
  const host = useRef<HTMLDivElement>(null)
  const shown = useShown()
  const bare = useBare()
  useCanvas(host)
  useView()
  useTypingInView()
  useLeaveWarning()
  useWheel()
  useKeptStyles(useEditor())
  useLinks()
  return (
    <main className="bg-ground fixed inset-0 overflow-hidden select-none">
      <div ref={host} data-board-canvas className="peer absolute inset-0 touch-none" />
      <FocusRing />
      {!shown && <BoardLoading />}
      <Announcer />
      <UntilEnded>{!bare && <Bars title={title} />}</UntilEnded>
      <ModeExits />
      <BoardContextMenu host={host} />
      <ImportHost host={host} />
      <Ended />
    </main>
  )
}

export interface BoardProps {
  readonly id: string
  readonly title: string
  readonly role: BoardRole
  readonly person: { readonly id: string; readonly name: string; readonly isGuest: boolean }
}

/** The board: opens a session for as long as it is shown. */
export const Board = ({ id, title, role, person }: BoardProps) => {
  const [session, setSession] = useState<BoardSession | null>(null)
  const personId = person.id
  useEffect(() => {
    const opened = openBoardSession({ boardId: id, personId, canEdit: role !== 'viewer' })
    setSession(opened)
    return () => {
      setSession(null)
      opened.dispose()
    }
  }, [id, personId, role])
  useEffect(() => session?.editor.setPerson(person.name), [session, person.name])
  useEffect(() => keepBoardPage(id), [id])
  if (!session) return <BoardLoading />
  return (
    <OpenBoardContext value={{ id, role, person, session }}>
      <PanelHost>
        <Chrome title={title} />
      </PanelHost>
      <Tooltips />
    </OpenBoardContext>
  )
}
