'use client'

import { Menu } from '@base-ui/react/menu'
import { Copy, EllipsisVertical, Pencil, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { menuDangerItem, menuItem, menuPopup, menuSeparator } from '../components/ui/menu.ts'
import type { BoardSummary } from '../lib/api.ts'
import { useTheme } from '../lib/theme.ts'
import { timeAgo } from '../lib/time.ts'

/** A picture of the board; while there is none, a sheet of empty paper. */
const Preview = ({ board }: { board: BoardSummary }) => {
  const theme = useTheme()
  const [missing, setMissing] = useState(false)
  const version = encodeURIComponent(board.updatedAt)
  return (
    <div className="dot-grid bg-surface border-line aspect-[16/10] overflow-hidden border-b">
      {!missing && (
        // biome-ignore lint/performance/noImgElement: a private picture, made per request, that no optimiser should see
        <img
          key={theme}
          src={`/api/boards/${encodeURIComponent(board.id)}/preview.svg?theme=${theme}&v=${version}`}
          alt=""
          loading="lazy"
          decoding="async"
          className="size-full object-contain p-3"
          onError={() => setMissing(true)}
        />
      )}
    </div>
  )
}

interface BoardCardProps {
  readonly board: BoardSummary
  readonly onRename: () => void
  readonly onDuplicate: () => void
  readonly onDelete: () => void
}

const Actions = ({ board, onRename, onDuplicate, onDelete }: BoardCardProps) => (
  <Menu.Root>
    <Menu.Trigger
      aria-label={`What to do with ${board.title}`}
      className="button text-soft hover:bg-hover hover:text-ink data-popup-open:bg-hover relative size-9 shrink-0 pointer-coarse:size-11"
    >
      <EllipsisVertical aria-hidden className="size-5" />
    </Menu.Trigger>
    <Menu.Portal>
      <Menu.Positioner sideOffset={4} align="end" className="z-40 outline-none">
        <Menu.Popup className={menuPopup}>
          {board.role !== 'viewer' && (
            <Menu.Item className={menuItem} onClick={onRename}>
              <Pencil aria-hidden className="text-soft size-4.5" /> Rename
            </Menu.Item>
          )}
          <Menu.Item className={menuItem} onClick={onDuplicate}>
            <Copy aria-hidden className="text-soft size-4.5" /> Duplicate
          </Menu.Item>
          {board.role === 'owner' && (
            <>
              <div className={menuSeparator} />
              <Menu.Item className={menuDangerItem} onClick={onDelete}>
                <Trash2 aria-hidden className="size-4.5" /> Delete
              </Menu.Item>
            </>
          )}
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  </Menu.Root>
)

export const BoardCard = (props: BoardCardProps) => {
  const { board } = props
  const shared = board.role !== 'owner'
  return (
    <article className="panel hover:border-line-strong relative overflow-hidden transition-colors focus-within:border-line-strong">
      <Preview board={board} />
      <div className="flex items-center gap-2 py-2.5 pr-2 pl-4">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-medium">
            <Link
              href={`/b/${board.id}`}
              prefetch={false}
              className="after:absolute after:inset-0 after:rounded-[inherit] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {board.title}
            </Link>
          </h2>
          <p className="text-faint truncate text-sm">
            {shared && `${board.owner.name || 'Somebody'} · ${board.role === 'viewer' ? 'view only · ' : ''}`}
            <time dateTime={board.updatedAt} suppressHydrationWarning>
              {timeAgo(board.updatedAt)}
            </time>
          </p>
        </div>
        <Actions {...props} />
      </div>
    </article>
  )
}

export const BoardCardSkeleton = () => (
  <div className="panel animate-pulse overflow-hidden" aria-hidden>
    <div className="bg-sunken aspect-[16/10]" />
    <div className="space-y-2 p-4">
      <div className="bg-sunken h-4 w-2/3 rounded" />
      <div className="bg-sunken h-3 w-1/3 rounded" />
    </div>
  </div>
)
