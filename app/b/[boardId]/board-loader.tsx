'use client'

import { useSyncExternalStore } from 'react'
import { Board, type BoardProps } from '../../components/board/board.tsx'
import { BoardLoading } from '../../components/board/board-loading.tsx'

const never = () => () => {}

/**
 * The engine needs a browser: the server draws nothing of it. Its code is not fetched by an `import()` of its own, which
 * would begin only when the page has come to life; so the browser learns of it from the page itself.
 */
export const BoardLoader = (props: BoardProps) => {
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return isBrowser ? <Board {...props} /> : <BoardLoading />
}
