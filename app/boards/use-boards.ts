'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { notify } from '../components/ui/toasts.tsx'
import { api, type BoardPage, type BoardSummary, wordsFor } from '../lib/api.ts'
import { boardsApi } from '../lib/boards-api.ts'

export type Boards =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly words: string }
  | {
      readonly state: 'ready'
      readonly boards: readonly BoardSummary[]
      readonly nextCursor: string | null
      readonly loadingMore: boolean
    }

type Ready = Extract<Boards, { state: 'ready' }>

const newestFirst = (a: BoardSummary, b: BoardSummary): number => b.updatedAt.localeCompare(a.updatedAt)

const tellFailure = (failure: unknown): void => notify({ kind: 'failed', text: wordsFor(failure) })

/** The list as it is shown; `change` does nothing until it is ready. */
const useList = () => {
  const [list, setList] = useState<Boards>({ state: 'loading' })
  const change = useCallback((next: (ready: Ready) => Ready) => {
    setList((now) => (now.state === 'ready' ? next(now) : now))
  }, [])
  const load = useCallback(async () => {
    setList({ state: 'loading' })
    try {
      setList({ state: 'ready', loadingMore: false, ...(await boardsApi.listBoards()) })
    } catch (failure) {
      setList({ state: 'failed', words: wordsFor(failure) })
    }
  }, [])
  useEffect(() => {
    void load()
  }, [load])
  return { list, change, load }
}

/** While the list is on the page: `until` has a message go with it, `isGone` says whether it went. */
const useStay = () => {
  const ends = useRef(new Set<() => void>())
  const gone = useRef(false)
  useEffect(() => {
    const all = ends.current
    gone.current = false
    return () => {
      gone.current = true
      for (const end of all) end()
    }
  }, [])
  const until = useCallback((over: () => void) => {
    ends.current.add(over)
    return () => void ends.current.delete(over)
  }, [])
  return { until, isGone: () => gone.current }
}

const withPage = ({ boards }: Ready, page: BoardPage): Ready => {
  const known = new Set(boards.map(({ id }) => id))
  const fresh = page.boards.filter(({ id }) => !known.has(id))
  return { state: 'ready', boards: [...boards, ...fresh], nextCursor: page.nextCursor, loadingMore: false }
}

/** The person's boards, page by page, and what can be done with them. Failures are told in a message. */
export const useBoards = () => {
  const { list, change, load } = useList()
  const { until, isGone } = useStay()

  const loadMore = async (cursor: string) => {
    change((ready) => ({ ...ready, loadingMore: true }))
    try {
      const page = await boardsApi.listBoards(cursor)
      change((ready) => withPage(ready, page))
    } catch (failure) {
      change((ready) => ({ ...ready, loadingMore: false }))
      tellFailure(failure)
    }
  }

  const rename = async (id: string, title: string) => {
    const renamed = await api.renameBoard(id, title)
    change((ready) => ({
      ...ready,
      boards: ready.boards.map((board) => (board.id === id ? { ...board, title: renamed.title } : board)),
    }))
  }

  const duplicate = async (board: BoardSummary) => {
    try {
      const copy = await boardsApi.duplicateBoard(board.id)
      const shown = await api.getBoard(copy.id)
      change((ready) => ({ ...ready, boards: [shown, ...ready.boards] }))
      notify({ text: 'Duplicated' })
    } catch (failure) {
      tellFailure(failure)
    }
  }

  const putBack = (board: BoardSummary) =>
    change((ready) => ({ ...ready, boards: [...ready.boards, board].sort(newestFirst) }))

  const restore = async (board: BoardSummary) => {
    try {
      await boardsApi.restoreBoard(board.id)
      putBack(board)
    } catch (failure) {
      tellFailure(failure)
    }
  }

  const remove = async (board: BoardSummary) => {
    change((ready) => ({ ...ready, boards: ready.boards.filter(({ id }) => id !== board.id) }))
    try {
      await boardsApi.deleteBoard(board.id)
      // Who looks into the bin meanwhile finds it there.
      if (isGone()) return
      const undo = { label: 'Undo', run: () => void restore(board), until }
      notify({ text: 'Moved to the bin for 30 days', action: undo })
    } catch (failure) {
      putBack(board)
      tellFailure(failure)
    }
  }

  return { list, load, loadMore, rename, duplicate, remove }
}
