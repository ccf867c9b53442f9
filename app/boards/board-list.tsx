'use client'

import { LoaderCircle, Plus, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useEffect, useState } from 'react'
import { BoardIllustration } from '../components/board-illustration.tsx'
import { Button } from '../components/ui/button.tsx'
import { TextDialog } from '../components/ui/text-dialog.tsx'
import { notify } from '../components/ui/toasts.tsx'
import { type BoardSummary, wordsFor } from '../lib/api.ts'
import { boardsApi } from '../lib/boards-api.ts'
import { BoardCard, BoardCardSkeleton } from './board-card.tsx'
import { BoardDrop, OpenFileButton, useOpening } from './board-files.tsx'
import { useBoards } from './use-boards.ts'

const FILTERS = [
  { id: 'all', label: 'All', accepts: () => true },
  { id: 'mine', label: 'Mine', accepts: (board: BoardSummary) => board.role === 'owner' },
  { id: 'shared', label: 'Shared with me', accepts: (board: BoardSummary) => board.role !== 'owner' },
] as const

type Filter = (typeof FILTERS)[number]

const NewBoard = ({ large = false }: { large?: boolean }) => {
  const [busy, setBusy] = useState(false)
  const create = async () => {
    setBusy(true)
    try {
      location.assign(`/b/${(await boardsApi.createBoard()).id}`)
    } catch (failure) {
      setBusy(false)
      notify({ kind: 'failed', text: wordsFor(failure) })
    }
  }
  const Icon = busy ? LoaderCircle : Plus
  return (
    <Button look="primary" size={large ? 'large' : 'medium'} onClick={create} disabled={busy}>
      <Icon aria-hidden className={`size-5 ${busy ? 'animate-spin' : ''}`} /> New board
    </Button>
  )
}

const Filters = ({ filter, choose }: { filter: Filter; choose: (filter: Filter) => void }) => (
  <fieldset className="bg-sunken border-line flex w-fit rounded-xl border p-1">
    <legend className="sr-only">Which boards to show</legend>
    {FILTERS.map((each) => (
      <button
        key={each.id}
        type="button"
        aria-pressed={filter.id === each.id}
        onClick={() => choose(each)}
        className="button text-soft aria-pressed:bg-pressed aria-pressed:text-ink aria-pressed:shadow-panel h-8 rounded-lg! px-3 text-sm pointer-coarse:h-10"
      >
        {each.label}
      </button>
    ))}
  </fieldset>
)

const Grid = ({ children }: { children: ReactNode }) => (
  <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 xl:gap-5">{children}</div>
)

const NoBoards = () => (
  <div className="mx-auto max-w-md py-8 text-center">
    <BoardIllustration />
    <h2 className="mt-8 text-xl font-semibold">Your first board is one click away</h2>
    <p className="text-soft mt-2 mb-6 text-balance">
      Boards that you make or that others share with you are kept here. Drop a drawing to open it.
    </p>
    <NewBoard large />
  </div>
)

/** `more`: boards that are not loaded yet may be among these. */
const NoneOfThese = ({ filter, more }: { filter: Filter; more: boolean }) => {
  const none =
    filter.id === 'shared'
      ? 'Nobody has shared a board with you yet. When you open a link, the board shows up here.'
      : 'You have not made a board of your own yet.'
  return (
    <p className="text-soft mx-auto max-w-md py-16 text-center text-balance">
      {more ? 'There are none among the boards loaded so far.' : none}
    </p>
  )
}

const Failed = ({ words, retry }: { words: string; retry: () => void }) => (
  <div role="alert" className="panel mx-auto max-w-md p-8 text-center">
    <h2 className="text-lg font-semibold">Your boards could not be loaded</h2>
    <p className="text-soft mt-2 mb-6">{words}</p>
    <Button look="primary" onClick={retry}>
      Try again
    </Button>
  </div>
)

/** A tab may have gone on writing as the guest that one was, or what was there could not be moved then. */
const useCopiesOfGuests = (): void =>
  useEffect(() => {
    void import('../lib/bring-copies.ts').then(({ bringCopies }) => bringCopies()).catch(() => {})
  }, [])

export const BoardList = ({ isGuest }: { isGuest: boolean }) => {
  const { list, load, loadMore, rename, duplicate, remove } = useBoards()
  const [filter, setFilter] = useState<Filter>(FILTERS[0])
  const { busy, open } = useOpening()
  useCopiesOfGuests()
  const [renaming, setRenaming] = useState<BoardSummary | null>(null)
  const shown = list.state === 'ready' ? list.boards.filter(filter.accepts) : []
  const empty = list.state === 'ready' && list.boards.length === 0 && list.nextCursor === null
  return (
    <main className="mx-auto w-full max-w-6xl flex-1 px-4 pt-4 pb-16 sm:px-6">
      <div className="mb-6 flex flex-wrap items-center gap-x-6 gap-y-4">
        <h1 className="text-2xl font-semibold tracking-tight">Your boards</h1>
        {!empty && (
          <>
            <div className="order-last w-full sm:order-none sm:w-auto">
              <Filters filter={filter} choose={setFilter} />
            </div>
            <div className="ml-auto flex gap-2">
              <OpenFileButton busy={busy} open={open} />
              <NewBoard />
            </div>
          </>
        )}
      </div>
      {isGuest && !empty && (
        <p className="bg-accent-soft text-ink mb-6 rounded-xl px-4 py-3 text-sm">
          You are a guest: these boards are only in this browser.{' '}
          <Link
            href="/register"
            className="text-accent-deep -my-3 inline-block py-3 font-medium underline underline-offset-4"
          >
            Create an account
          </Link>{' '}
          to keep them.
        </p>
      )}
      {list.state === 'loading' && (
        <div role="status" aria-label="Loading your boards">
          <Grid>
            {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
              <BoardCardSkeleton key={key} />
            ))}
          </Grid>
        </div>
      )}
      {list.state === 'failed' && <Failed words={list.words} retry={load} />}
      {empty && <NoBoards />}
      {list.state === 'ready' && !empty && shown.length === 0 && (
        <NoneOfThese filter={filter} more={list.nextCursor !== null} />
      )}
      <Grid>
        {shown.map((board) => (
          <BoardCard
            key={board.id}
            board={board}
            onRename={() => setRenaming(board)}
            onDuplicate={() => duplicate(board)}
            onDelete={() => remove(board)}
          />
        ))}
      </Grid>
      {list.state === 'ready' && list.nextCursor !== null && (
        <div className="mt-8 text-center">
          <Button disabled={list.loadingMore} onClick={() => loadMore(list.nextCursor ?? '')}>
            {list.loadingMore ? 'Loading …' : 'Load more'}
          </Button>
        </div>
      )}
      {list.state === 'ready' && (
        <p className="mt-10 text-center">
          <Link
            href="/boards/bin"
            prefetch={false}
            className="text-soft hover:text-ink inline-flex h-11 items-center gap-2 px-3 text-sm font-medium"
          >
            <Trash2 aria-hidden className="size-4" /> Bin
          </Link>
        </p>
      )}
      <BoardDrop open={open} />
      <TextDialog
        open={renaming !== null}
        onOpenChange={(open) => !open && setRenaming(null)}
        title="Rename board"
        label="Title"
        value={renaming?.title ?? ''}
        maxLength={200}
        save={(title) => rename(renaming?.id ?? '', title)}
      />
    </main>
  )
}
