'use client'

import { ArrowLeft, RotateCcw, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { Dialog } from '../../components/ui/dialog.tsx'
import { timeAgo } from '../../lib/time.ts'
import { type BinnedBoard, useBin } from './use-bin.ts'

const DAY = 24 * 3_600_000

/** "deleted for good in 12 days" */
const remaining = ({ removedAt }: BinnedBoard, now: number): string => {
  const days = Math.ceil((Date.parse(removedAt) - now) / DAY)
  if (days <= 0) return 'deleted for good soon'
  return `deleted for good in ${days === 1 ? '1 day' : `${days} days`}`
}

interface RowProps {
  readonly board: BinnedBoard
  readonly restore: () => void
  readonly remove: () => void
}

const Row = ({ board, restore, remove }: RowProps) => (
  <li className="panel flex flex-wrap items-center gap-x-4 gap-y-3 py-3 pr-3 pl-5">
    <div className="min-w-0 flex-1 basis-56">
      <h2 className="truncate font-medium">{board.title}</h2>
      <p className="text-faint text-sm" suppressHydrationWarning>
        Deleted {timeAgo(board.deletedAt)} · {remaining(board, Date.now())}
      </p>
    </div>
    <div className="flex gap-2">
      <Button
        size="small"
        className="pointer-coarse:h-11!"
        aria-label={`Restore ${board.title}`}
        onClick={restore}
      >
        <RotateCcw aria-hidden className="size-4" /> Restore
      </Button>
      <Button
        size="small"
        look="quiet"
        className="text-danger! pointer-coarse:h-11!"
        aria-label={`Delete for good: ${board.title}`}
        onClick={remove}
      >
        <Trash2 aria-hidden className="size-4" /> Delete for good
      </Button>
    </div>
  </li>
)

interface AskProps {
  readonly board: BinnedBoard | null
  readonly close: () => void
  readonly remove: (board: BinnedBoard) => void
}

/** The one thing here that nobody can take back is asked for twice. */
const Ask = ({ board, close, remove }: AskProps) => (
  <Dialog
    open={board !== null}
    onOpenChange={(open) => !open && close()}
    title="Delete for good?"
    description={
      board && `“${board.title}”, its history and its pictures will be gone. Nobody can bring them back.`
    }
  >
    <div className="flex justify-end gap-2">
      <Button look="quiet" onClick={close}>
        Cancel
      </Button>
      <Button
        look="danger"
        onClick={() => {
          close()
          if (board) remove(board)
        }}
      >
        Delete for good
      </Button>
    </div>
  </Dialog>
)

const Nothing = () => (
  <div className="mx-auto max-w-md py-16 text-center">
    <Trash2 aria-hidden className="text-faint mx-auto size-10" strokeWidth={1.5} />
    <h2 className="mt-4 text-lg font-semibold">The bin is empty</h2>
    <p className="text-soft mt-1 text-balance">Boards that you delete stay here for 30 days.</p>
  </div>
)

/** Boards that were deleted, to be brought back or removed for good. */
export const BinList = () => {
  const { bin, load, restore, remove } = useBin()
  const [asked, setAsked] = useState<BinnedBoard | null>(null)
  return (
    <main className="mx-auto w-full max-w-3xl flex-1 px-4 pt-4 pb-16 sm:px-6">
      <Link
        href="/boards"
        className="text-soft hover:text-ink inline-flex h-9 items-center gap-1.5 text-sm font-medium pointer-coarse:h-11"
      >
        <ArrowLeft aria-hidden className="size-4" /> Your boards
      </Link>
      <h1 className="mb-6 text-2xl font-semibold tracking-tight">Bin</h1>
      {bin.state === 'loading' && (
        <div role="status" aria-label="Loading the bin" className="animate-pulse space-y-3">
          {['a', 'b', 'c'].map((key) => (
            <div key={key} className="panel h-17" />
          ))}
        </div>
      )}
      {bin.state === 'failed' && (
        <div role="alert" className="panel p-8 text-center">
          <p className="text-soft mb-5">{bin.words}</p>
          <Button onClick={() => void load()}>Try again</Button>
        </div>
      )}
      {bin.state === 'ready' && bin.boards.length === 0 && <Nothing />}
      {bin.state === 'ready' && (
        <ul className="space-y-3">
          {bin.boards.map((board) => (
            <Row
              key={board.id}
              board={board}
              restore={() => void restore(board)}
              remove={() => setAsked(board)}
            />
          ))}
        </ul>
      )}
      <Ask board={asked} close={() => setAsked(null)} remove={(board) => void remove(board)} />
    </main>
  )
}
