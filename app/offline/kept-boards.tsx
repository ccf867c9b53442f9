'use client'

import { ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type KeptBoard, listKeptBoards } from '../lib/kept-boards.ts'
import { timeAgo } from '../lib/time.ts'

/** The boards that open without the server: plain links, as moving inside the application needs the server. */
export const KeptBoards = () => {
  const [boards, setBoards] = useState<readonly KeptBoard[]>([])
  useEffect(() => {
    void listKeptBoards().then(setBoards)
  }, [])
  if (boards.length === 0) return null
  return (
    <section aria-labelledby="kept-boards" className="mt-6 text-left">
      <h2 id="kept-boards" className="text-ink font-semibold">
        On this device
      </h2>
      <p className="mt-0.5 text-sm">
        You can go on drawing on these. What you draw is sent when the server is back.
      </p>
      <ul className="border-line divide-line mt-3 max-h-72 divide-y overflow-y-auto rounded-xl border">
        {boards.map(({ id, title, openedAt }) => (
          <li key={id}>
            <a href={`/b/${id}`} className="hover:bg-hover flex min-h-12 items-center gap-3 px-4 py-2">
              <span className="text-ink min-w-0 flex-1 truncate font-medium">{title}</span>
              <span className="text-faint shrink-0 text-sm">{timeAgo(openedAt)}</span>
              <ChevronRight aria-hidden className="text-faint size-4 shrink-0" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
