'use client'

import { useCallback, useState } from 'react'
import { type SyncEnd, setDeviceCopyAside } from '../../../whiteboard/index.ts'
import { changes } from '../../lib/save-words.ts'
import { MessagePage } from '../message-page.tsx'
import { Button, PageLink } from '../ui/button.tsx'
import { type OpenBoard, useOpenBoard } from './session-context.tsx'

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
    title: 'Too large for this server',
    text: 'Something that you added is more than the server takes. The board is stored as it was before.',
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

interface WayProps {
  readonly way: EndWords['way']
  /** Something else is the better way on. */
  readonly second: boolean
}

const Way = ({ way, second }: WayProps) => {
  if (way === 'reload') {
    return (
      <Button look={second ? 'outline' : 'primary'} onClick={() => location.reload()}>
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

const saveCopy = (board: OpenBoard): void =>
  void import('./files/export-save.ts').then(({ saveAsFile }) => saveAsFile(board))

const small = 'pointer-coarse:h-11!'

/** Ends that the same changes would bring about again, however often the board is loaded. */
const COMES_BACK: ReadonlySet<SyncEnd> = new Set(['too-large', 'refused'])

interface UnsavedProps {
  readonly count: number
  readonly kept: boolean
  /** Whether the server will never take them. */
  readonly refused: boolean
}

const Unsaved = ({ count, kept, refused }: UnsavedProps) => {
  const board = useOpenBoard()
  if (count === 0) return null
  const these = count === 1 ? '1 change of yours is' : `${count} changes of yours are`
  const sent = refused
    ? 'but kept in this browser, and would be refused again.'
    : 'but kept in this browser, and sent if you come back to this board.'
  return (
    <div className="bg-warn-soft text-warn mt-4 rounded-lg px-3 py-2.5 text-sm">
      <p>
        {these} not saved on the server, {kept ? sent : 'and not kept: this browser stores nothing for us.'}
      </p>
      <Button size="small" className={`mt-2.5 ${small}`} onClick={() => saveCopy(board)}>
        Download a copy
      </Button>
    </div>
  )
}

const questionOf = (count: number): string =>
  `Open the board without your ${count === 1 ? 'change' : changes(count)}?`

/** Asks once more before what was drawn here leaves the board. */
const LeaveThem = ({ count, back }: { count: number; back: () => void }) => {
  const board = useOpenBoard()
  const [state, setState] = useState<'asked' | 'busy' | 'failed'>('asked')
  const open = () => {
    setState('busy')
    setDeviceCopyAside({ personId: board.person.id, boardId: board.id }).then(
      () => location.reload(),
      () => setState('failed'),
    )
  }
  const them = count === 1 ? 'it' : 'them'
  return (
    <MessagePage
      title={questionOf(count)}
      actions={
        <>
          <Button onClick={back}>Back</Button>
          <Button look="danger" disabled={state === 'busy'} onClick={open}>
            Open without {them}
          </Button>
        </>
      }
    >
      <p>
        It opens as it is on the server. What you drew is set aside in this browser and not sent any more.
        Download a copy first if you want to keep {them}.
      </p>
      <Button size="small" className={`mt-4 ${small}`} onClick={() => saveCopy(board)}>
        Download a copy
      </Button>
      {state === 'failed' && (
        <p role="alert" className="text-danger mt-3 text-sm">
          This browser does not let us. Close the other tabs of this board and try again.
        </p>
      )}
    </MessagePage>
  )
}

interface EndedProps {
  readonly reason: SyncEnd
  readonly unsaved: number
}

const End = ({ reason, unsaved, leaveThem }: EndedProps & { leaveThem: () => void }) => {
  const { sync } = useOpenBoard().session
  const { title, text, way } = WORDS[reason]
  // Where the browser keeps nothing, loading again leaves them behind by itself, and the page asks before.
  const refused = COMES_BACK.has(reason) && sync.deviceCopy && unsaved > 0
  return (
    <MessagePage
      title={title}
      actions={
        <>
          {way !== 'boards' && !refused && <PageLink href="/">Start page</PageLink>}
          <Way way={way} second={refused} />
          {refused && (
            <Button look="primary" onClick={leaveThem}>
              Open without {unsaved === 1 ? 'it' : 'them'} …
            </Button>
          )}
        </>
      }
    >
      <p>{text}</p>
      <Unsaved count={unsaved} kept={sync.deviceCopy} refused={refused} />
    </MessagePage>
  )
}

/** Covers the board once it cannot be joined any more: why, and where to go. */
export const EndedPage = ({ reason, unsaved }: EndedProps) => {
  const [asking, setAsking] = useState(false)
  // Nothing behind it can be reached any more, so neither may the focus stay there.
  const takeFocus = useCallback((page: HTMLElement | null) => {
    document.querySelector('[data-board-canvas]')?.toggleAttribute('inert', page !== null)
    page?.focus()
  }, [])
  return (
    <div
      key={String(asking)}
      ref={takeFocus}
      role="alertdialog"
      aria-modal
      aria-label={asking ? questionOf(unsaved) : WORDS[reason].title}
      tabIndex={-1}
      className="bg-ground absolute inset-0 z-50 overflow-y-auto outline-none"
      data-ended={reason}
    >
      {asking ? (
        <LeaveThem count={unsaved} back={() => setAsking(false)} />
      ) : (
        <End reason={reason} unsaved={unsaved} leaveThem={() => setAsking(true)} />
      )}
    </div>
  )
}
