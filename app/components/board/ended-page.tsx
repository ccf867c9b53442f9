'use client'

import { useCallback } from 'react'
import type { SyncEnd } from '../../../whiteboard/index.ts'
import { MessagePage } from '../message-page.tsx'
import { Button, PageLink } from '../ui/button.tsx'
import { useOpenBoard } from './session-context.tsx'

/** What happened, and what can be done about it. */
interface EndWords {
  readonly title: string
  readonly text: string
  readonly way: 'sign-in' | 'boards' | 'reload'
}

const WORDS: Record<SyncEnd, EndWords> = {
  'signed-out': {
    title: 'You are signed out',
    text: 'Your session ended, here or in another tab. Sign in again to go on drawing.',
    way: 'sign-in',
  },
  'access-removed': {
    title: 'This board is no longer shared with you',
    text: 'The link you came through was revoked or has expired. Ask the owner for a new one.',
    way: 'boards',
  },
  'board-gone': {
    title: 'This board is gone',
    text: 'It was deleted, or it is no longer shared with you. Ask its owner, who can bring a deleted board back for a while.',
    way: 'boards',
  },
  'too-large': {
    title: 'This board has become too large',
    text: 'This server does not take more of it. Load it again to see what is stored, and remove what is no longer needed.',
    way: 'reload',
  },
  outdated: {
    title: 'Drawbridge was updated',
    text: 'This page is older than the server. Load it again to go on.',
    way: 'reload',
  },
  unreadable: {
    title: 'This board cannot be read just now',
    text: 'What the server has stored of it is damaged. Nothing of it was deleted or written over. Tell whoever runs this server; once it is repaired, load the board again.',
    way: 'reload',
  },
  refused: {
    title: 'The connection was refused',
    text: 'What this page sent made no sense to the server. Load it again; if that does not help, tell whoever runs this server.',
    way: 'reload',
  },
}

const Way = ({ way }: { way: EndWords['way'] }) => {
  if (way === 'reload') {
    return (
      <Button look="primary" onClick={() => location.reload()}>
        Load again
      </Button>
    )
  }
  const signIn = `/signin?callbackUrl=${encodeURIComponent(location.pathname)}`
  return way === 'sign-in' ? (
    <PageLink look="primary" href={signIn}>
      Sign in
    </PageLink>
  ) : (
    <PageLink look="primary" href="/boards">
      Your boards
    </PageLink>
  )
}

const Unsaved = ({ count, kept }: { count: number; kept: boolean }) => {
  const board = useOpenBoard()
  if (count === 0) return null
  const these = count === 1 ? '1 change of yours is' : `${count} changes of yours are`
  const rest = kept
    ? 'kept in this browser, and sent if you come back to this board.'
    : 'not kept: this browser stores nothing for us.'
  const saveCopy = () => import('./files/export-save.ts').then(({ saveAsFile }) => saveAsFile(board))
  return (
    <div className="bg-warn-soft text-warn mt-4 rounded-lg px-3 py-2.5 text-sm">
      <p>
        {these} not saved on the server, {kept ? 'but ' : 'and '}
        {rest}
      </p>
      <Button size="small" className="mt-2.5 pointer-coarse:h-11!" onClick={() => void saveCopy()}>
        Download a copy
      </Button>
    </div>
  )
}

/** Covers the board once it cannot be joined any more: why, and where to go. */
export const EndedPage = ({ reason, unsaved }: { reason: SyncEnd; unsaved: number }) => {
  const { sync } = useOpenBoard().session
  // Nothing behind it can be reached any more, so neither may the focus stay there.
  const takeFocus = useCallback((page: HTMLElement | null) => page?.focus(), [])
  const { title, text, way } = WORDS[reason]
  return (
    <div
      ref={takeFocus}
      role="alertdialog"
      aria-modal
      aria-label={title}
      tabIndex={-1}
      className="bg-ground absolute inset-0 z-50 overflow-y-auto outline-none"
      data-ended={reason}
    >
      <MessagePage
        title={title}
        actions={
          <>
            {way !== 'boards' && <PageLink href="/">Start page</PageLink>}
            <Way way={way} />
          </>
        }
      >
        <p>{text}</p>
        <Unsaved count={unsaved} kept={sync.deviceCopy} />
      </MessagePage>
    </div>
  )
}
