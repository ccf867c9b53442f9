'use client'

import { ChevronDown, Eye, UserPlus } from 'lucide-react'
import { Suspense, useState } from 'react'
import { Mark } from '../brand.tsx'
import { Coming } from '../ui/coming.tsx'
import { late } from '../ui/late.ts'
import { onDemand } from '../ui/on-demand.tsx'
import { tip } from '../ui/tooltip.tsx'
import { BoardTitle } from './board-title.tsx'
import { People } from './people/people.tsx'
import { SaveState } from './save-state.tsx'
import { useEditorState, useOpenBoard } from './session-context.tsx'

const MainMenu = onDemand(() => import('./main-menu.tsx'))
const ShareDialog = late(() => import('./share-dialog.tsx'))

const menuButton = (
  <button
    type="button"
    aria-label="Menu"
    className="button hover:bg-hover h-10 shrink-0 gap-1! pr-1.5 pl-1 max-sm:pl-1.5 pointer-coarse:h-11"
  >
    <Mark className="size-8" />
    <ChevronDown aria-hidden className="text-faint size-4 max-sm:hidden" />
  </button>
)

const ViewOnly = () => (
  <span
    {...tip({ label: 'You can look at this board, not change it', side: 'bottom' })}
    className="bg-sunken text-soft flex h-7 shrink-0 items-center gap-1.5 rounded-full px-2.5 text-sm"
  >
    <Eye aria-hidden className="size-4" /> <span className="max-sm:sr-only">View only</span>
  </span>
)

/** The owner makes links to the board; everybody else learns who can, and has its address. */
const Share = () => {
  const { id, role } = useOpenBoard()
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState(false)
  const show = () => {
    setWanted(true)
    setOpen(true)
  }
  const owner = role === 'owner'
  const look = owner ? 'bg-accent text-on-accent hover:bg-accent-deep' : 'text-ink hover:bg-hover'
  return (
    <>
      <button
        type="button"
        aria-label="Share"
        onClick={show}
        className={`button h-10 px-3.5 pointer-coarse:h-11 max-sm:w-11 max-sm:px-0 ${look}`}
      >
        <UserPlus aria-hidden className="size-4.5" />
        <span className="max-sm:hidden">Share</span>
      </button>
      {wanted && (
        <Suspense fallback={open && <Coming leave={() => setOpen(false)} />}>
          <ShareDialog open={open} onOpenChange={setOpen} boardId={id} owner={owner} />
        </Suspense>
      )}
    </>
  )
}

/** Left: where one is. Right: who else is here, where one's changes are, and the way to let others in. */
export const TopBar = ({ title }: { title: string }) => {
  const canEdit = useEditorState((state) => state.canEdit)
  return (
    <header className="pointer-events-none absolute inset-x-2 top-[calc(0.5rem+env(safe-area-inset-top))] z-20 flex items-start justify-between gap-2 lg:inset-x-3 lg:top-3">
      <div className="panel pointer-events-auto flex min-w-0 items-center gap-1 p-0.5 pr-1.5">
        <MainMenu button={menuButton} />
        <BoardTitle title={title} />
        {!canEdit && <ViewOnly />}
      </div>
      <div className="panel pointer-events-auto flex shrink-0 items-center gap-1 p-0.5">
        <SaveState />
        <People />
        <Share />
      </div>
    </header>
  )
}
