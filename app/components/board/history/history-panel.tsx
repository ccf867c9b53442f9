'use client'

import { BookmarkPlus, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { focusBoard } from '../../../lib/focus-board.ts'
import { type Version, versionsApi } from '../../../lib/versions.ts'
import { Button } from '../../ui/button.tsx'
import { TextDialog } from '../../ui/text-dialog.tsx'
import { useEscape } from '../escape.ts'
import { IconButton } from '../icon-button.tsx'
import type { PanelProps } from '../panels.tsx'
import { useOpenBoard, useSyncStatus } from '../session-context.tsx'
import { change, copyToNewBoard, whenSaved } from './actions.ts'
import { Preview } from './preview.tsx'
import { useVersions } from './use-versions.ts'
import { VersionList } from './version-list.tsx'
import type { RowActions } from './version-row.tsx'

/** What a name is asked for: the board as it is now, or a version. */
type Naming = { readonly type: 'now' } | { readonly type: 'version'; readonly version: Version }

const MAX_NAME = 100

const Filter = ({ named, choose }: { named: boolean; choose: (named: boolean) => void }) => (
  <fieldset className="bg-sunken flex rounded-lg p-0.5">
    <legend className="sr-only">Which versions to show</legend>
    {[false, true].map((each) => (
      <button
        key={String(each)}
        type="button"
        aria-pressed={named === each}
        onClick={() => choose(each)}
        className="button text-soft aria-pressed:bg-pressed aria-pressed:text-ink aria-pressed:shadow-panel h-8 flex-1 rounded-md! px-3 text-sm pointer-coarse:h-10"
      >
        {each ? 'Named' : 'All'}
      </button>
    ))}
  </fieldset>
)

interface NameDialogProps {
  readonly naming: Naming | null
  readonly close: () => void
  readonly named: () => void
}

const NameDialog = ({ naming, close, named }: NameDialogProps) => {
  const board = useOpenBoard()
  const save = async (name: string) => {
    if (naming?.type === 'version') await versionsApi.rename(board.id, naming.version.id, name)
    else {
      await whenSaved(board)
      await versionsApi.nameCurrent(board.id, name)
    }
    named()
  }
  return (
    <TextDialog
      open={naming !== null}
      onOpenChange={(open) => !open && close()}
      title={naming?.type === 'version' ? 'Name of the version' : 'Name this version'}
      hint="A version with a name is kept until you take the name away."
      label="Name"
      value={naming?.type === 'version' ? (naming.version.name ?? '') : ''}
      maxLength={MAX_NAME}
      save={save}
    />
  )
}

/** The first thing in the panel that can be used has the focus when it opens. */
const useFirstFocus = () => {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.querySelector<HTMLElement>('[data-first]')?.focus(), [])
  return panel
}

const HistoryPanel = ({ close }: { close: () => void }) => {
  const { id, role } = useOpenBoard()
  const [named, setNamed] = useState(false)
  const [shown, setShown] = useState<Version | null>(null)
  const [naming, setNaming] = useState<Naming | null>(null)
  const status = useSyncStatus()
  const { list, look, reload, more } = useVersions({
    boardId: id,
    named,
    connected: status.state === 'online',
  })
  const panel = useFirstFocus()
  const board = useOpenBoard()
  const changing = async (work: () => Promise<unknown>) => {
    if (!(await change(work))) return
    await look()
    // What had the focus may have gone with its version.
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return
      panel.current?.querySelector<HTMLElement>('[data-version], [data-first]')?.focus()
    })
  }
  /** Whatever had the focus may be gone with the version: its row is where one goes on from. */
  const leave = () => {
    const row = shown && panel.current?.querySelector<HTMLElement>(`[data-version="${shown.id}"]`)
    setShown(null)
    row?.focus()
  }
  /** Escape goes back to the board that is there now; a second one closes the panel. */
  const onEscape = useEscape('history', () => {
    if (shown) return leave()
    close()
    focusBoard()
  })
  const actions: RowActions = {
    show: setShown,
    name: (version) => setNaming({ type: 'version', version }),
    takeName: (version) => void changing(() => versionsApi.rename(id, version.id, null)),
    copy: (version) => void copyToNewBoard(board, version),
    remove:
      role === 'owner'
        ? (version) => {
            if (shown?.id === version.id) setShown(null)
            void changing(() => versionsApi.remove(id, version.id))
          }
        : null,
  }
  return (
    <>
      {shown && <Preview version={shown} leave={leave} changed={look} />}
      <section
        ref={panel}
        data-panel="history"
        aria-label="Version history"
        onKeyDown={(event) => {
          onEscape(event)
          // While a version is shown, no key reaches the board.
          if (shown) event.stopPropagation()
        }}
        className={`panel shadow-float fixed inset-x-2 z-30 flex max-h-[48dvh] flex-col p-2 sm:inset-x-auto sm:right-3 sm:max-h-none sm:w-80 ${
          shown
            ? 'bottom-2 sm:top-3 sm:bottom-3'
            : 'bottom-[calc(8rem+env(safe-area-inset-bottom))] sm:top-18 sm:bottom-36 roomy:bottom-20'
        }`}
      >
        <div className="flex items-center justify-between pl-2">
          <h2 className="font-medium">Version history</h2>
          <IconButton Icon={X} label="Close" onClick={close} />
        </div>
        <div className="flex flex-col gap-2 px-1 pt-1 pb-2">
          {!shown && role !== 'viewer' && (
            <Button
              size="small"
              data-first
              className="pointer-coarse:h-11!"
              onClick={() => setNaming({ type: 'now' })}
            >
              <BookmarkPlus aria-hidden className="size-4" /> Name this version
            </Button>
          )}
          <Filter named={named} choose={setNamed} />
        </div>
        <div className="scroll-hint min-h-0 flex-1 overflow-y-auto">
          <VersionList
            list={list}
            named={named}
            shown={shown}
            actions={actions}
            reload={reload}
            more={more}
          />
        </div>
      </section>
      <NameDialog naming={naming} close={() => setNaming(null)} named={look} />
    </>
  )
}

/** What the board once was: to look at, to name, to go back to. */
const History = ({ open, close }: PanelProps) => (open ? <HistoryPanel close={close} /> : null)

export default History
