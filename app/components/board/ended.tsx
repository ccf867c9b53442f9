'use client'

import { type ComponentProps, type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { atFirstSign } from '../../../whiteboard/index.ts'
import type { EndedPage } from './ended-page.tsx'
import { useSyncStatus } from './session-context.tsx'

type Page = ComponentType<ComponentProps<typeof EndedPage>>

/** Stands for the page about the end where its code cannot be had. */
const Plain: Page = () => (
  <div role="alert" className="bg-ground absolute inset-0 z-50 grid place-items-center p-4">
    This board is no longer connected. Load the page again.
  </div>
)

/** Null until it is there. Its code comes with the first sign that somebody is there: once a board has ended it may be too late. */
const usePage = (isEnded: boolean): Page | null => {
  const [Page, setPage] = useState<Page | null>(null)
  useEffect(() => {
    if (Page && Page !== Plain) return
    const fetchPage = () =>
      void import('./ended-page.tsx').then(
        ({ EndedPage }) => setPage(() => EndedPage),
        () => setPage(() => Plain),
      )
    if (isEnded) fetchPage()
    return isEnded ? undefined : atFirstSign(fetchPage)
  }, [Page, isEnded])
  return Page
}

/** What can be used as long as the board can be joined: nothing of it may lie over the page about the end. */
export const UntilEnded = ({ children }: { children: ReactNode }) =>
  useSyncStatus().state === 'ended' ? null : children

/** Covers the board once it cannot be joined any more. */
export const Ended = () => {
  const status = useSyncStatus()
  const Page = usePage(status.state === 'ended')
  if (status.state !== 'ended') return null
  return Page && <Page reason={status.reason} unsaved={status.unsaved} />
}
