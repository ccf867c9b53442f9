'use client'

import dynamic from 'next/dynamic'
import { BoardLoading } from '../../components/board/board-loading.tsx'

const load = () => import('../../components/board/board.tsx')

// Begins before React does: the board's code is on its way while the page comes to life.
if (typeof window !== 'undefined') void load().catch(() => {})

/** The engine needs a browser: it is not even loaded on the server. */
export const BoardLoader = dynamic(async () => (await load()).Board, {
  ssr: false,
  loading: () => <BoardLoading />,
})
