'use client'

import { lazy, Suspense, useSyncExternalStore } from 'react'
import type { BoardProps } from '../../components/board/board.tsx'
import { BoardLoading } from '../../components/board/board-loading.tsx'

const load = async () => ({ default: (await import('../../components/board/board.tsx')).Board })

// Begins before React does: the board's code is on its way while the page comes to life.
if (typeof window !== 'undefined') void load().catch(() => {})

const Board = lazy(load)

const never = () => () => {}

/** The engine needs a browser: it is not even loaded on the server. */
export const BoardLoader = (props: BoardProps) => {
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  if (!isBrowser) return <BoardLoading />
  return (
    <Suspense fallback={<BoardLoading />}>
      <Board {...props} />
    </Suspense>
  )
}
