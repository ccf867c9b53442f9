'use client'

import dynamic from 'next/dynamic'
import { BoardLoading } from '../../components/board/board-loading.tsx'

/** The engine needs a browser: it is not even loaded on the server. */
export const BoardLoader = dynamic(async () => (await import('../../components/board/board.tsx')).Board, {
  ssr: false,
  loading: () => <BoardLoading />,
})
